import type { Figure, Json } from "./figure";
import { tick } from "./figuresentences";
import { isDrawn, isUnder, short } from "./figuretext";
import type { Words } from "./figurewords";
import { colorOf, neutrals } from "./palette";

/** The ends of a log axis, as powers of ten. */
export interface Decades {
  low: number;
  high: number;
}

/** The height of a row of marks, as a part of the axis. */
const row = 0.035;

/**
 * The decades around the values that can be drawn, with room for a bar's text above.
 * @param rows of marks below what is drawn, if any are needed
 */
export function decades(values: number[], rows = 1): Decades {
  const { low, high } = drawnDecades(values.filter(isDrawn).map(Math.log10));
  const below = values.some((value) => isUnder(value) || Number.isNaN(value)) ? rows * row : 0;
  const above = values.includes(Infinity) ? 3 * row : 0;
  return { low: low - below * (high - low), high: high + above * (high - low) };
}

/** The height at which the mark of a value stands that is too large. */
export function topOf({ low, high }: Decades): number {
  return power(high - 1.5 * row * (high - low));
}

/** The power of ten, in as many digits as a picture needs. */
export function power(exponent: number): number {
  return Number((10 ** exponent).toPrecision(5));
}

function drawnDecades(drawn: number[]): Decades {
  if (drawn.length === 0) return { low: -3, high: 0 };
  // Not Math.min(...drawn): a sweep has more values than a call takes arguments.
  const least = drawn.reduce((a, b) => Math.min(a, b));
  const most = drawn.reduce((a, b) => Math.max(a, b));
  const low = Math.floor(least - 0.02);
  return { low, high: Math.max(low + 1, most + 0.08 * (most - low) + 0.1) };
}

/** The axis upwards. */
export function logAxis({ low, high }: Decades): { [key: string]: Json } {
  return {
    type: "log",
    range: [Number(low.toFixed(4)), Number(high.toFixed(4))],
    gridcolor: neutrals.grid.light,
    exponentformat: "power",
    ticklabeloverflow: "allow",
    dtick: Math.max(1, Math.ceil((high - low) / 9)),
  };
}

/** What the notes below a figure say of the values that it cannot draw. */
export function notesOf(values: number[], words: Words, under: string): string[] {
  const notes: string[] = [];
  if (values.some(isUnder)) notes.push(under + words.underflow);
  if (values.includes(Infinity)) notes.push(words.overflow);
  if (values.some(Number.isNaN)) notes.push(words.undefinedNote);
  return notes;
}

/** The rows of marks at the floor: one for every line that needs one. */
export function rowsOf(lines: number[][]): { count: number; at: (line: number) => number } {
  const needy = lines.flatMap((values, line) =>
    values.some((value) => isUnder(value) || Number.isNaN(value)) ? [line] : [],
  );
  return { count: needy.length, at: (line) => Math.max(0, needy.indexOf(line)) };
}

/** A value that the axis cannot show, with the words over it. */
export interface Mark {
  x: number;
  value: number;
  /** What it is, for the pointer. */
  name: string;
}

/**
 * Marks where a model's values are not drawn: an open triangle down at the floor for 0 and denormals, one up at the
 * top for inf, a cross at the floor for nan. Every model's stand in a row of their own, so that none hides another's.
 * @param at the row, from the floor on
 */
export function marksOf(
  marks: Mark[],
  model: number,
  at: number,
  axis: Decades,
  withText: boolean,
): Figure["data"] {
  const undrawn = marks.filter(({ value }) => !isDrawn(value));
  if (undrawn.length === 0) return [];
  const floor = power(axis.low + (at + 0.5) * row * (axis.high - axis.low));
  return [
    {
      type: "scatter",
      x: undrawn.map(({ x }) => x),
      y: undrawn.map(({ value }) => (value === Infinity ? topOf(axis) : floor)),
      ...(withText
        ? {
            mode: "markers+text",
            text: undrawn.map(({ value }) => short(value)),
            textposition: "top center",
            textfont: { size: 11, color: neutrals.ink.light },
          }
        : { mode: "markers" }),
      customdata: undrawn.map(({ name, value }) => [name, short(value)]),
      hovertemplate: "%{customdata[0]}<br>%{customdata[1]}<extra></extra>",
      marker: {
        symbol: undrawn.map(({ value }) =>
          Number.isNaN(value)
            ? "x-thin-open"
            : value === Infinity
              ? "triangle-up-open"
              : "triangle-down-open",
        ),
        size: marks.length > 40 ? 6 : 8,
        color: colorOf(model),
        line: { width: 1.5, color: colorOf(model) },
      },
      cliponaxis: false,
      showlegend: false,
    },
  ];
}

/** At most ten of so many places: every one, or every second, fifth, tenth … */
export function ticks(places: number): number[] {
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((step) => places / step <= 10) ?? 1000;
  return Array.from({ length: Math.ceil(places / step) }, (_, i) => i * step);
}

/**
 * The axis along which layers stand, in order.
 * @param names of their weights
 * @param margin beyond the first and the last, in distances between two
 */
export function layerAxis(names: readonly string[], margin: number): { [key: string]: Json } {
  return {
    tickvals: ticks(names.length),
    ticktext: ticks(names.length).map((i) => tick(names[i]!)),
    range: [-margin, names.length - (1 - margin)],
    showgrid: false,
    zeroline: false,
    linecolor: neutrals.line.light,
    showline: true,
    ticklabeloverflow: "allow",
  };
}
