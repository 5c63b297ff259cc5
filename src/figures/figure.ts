import { quote } from "../nn/quote";

/** A JSON value. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** A Plotly figure: plain data, valid in plotly.js 3 and 4. */
export interface Figure {
  /** Plotly's traces. */
  data: { type: string; [attribute: string]: Json }[];
  /** Plotly's layout; `layout.meta.alt` is the alternative text, `layout.meta.table` the numbers as rows of text. */
  layout: { width: number; height: number; meta: FigureMeta; [attribute: string]: Json | FigureMeta };
  /** Plotly's configuration. */
  config: { [option: string]: Json };
}

/** What a figure says where it cannot be seen. */
export interface FigureMeta {
  /** The alternative text: what the figure shows, made from its numbers. */
  alt: string;
  /** The numbers, a heading first. */
  table: string[][];
}

/** The interface's language. */
export type Language = "en" | "zh";

/** How a figure tells one model from the others. */
export interface Model {
  /** Whether it has shortcut connections, which names it where nothing else does. */
  useShortcut?: boolean;
  /** Where not all layers have a shortcut: whether each of them has. */
  shortcuts?: readonly boolean[];
  /** By default "with" or "without shortcut connections". */
  label?: string;
}

/** One weight's gradient, as a figure takes it. */
export interface SeriesGradient {
  name: string;
  shape: number[];
  mean: number;
  /** The mean of |δ|, δ = d loss / d z at the layer's units, where it is known. */
  delta?: number;
}

/** One model's gradients, as `layerGradients` returns them, with the name that the figure gives the model. */
export interface Series extends Model {
  gradients: SeriesGradient[];
}

/** What every figure can be told. */
export interface FigureOptions {
  language?: Language;
  title?: string;
}

/** @throws TypeError or RangeError where a figure is asked to draw something else than gradients. */
export function checkSeries(series: unknown): asserts series is Series[] {
  if (!Array.isArray(series) || series.length === 0) {
    throw new TypeError("The figure got no gradients; expected an array of what layerGradients returns.");
  }
  for (const [i, entry] of series.entries()) {
    const gradients = (entry as Partial<Series> | null)?.gradients;
    if (!Array.isArray(gradients) || gradients.length === 0) {
      throw new TypeError(`Entry ${i} of the figure has no gradients; expected what layerGradients returns.`);
    }
    for (const { name, mean } of gradients) checkMean(mean, `${name} of entry ${i}`);
  }
}

/** @throws TypeError or RangeError where a mean of absolute values cannot be that number. */
export function checkMean(mean: unknown, of: string): void {
  const sentence = `The mean gradient of ${of} is ${quote(mean)}; expected a number of 0 or more.`;
  if (typeof mean !== "number") throw new TypeError(sentence);
  if (mean < 0) throw new RangeError(sentence);
}
