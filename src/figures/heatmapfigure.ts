import { notesOf, ticks } from "./axes";
import { type Over, type Sweep, sizeTicks, sizesOf, sweepsOf } from "./depthsweepfigure";
import type { Figure, FigureOptions, Json, Series } from "./figure";
import { trend } from "./figuresentences";
import { isDrawn, isUnder, numeral, short, wrap } from "./figuretext";
import { type Words, wordsOf } from "./figurewords";
import { annotation, baseConfig, chartLayout } from "./layout";
import { heat, neutrals } from "./palette";

/** What a heat map's rows are. */
export interface HeatmapOptions extends FigureOptions {
  /** "depth", the number of layers, by default, or "width", the first layer's units. */
  over?: Over;
}

/** A layer of a network: its column and row, and the mean |gradient|. */
interface Cell {
  x: number;
  row: number;
  size: number;
  value: number;
}

/**
 * The mean |gradient| of every layer of every network as a colour, by decades: a row for every depth or width, a column
 * for every layer, a panel for every model. What float32 has no full precision for is hatched, inf and nan crossed.
 *
 * The cells are bars: every build of plotly.js draws those.
 * @param series what `layerGradients` returned for every network, in any order; those of one `label`, or with and
 * without shortcuts, are one model
 */
export function heatmapFigure(series: Series[], options: HeatmapOptions = {}): Figure {
  const words = wordsOf(options.language);
  const { over = "depth" } = options;
  const sweeps = sweepsOf(series, over, words);
  const sizes = sizesOf(sweeps);
  const panels = sweeps.map((sweep) => cellsOf(sweep, sizes));
  const values = panels.flatMap((cells) => cells.map(({ value }) => value));
  const columns = 1 + panels.flat().reduce((most, { x }) => Math.max(most, x), 0);
  const place = over === "depth" ? words.atDepth : words.atWidth;
  const span = spanOf(values);
  const room = (panels.length === 1 ? 600 : 780) / panels.length;
  const hover = `${place("%{customdata[0]}")}<br>${words.layer("%{x}")}<br>%{customdata[1]}<extra></extra>`;
  const layout = chartLayout({
    title: options.title ?? words.heatmapTitle,
    width: panels.length === 1 ? 800 : 1000,
    height: sizes.length > 40 ? 560 : 430,
    legend: [],
    up: over === "depth" ? words.depth : words.width,
    across: words.layers,
    notes: notesOf(values, words, words.inCell),
    meta: {
      alt: words.text([
        words.heatmapAlt,
        ...sweeps.flatMap((sweep, i) => sentencesOf(sweep, panels[i]!, place, words)),
      ]),
      table: tableOf(sweeps, columns, place, words),
    },
  });
  const domains = panels.map((_, i) => [
    i / panels.length,
    (i + 1) / panels.length - (panels.length > 1 ? 0.03 : 0),
  ]);
  return {
    data: [
      ...panels.flatMap((cells, i) => [
        ...trace(
          cells.filter(({ value }) => isDrawn(value)),
          i,
          hover,
          (value) => colorIn(span, value),
        ),
        ...trace(
          cells.filter(({ value }) => isUnder(value)),
          i,
          hover,
          "/",
        ),
        ...trace(
          cells.filter(({ value }) => !isDrawn(value) && !isUnder(value)),
          i,
          hover,
          "x",
        ),
      ]),
      colorbar(span),
    ],
    layout: {
      ...layout,
      margin: { ...(layout.margin as { [side: string]: number }), r: 120 },
      barmode: "overlay",
      bargap: 0,
      hovermode: "closest",
      ...Object.fromEntries(
        domains.map((domain, i) => [
          `xaxis${i === 0 ? "" : i + 1}`,
          { ...axis, domain, tickvals: ticks(columns), range: [-0.5, columns - 0.5] },
        ]),
      ),
      yaxis: {
        ...axis,
        tickvals: sizeTicks(sizes).map((size) => sizes.indexOf(size)),
        ticktext: sizeTicks(sizes).map(String),
        range: [-0.5, sizes.length - 0.5],
      },
      annotations: [
        ...(layout.annotations as Json[]),
        annotation(words.axis, 1, 0.5, {
          xref: "paper",
          yref: "paper",
          xanchor: "center",
          xshift: 96,
          textangle: 90,
          font: { size: 13, color: neutrals.ink.light },
        }),
        ...sweeps.map(({ label }, i) =>
          annotation(wrap(label, room, 14).join("<br>"), (domains[i]![0]! + domains[i]![1]!) / 2, 1, {
            xref: "paper",
            yref: "paper",
            xanchor: "center",
            yanchor: "bottom",
            yshift: 4,
            font: { size: 14, color: neutrals.ink.light },
          }),
        ),
      ],
    },
    config: { ...baseConfig },
  };
}

