import { quote } from "../nn/quote";
import { type Decades, decades, logAxis, marksOf, notesOf, rowsOf } from "./axes";
import { type Figure, type FigureOptions, type Json, type Series, checkSeries } from "./figure";
import { labelOf, leadOf, trend } from "./figuresentences";
import { isDrawn, numeral, short } from "./figuretext";
import { type Words, wordsOf } from "./figurewords";
import { baseConfig, chartLayout } from "./layout";
import { colorOf, neutrals, symbolOf } from "./palette";

/** What a sweep is drawn over. */
export interface SweepOptions extends FigureOptions {
  /** "depth", the number of layers, by default, or "width", the first layer's units, on a log-2 scale. */
  over?: Over;
  /** Draws the last layer's gradient too, as a dotted line. */
  lastLayer?: boolean;
}

/** One line of the figure. */
interface Line {
  name: string;
  lead: string;
  what: string;
  isLast: boolean;
  points: { size: number; value: number }[];
}

/**
 * The first layer's mean |gradient| against the networks' depth or width on a log axis, a line for every model.
 * @param series what `layerGradients` returned for every network, in any order; those of one `label`, or with and
 * without shortcuts, are one model
 */
export function depthSweepFigure(series: Series[], options: SweepOptions = {}): Figure {
  const words = wordsOf(options.language);
  const { over = "depth", lastLayer = false } = options;
  const sweeps = sweepsOf(series, over, words);
  const lines = linesOf(sweeps, lastLayer, words);
  const sizes = sizesOf(sweeps);
  const values = lines.flatMap(({ points }) => points.map(({ value }) => value));
  const rows = rowsOf(lines.map(({ points }) => points.map(({ value }) => value)));
  const axis = decades(values, rows.count);
  const place = over === "depth" ? words.atDepth : words.atWidth;
  const perModel = lastLayer ? 2 : 1;
  return {
    data: lines.flatMap((line, i) => lineTraces(line, Math.floor(i / perModel), rows.at(i), axis, place)),
    layout: {
      ...chartLayout({
        title: options.title ?? (over === "depth" ? words.depthTitle : words.widthTitle),
        width: 800,
        legend: lines.map(({ name }) => name),
        up: words.axis,
        across: over === "depth" ? words.depth : words.width,
        notes: notesOf(values, words, words.atFloor),
        meta: {
          alt: words.text([
            over === "depth" ? words.depthAlt : words.widthAlt,
            ...lines.flatMap(({ lead, what, points }) =>
              trend(
                lead,
                what,
                points.map(({ size, value }) => ({ value, at: place(size) })),
                words,
              ),
            ),
          ]),
          table: [
            [over === "depth" ? words.depth : words.width, ...lines.map(({ name }) => name)],
            ...sizes.map((size) => [
              String(size),
              ...lines.map(({ points }) => numeral(points.find((point) => point.size === size)?.value)),
            ]),
          ],
        },
      }),
      hovermode: "closest",
      xaxis: {
        ...(over === "depth" ? depthAxis(sizes) : widthAxis(sizes)),
        showgrid: false,
        zeroline: false,
        linecolor: neutrals.line.light,
        showline: true,
        ticks: "outside",
        tickcolor: neutrals.line.light,
        ticklabeloverflow: "allow",
      },
      yaxis: { ...logAxis(axis), zeroline: false },
    },
    config: { ...baseConfig },
  };
}

function linesOf(sweeps: Sweep[], lastLayer: boolean, words: Words): Line[] {
  return sweeps.flatMap(({ label, lead, networks }) => {
    const first: Line = {
      name: lastLayer ? words.firstLayer(label) : label,
      lead,
      what: words.firstMean,
      isLast: false,
      points: networks.map(({ size, gradients }) => ({ size, value: gradients[0]!.mean })),
    };
    if (!lastLayer) return [first];
    const points = networks.map(({ size, gradients }) => ({ size, value: gradients.at(-1)!.mean }));
    return [first, { ...first, name: words.lastLayer(label), what: words.lastMean, isLast: true, points }];
  });
}

