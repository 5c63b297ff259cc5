import type { AnyFigure } from "./drawntypes";
import { legendRows, pixels, wrap } from "./figuretext";
import { annotation, panel } from "./layout";
import { isObject } from "./readfigure";

/** Any part of a figure. */
interface Part {
  [attribute: string]: unknown;
}

/** Down to this share of its own width a figure bears being drawn narrower as it is. */
const bearable = 0.8;
/** The narrowest width that anything is drawn in, in pixels. */
const least = 280;
/** The height of plotly.js's buttons, which on a phone always show. */
const buttons = 26;
/** What a label that stands upright needs above its bar, in pixels. */
const headroom = 62;

/** The width that a figure is drawn in where there is so much room. */
export function widthIn(room: number, own: unknown): number {
  return typeof own === "number" ? Math.round(Math.min(Math.max(room, least), 1.25 * own)) : room;
}

/**
 * A figure as it is drawn where there is less room across than it was made for. A little narrower it only has smaller
 * labels above its bars. On a phone its words are set anew, labels stand upright, and panels one below the other.
 * @param width in pixels
 */
export function reflowed<F extends AnyFigure>(figure: F, width: number): F {
  const { layout } = figure;
  const { width: own, meta } = layout;
  if (typeof own !== "number" || width >= own) return figure;
  // Only of this package's own figures is it known what stands where.
  const isOwn = isObject(meta) && Array.isArray(meta.table);
  if (width >= bearable * own || !isOwn) return { ...figure, data: narrowed(figure.data, width, own) };
  return isDrawing(layout) ? stacked(figure, width) : chart(figure, width);
}

/** Whether a figure's coordinates are pixels. */
function isDrawing({ xaxis, yaxis }: Part): boolean {
  return isObject(xaxis) && xaxis.visible === false && isObject(yaxis) && yaxis.visible === false;
}

/** Networks one below the other, with their notes below all of them. */
function stacked<F extends AnyFigure>(figure: F, width: number): F {
  const { data, layout } = figure;
  const [, across] = (layout.xaxis as { range: number[] }).range as [number, number];
  const [height] = (layout.yaxis as { range: number[] }).range as [number];
  const [labels = {}] = data as Part[];
  const { x: xs, text } = labels as { x: number[]; text: string[] };
  // Notes alone begin at the left edge.
  const isNote = (i: number): boolean => xs[i] === 0;
  const notes = xs.flatMap((_, i) => (isNote(i) ? [text[i]!] : []));
  const bottom = height - 20 * notes.length;
  const count = Math.round(across / panel);
  const move = (x: number, y: number): [number, number] => {
    const at = Math.min(count - 1, Math.floor(x / panel));
    return [x - at * panel, y + at * bottom];
  };
  const lines = wrap(notes.join(" "), width - 30, 12).filter((line) => line !== "");
  const moved = (data as Part[]).map((trace, i) => {
    const { x, y } = trace as { x: number[]; y: number[] };
    const kept = x.map((_, k) => k).filter((k) => i > 0 || !isNote(k));
    const pick = (value: unknown): unknown =>
      Array.isArray(value) ? kept.map((k) => value[k] as unknown) : value;
    const points = kept.map((k) => move(x[k]!, y[k]!));
    const own = Object.fromEntries(Object.entries(trace).map(([key, value]) => [key, pick(value)]));
    const font = isObject(trace.textfont)
      ? {
          textfont: Object.fromEntries(
            Object.entries(trace.textfont).map(([key, value]) => [key, pick(value)]),
          ),
        }
      : {};
    return { ...own, ...font, x: points.map(([px]) => px), y: points.map(([, py]) => py) };
  });
  // What stands beside the boxes needs less than half of what lies between two networks.
  const right = panel - 52;
  const room = width - 8;
  const { textposition, textfont } = labels as { textposition: string[]; textfont: { size: number[] } };
  const edges = xs.map((x, i) => {
    const needed = textposition[i] === "middle left" ? pixels(text[i]!, textfont.size[i]!) + 6 : 0;
    return ((x % panel) * room - right * needed) / (room - needed);
  });
  const left = Math.min(-10, ...edges);
  const title = titleIn(layout, width, 0);
  const top = title.height + 12;
  const total = count * bottom;
  return {
    ...figure,
    data: moved,
    layout: {
      ...layout,
      width,
      height: top + total + 17 * lines.length + 8,
      title: title.title,
      margin: { l: 4, r: 4, t: top, b: 4 + 17 * lines.length },
      xaxis: { ...(layout.xaxis as Part), range: [left, right] },
      yaxis: { ...(layout.yaxis as Part), range: [total, 0] },
      shapes: (layout.shapes as Part[]).map((shape) => movedShape(shape, move)),
      annotations: lines.length === 0 ? [] : [noteBelow(lines, 4)],
    },
  };
}