const axis = {
  showgrid: false,
  zeroline: false,
  showline: true,
  linecolor: neutrals.line.light,
  ticks: "outside",
  tickcolor: neutrals.line.light,
  ticklabeloverflow: "allow",
} as const;

function cellsOf({ networks }: Sweep, sizes: number[]): Cell[] {
  return networks.flatMap(({ size, gradients }) =>
    gradients.map(({ mean }, x) => ({ x, row: sizes.indexOf(size), size, value: mean })),
  );
}

/** Cells as bars of height 1, in a colour of their own, or hatched where they have none. */
function trace(
  cells: Cell[],
  panel: number,
  hovertemplate: string,
  look: ((value: number) => string) | "/" | "x",
): Figure["data"] {
  if (cells.length === 0) return [];
  const fill = neutrals.panel.light;
  return [
    {
      type: "bar",
      x: cells.map(({ x }) => x),
      base: cells.map(({ row }) => row - 0.5),
      y: cells.map(() => 1),
      width: 1,
      xaxis: panel === 0 ? "x" : `x${panel + 1}`,
      yaxis: "y",
      customdata: cells.map(({ size, value }) => [size, short(value)]),
      hovertemplate,
      marker:
        typeof look === "string"
          ? {
              color: fill,
              line: { width: 0 },
              pattern: { shape: look, size: 6, solidity: 0.2, fgcolor: neutrals.line.light, bgcolor: fill },
            }
          : { color: cells.map(({ value }) => look(value)), line: { width: 0 } },
      showlegend: false,
    },
  ];
}

function tableOf(
  sweeps: Sweep[],
  columns: number,
  place: (size: number) => string,
  words: Words,
): string[][] {
  const shown = ticks(columns);
  return [
    [words.network, ...shown.map((layer) => words.layer(String(layer)))],
    ...sweeps.flatMap(({ label, networks }) =>
      networks.map(({ size, gradients }) => [
        `${label}, ${place(size)}`,
        ...shown.map((layer) => numeral(gradients[layer]?.mean)),
      ]),
    ),
  ];
}

function sentencesOf(sweep: Sweep, cells: Cell[], place: (size: number) => string, words: Words): string[] {
  const first = sweep.networks.map(({ size, gradients }) => ({ value: gradients[0]!.mean, at: place(size) }));
  const under = cells.filter(({ value }) => isUnder(value)).length;
  return [
    ...trend(sweep.lead, words.firstMean, first, words),
    ...(under > 0 ? [words.hatched(under, cells.length)] : []),
  ];
}

/** The whole decades from the smallest to the largest value, as powers of ten. */
interface Span {
  low: number;
  high: number;
}

/** Whole decades around the values that have a colour. */
function spanOf(values: number[]): Span {
  const drawn = values.filter(isDrawn).map(Math.log10);
  if (drawn.length === 0) return { low: -3, high: 0 };
  const low = Math.floor(drawn.reduce((a, b) => Math.min(a, b)));
  return { low, high: Math.max(low + 1, Math.ceil(drawn.reduce((a, b) => Math.max(a, b)))) };
}

/** A value's colour: one for every tenth of a decade where there are few, for every decade where there are many. */
function colorIn({ low, high }: Span, value: number): string {
  const steps = high - low > 20 ? 1 : 10;
  // The middle of a step: 1e-3 and 1e-4 have not the same colour.
  const exponent = (Math.floor(Math.log10(value) * steps) + 0.5) / steps;
  return heat((exponent - low) / (high - low));
}

/** The colour bar, on a point that is nowhere: bars that take their colours from a scale make plotly.js 4 complain. */
function colorbar({ low, high }: Span): Figure["data"][number] {
  const step = Math.ceil((high - low) / 9);
  const exponents = Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, i) => low + i * step);
  return {
    type: "scatter",
    mode: "markers",
    x: [null],
    y: [null],
    marker: {
      color: [low],
      cmin: low,
      cmax: high,
      colorscale: Array.from({ length: 10 }, (_, i) => [i / 9, heat(i / 9)]),
      showscale: true,
      colorbar: {
        tickvals: exponents,
        ticktext: exponents.map((exponent) => `10<sup>${String(exponent).replace("-", "−")}</sup>`),
        ticklabeloverflow: "allow",
        thickness: 16,
        outlinewidth: 0,
        x: 1,
        xpad: 18,
      },
    },
    hoverinfo: "skip",
    showlegend: false,
  };
}
