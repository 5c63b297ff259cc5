import type { Language } from "./figure";
import { type Kind, notFigure } from "./words/notfigure";

/** A figure as plotly.js takes it. */
export interface PlotlyFigure {
  data: object[];
  layout: Record<string, unknown>;
  config: Record<string, unknown>;
  frames?: object[];
}

/**
 * A copy of a cell's output as a figure, which plotly.js may write into.
 * @throws TypeError with a sentence in this language where it is none
 */
export function readFigure(output: unknown, language: Language = "en"): PlotlyFigure {
  const refuse = (part: string, value: unknown, expected: "object" | "traces"): TypeError =>
    new TypeError(notFigure[language](part, kindOf(value), expected));
  if (!isObject(output)) throw refuse("", output, "object");
  const { data, layout = {}, config = {}, frames } = output;
  if (!Array.isArray(data)) throw refuse("data", data, "traces");
  const odd = data.findIndex((trace) => !isObject(trace));
  if (odd >= 0) throw refuse(`data[${odd}]`, data[odd], "object");
  if (!isObject(layout)) throw refuse("layout", layout, "object");
  if (!isObject(config)) throw refuse("config", config, "object");
  return structuredClone({ data, layout, config, ...(Array.isArray(frames) && { frames }) });
}

/** The words that stand for the figure where it cannot be seen. */
export function alternativeText({ layout }: PlotlyFigure): string {
  const { meta, title } = layout;
  const alt = isObject(meta) ? meta["alt"] : undefined;
  const heading = isObject(title) ? title["text"] : title;
  return (
    [alt, heading].find((text): text is string => typeof text === "string" && text !== "") ?? "Plotly figure"
  );
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): Kind {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "list";
  const type = typeof value;
  return type === "object" || type === "string" || type === "number" || type === "boolean" ? type : "other";
}
