import { type Decades, decades, logAxis, marksOf, notesOf, rowsOf } from "./axes";
import type { Figure, FigureOptions, Json, Series } from "./figure";
import { isDrawn, numeral, short } from "./figuretext";
import { type Words, wordsOf } from "./figurewords";
import { baseConfig, chartLayout } from "./layout";
import { colorOf, neutrals, symbolOf } from "./palette";
import { trend } from "./sentences";
import { type Over, type Sweep, sizeTicks, sizesOf, sweepsOf } from "./sweep";

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