function lineTraces(
  { name, isLast, points }: Line,
  model: number,
  row: number,
  axis: Decades,
  place: (size: number) => string,
): Figure["data"] {
  const color = colorOf(model);
  return [
    {
      type: "scatter",
      mode: "lines+markers",
      name,
      x: points.map(({ size }) => size),
      y: points.map(({ value }) => (isDrawn(value) ? value : null)),
      customdata: points.map(({ size, value }) => [place(size), short(value)]),
      hovertemplate: "%{customdata[0]}<br>%{customdata[1]}<extra>%{fullData.name}</extra>",
      connectgaps: false,
      line: { color, width: 2, dash: isLast ? "dot" : "solid" },
      marker: {
        color: isLast ? neutrals.paper.light : color,
        line: { color, width: 1 },
        size: points.length > 40 ? 5 : 7,
        symbol: symbolOf(model),
      },
    },
    ...marksOf(
      points.map(({ size, value }) => ({ x: size, value, name: `${name}, ${place(size)}` })),
      model,
      row,
      axis,
      false,
    ),
  ];
}

function depthAxis(sizes: number[]): { [key: string]: Json } {
  const [least, most] = [sizes[0]!, sizes.at(-1)!];
  const edge = Math.max(0.5, (most - least) * 0.02);
  return { range: [least - edge, most + edge], tickvals: sizeTicks(sizes) };
}

/** Every width where they are few, else powers of two. */
function widthAxis(sizes: number[]): { [key: string]: Json } {
  const [least, most] = [Math.log2(sizes[0]!), Math.log2(sizes.at(-1)!)];
  const powers = Array.from(
    { length: Math.floor(most) - Math.ceil(least) + 1 },
    (_, i) => 2 ** (Math.ceil(least) + i),
  );
  const edge = Math.max(0.3, (most - least) * 0.02);
  const shown = sizes.length <= 12 ? sizes : powers;
  return {
    type: "log",
    range: [(least - edge) * Math.LOG10E * Math.LN2, (most + edge) * Math.LOG10E * Math.LN2],
    tickvals: shown,
    ticktext: shown.map(String),
  };
}

/** What changes from network to network. */
export type Over = "depth" | "width";

/** The gradients of one network, and how deep or wide it is. */
interface Swept {
  size: number;
  gradients: Series["gradients"];
}

/** One model's networks of many depths or widths, the smallest first. */
export interface Sweep {
  label: string;
  /** How a sentence on it begins. */
  lead: string;
  networks: Swept[];
}

/**
 * The networks by model: those of one label, or with and without shortcuts. A network's depth is its number of layers'
 * weights, which have two dimensions, its width the first one's outputs.
 * @throws TypeError or RangeError where something is not a network's gradients, or a model has one size twice.
 */
export function sweepsOf(series: Series[], over: Over, words: Words): Sweep[] {
  checkSeries(series);
  if (over !== "depth" && over !== "width")
    throw new RangeError(`over is ${quote(over)}; expected "depth" or "width".`);
  const sweeps = new Map<string, Sweep>();
  for (const [i, entry] of series.entries()) {
    const gradients = entry.gradients.filter(({ shape }) => shape.length === 2);
    if (gradients.length === 0)
      throw new RangeError(`Entry ${i} of the figure has no layer; expected a weight of two dimensions.`);
    const key = entry.label ?? String(entry.useShortcut);
    const sweep = sweeps.get(key) ?? {
      label: labelOf(entry, sweeps.size, words),
      lead: leadOf(entry, sweeps.size, words),
      networks: [],
    };
    sweeps.set(key, sweep);
    const size = over === "depth" ? gradients.length : gradients[0]!.shape[0]!;
    if (sweep.networks.some((network) => network.size === size))
      throw new RangeError(
        `Two networks ${sweep.label} have ${over} ${size}; expected one of each ${over}, or labels that tell them apart.`,
      );
    sweep.networks.push({ size, gradients });
  }
  for (const { networks } of sweeps.values()) networks.sort((a, b) => a.size - b.size);
  return [...sweeps.values()];
}

/** Every size that any of the models has, in order. */
export function sizesOf(sweeps: Sweep[]): number[] {
  return [...new Set(sweeps.flatMap(({ networks }) => networks.map(({ size }) => size)))].sort(
    (a, b) => a - b,
  );
}

/** At most about ten of the sizes for an axis: all where they are few, else the first and round ones. */
export function sizeTicks(sizes: number[]): number[] {
  const [least, most] = [sizes[0]!, sizes.at(-1)!];
  if (sizes.length <= 10) return sizes;
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((step) => (most - least) / step <= 10) ?? 1000;
  return sizes.filter((size) => size === least || (size % step === 0 && size - least >= step / 2));
}