function movedShape(shape: Part, move: (x: number, y: number) => [number, number]): Part {
  if (typeof shape.path !== "string") {
    const { x0, y0, x1, y1 } = shape as { x0: number; y0: number; x1: number; y1: number };
    const [left, upper] = move(x0, y0);
    return { ...shape, x0: left, x1: x1 - x0 + left, y0: upper, y1: y1 - y0 + upper };
  }
  // Each stroke stays in the network that it begins in.
  const strokes = shape.path.split(/(?=M)/).map((stroke) => {
    const [x = 0, y = 0] = (stroke.match(/-?[\d.]+(e-?\d+)?/g) ?? []).map(Number);
    const [left, upper] = move(x, y);
    let isAcross = false;
    return stroke.replace(/-?[\d.]+(e-?\d+)?/g, (number) => {
      isAcross = !isAcross;
      return String(Number(number) + (isAcross ? left - x : upper - y));
    });
  });
  return { ...shape, path: strokes.join("") };
}

/** Axes with what stands around them, and panels one below the other. */
function chart<F extends AnyFigure>(figure: F, width: number): F {
  const { layout } = figure;
  const before = { l: 84, r: 44, t: 84, b: 60, ...(layout.margin as { [side: string]: number } | undefined) };
  const hasBar = before.r > 60;
  const [l, r] = [Math.min(before.l, 68), hasBar ? 98 : 14];
  const room = width - l - r;
  const title = titleIn(layout, width, buttons);
  const entries = layout.showlegend === false ? [] : legendOf(figure.data);
  const rows = entries.length === 0 ? 0 : legendRows(entries, room, 12);
  const axes = Object.keys(layout).filter((key) => /^xaxis\d*$/.test(key));
  const panels = axes.length;
  const t = title.height + 20 * rows + (panels > 1 ? 30 : 22);
  let b = before.b;
  const annotations = (Array.isArray(layout.annotations) ? (layout.annotations as Part[]) : []).map(
    (each) => {
      if (each.textangle === -90) return { ...each, xshift: 14 - l };
      if (each.textangle === 90) return { ...each, xshift: r - 12 };
      if (each.yanchor !== "top" || each.align !== "left") return each;
      const text = String(each.text);
      const lines = wrap(unwrapped(text), width - 30, 12);
      b += 17 * (lines.length - text.split("<br>").length);
      return { ...each, text: lines.join("<br>"), xshift: 8 - l };
    },
  );
  const own = typeof layout.height === "number" ? layout.height : 450;
  const plot = own - before.t - before.b;
  const high = panels * plot + (panels - 1) * 56;
  const height = t + high + b;
  const legend = isObject(layout.legend) ? layout.legend : {};
  const isUpright = areUpright(figure, room);
  const narrow: AnyFigure = {
    data: figure.data.map((trace) =>
      isUpright && (trace as Part).type === "bar" ? { ...trace, textangle: -90 } : trace,
    ),
    layout: {
      ...layout,
      width,
      height,
      title: title.title,
      margin: { ...before, l, r, t, b },
      annotations,
      ...(entries.length === 0 ? {} : { legend: { ...legend, font: { size: 12 } } }),
    },
  };
  if (isUpright) raise(narrow.layout, figure.data, plot);
  if (panels > 1) below(narrow, axes, 56 / high);
  for (const axis of axes) narrow.layout[axis] = thinned(narrow.layout[axis], room);
  for (const [key, axis] of Object.entries(narrow.layout))
    if (/^[xy]axis\d*$/.test(key) && isObject(axis)) narrow.layout[key] = { ...axis, tickfont: { size: 11 } };
  return { ...figure, ...narrow };
}

