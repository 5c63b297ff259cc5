import type { Language } from "./figure";

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

/** What a value is, where it is not what a figure needs. */
type Kind = "missing" | "null" | "list" | "object" | "string" | "number" | "boolean" | "other";

/** Why an output cannot be drawn: what is wrong in it, what that is, and what it should be. */
interface NotFigure {
  (part: string, is: Kind, expected: "object" | "traces"): string;
}

const english: { [kind in Kind | "traces"]: string } = {
  missing: "missing",
  null: "null",
  list: "a list",
  object: "an object",
  string: "a text",
  number: "a number",
  boolean: "true or false",
  other: "something else",
  traces: "a list of traces",
};

const chinese: typeof english = {
  missing: "缺失的",
  null: "null",
  list: "列表",
  object: "对象",
  string: "文字",
  number: "数",
  boolean: "真假值",
  other: "别的东西",
  traces: "由曲线组成的列表",
};

const notFigure: { en: NotFigure; zh: NotFigure } = {
  en: (part, is, expected) =>
    `This output is not a Plotly figure: ${part === "" ? "it" : `its "${part}"`} is ${english[is]}, and should be ${english[expected]}.`,
  zh: (part, is, expected) =>
    `这个输出不是 Plotly 图：${part === "" ? "它" : `它的 "${part}"`}是${chinese[is]}，应为${chinese[expected]}。`,
};
