/** A figure as plotly.js takes it. */
export interface PlotlyFigure {
  data: object[];
  layout: Record<string, unknown>;
  config: Record<string, unknown>;
  frames?: object[];
}

/** A copy of a cell's output as a figure, which plotly.js may write into. Throws a sentence where it is none. */
export function readFigure(output: unknown): PlotlyFigure {
  if (!isObject(output)) throw notAFigure(`it is ${kind(output)}, and should be an object`);
  const { data, layout = {}, config = {}, frames } = output;
  if (!Array.isArray(data)) throw notAFigure(`its "data" is ${kind(data)}, and should be a list of traces`);
  const odd = data.findIndex((trace) => !isObject(trace));
  if (odd >= 0) throw notAFigure(`its "data[${odd}]" is ${kind(data[odd])}, and should be an object`);
  if (!isObject(layout)) throw notAFigure(`its "layout" is ${kind(layout)}, and should be an object`);
  if (!isObject(config)) throw notAFigure(`its "config" is ${kind(config)}, and should be an object`);
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

function kind(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  return Array.isArray(value) ? "a list" : `a ${typeof value}`;
}

function notAFigure(reason: string): TypeError {
  return new TypeError(`This output is not a Plotly figure: ${reason}.`);
}