/** The figure's title in as many lines as it needs, from the edge of the figure. */
function titleIn(layout: Part, width: number, above: number): { title: Part; height: number } {
  const title = isObject(layout.title) ? layout.title : { text: layout.title };
  const lines = wrap(unwrapped(String(title.text ?? "")), width - 24, 16);
  const font = { ...(isObject(title.font) ? title.font : {}), size: 16 };
  const place = {
    x: 12 / width,
    xref: "container",
    y: 1,
    yref: "container",
    yanchor: "top",
    pad: { t: 14 + above },
  };
  return {
    title: { ...title, ...place, font, text: lines.join("<br>") },
    height: above + 16 + 22 * lines.length,
  };
}

/** A text without its line breaks, which stand where a space was or between two Chinese characters. */
function unwrapped(text: string): string {
  return text.replace(/([\u2e80-\u9fff\uff00-\uffef])<br>(?=[\u2e80-\u9fff])/g, "$1").replaceAll("<br>", " ");
}

function noteBelow(lines: string[], left: number): Part {
  const place = { xref: "paper", yref: "paper", xanchor: "left", yanchor: "top", align: "left" };
  return annotation(lines.join("<br>"), 0, 0, { ...place, xshift: left, font: { size: 12 } });
}

function legendOf(data: readonly object[]): string[] {
  return (data as Part[]).flatMap(({ name, showlegend }) =>
    typeof name === "string" && showlegend !== false ? [name] : [],
  );
}

/** Whether some label above a bar is wider than the bar: then all stand upright. */
function areUpright({ data, layout }: AnyFigure, room: number): boolean {
  const bars = (data as Part[]).filter(({ type }) => type === "bar");
  const gap = typeof layout.bargap === "number" ? layout.bargap : 0.2;
  return bars.some(({ text, textposition, x }) => {
    if (textposition !== "outside" || !Array.isArray(text) || !Array.isArray(x)) return false;
    const bar = ((room / x.length) * (1 - gap)) / bars.length;
    return text.some((each) => pixels(String(each), 11) > bar);
  });
}

/** Raises a log axis so that upright labels have their place above the highest bar. */
function raise(layout: Part, data: readonly object[], plot: number): void {
  const { yaxis } = layout;
  if (!isObject(yaxis) || yaxis.type !== "log" || !Array.isArray(yaxis.range)) return;
  const [low, high] = yaxis.range as [number, number];
  const tops = (data as Part[]).flatMap(({ type, y }) =>
    type === "bar" && Array.isArray(y) ? (y as number[]) : [],
  );
  const top = Math.log10(tops.reduce((most, y) => Math.max(most, y), 0));
  const needed = low + (top - low) / (1 - headroom / plot);
  if (needed > high) layout.yaxis = { ...yaxis, range: [low, needed] };
}

/** Gives every panel an axis upwards of its own, and its place below the one before it. */
function below({ data, layout }: AnyFigure, axes: readonly string[], gap: number): void {
  const share = (1 - (axes.length - 1) * gap) / axes.length;
  const upper = (i: number): number => 1 - i * (share + gap);
  const middles = axes.map((axis) => {
    const [from = 0, to = 1] = (layout[axis] as { domain?: number[] }).domain ?? [];
    return (from + to) / 2;
  });
  const yaxis = layout.yaxis as Part;
  for (const [i, axis] of axes.entries()) {
    const number = i === 0 ? "" : String(i + 1);
    const domain = [Math.max(0, upper(i) - share), upper(i)];
    layout[`yaxis${number}`] = { ...yaxis, domain, anchor: `x${number}` };
    layout[axis] = { ...(layout[axis] as Part), domain: [0, 1], anchor: `y${number}` };
  }
  for (const trace of data as Part[]) if (trace.xaxis) trace.yaxis = String(trace.xaxis).replace("x", "y");
  layout.annotations = (layout.annotations as Part[]).map((each) => {
    const i = middles.findIndex((middle) => each.x === middle && each.y === 1);
    return i < 0 ? each : { ...each, x: 0.5, y: upper(i) };
  });
}

/** As many of an axis' labels as there is room for beside each other. */
function thinned(axis: unknown, room: number): unknown {
  if (!isObject(axis) || !Array.isArray(axis.ticktext) || !Array.isArray(axis.tickvals)) return axis;
  const { ticktext, tickvals } = axis as { ticktext: string[]; tickvals: unknown[] };
  const widest = Math.max(...ticktext.map((text) => pixels(text, 11) + 6));
  const every = Math.ceil((widest * ticktext.length) / room);
  const kept = ticktext.map((_, i) => i).filter((i) => i % every === 0);
  return {
    ...axis,
    ticktext: kept.map((i) => ticktext[i]!),
    tickvals: kept.map((i) => tickvals[i]),
    tickangle: 0,
  };
}

/**
 * The traces where a figure is drawn narrower than it was made for: the labels above bars shrink as the bars do, or the
 * next bar would cover their last digits.
 * @param width the figure's width there, and `own` the one it was made for, in pixels
 */
export function narrowed(data: readonly object[], width: number, own: unknown): object[] {
  const share = typeof own === "number" ? Math.min(1, width / own) : 1;
  return data.map((trace) => {
    const { type, textfont } = trace as { type?: unknown; textfont?: { size?: unknown } };
    if (type !== "bar" || typeof textfont?.size !== "number") return trace;
    return { ...trace, textfont: { ...textfont, size: share * textfont.size } };
  });
}

/** A place of a fixed size, as on a slide, in pixels. */
export interface Box {
  width: number;
  height: number;
  /** How many times its own size a figure may at most be drawn: its letters are as large as the words around then. */
  scale: number;
  /** How many times its own size it is at least drawn, though it is higher than the box then. */
  least: number;
}

/** How a figure is drawn in a box: for this size, and then so many times larger. */
export interface Boxed {
  width: number;
  height: number;
  scale: number;
}

/** Down to this share of its own height a figure bears being drawn lower, where it is one panel high. */
const lowest = 0.75;
/** From one width that is tried to the next. */
const narrowing = 0.94;

/** Where a whole figure stands in a box with the largest letters. */
export function boxed(figure: AnyFigure, box: Box): Boxed {
  const { width: own } = figure.layout;
  let best: Boxed = { width: 0, height: 0, scale: 0 };
  for (let width = widthIn(box.width, own); ; width = Math.round(narrowing * width)) {
    const { height, low } = heightsAt(figure, width);
    const scale = Math.min(box.width / width, box.height / low, box.scale);
    if (scale > 1.01 * best.scale)
      best = { width, height: Math.round(Math.max(low, Math.min(height, box.height / scale))), scale };
    if (width < 300 || scale >= box.scale) break;
  }
  if (best.scale < box.least) {
    const width = Math.floor(box.width / box.least);
    return { width, height: Math.round(heightsAt(figure, width).low), scale: box.least };
  }
  const { height, scale } = best;
  // Wider, where that makes it no higher.
  const width = Math.floor(Math.min(box.width / scale, widthIn(box.width, own)));
  return heightsAt(figure, width).low * scale <= box.height + 1 ? { width, height, scale } : best;
}

function heightsAt(figure: AnyFigure, width: number): { height: number; low: number } {
  const { layout } = reflowed(figure, width);
  const height = typeof layout.height === "number" && layout.height > 0 ? layout.height : 450;
  const hasPanelsBelow = "yaxis2" in layout;
  return { height, low: hasPanelsBelow ? height : lowest * height };
}
