import { quantiles } from "../nn/overseeds";
import { quote } from "../nn/quote";
import { type Decades, decades, layerAxis, logAxis, marksOf, notesOf, power, rowsOf } from "./axes";
import { checkMean, type Figure, type FigureOptions, type Model } from "./figure";
import { labelOf, layerOf, leadOf, trend } from "./figuresentences";
import { isDrawn, numeral, short } from "./figuretext";
import { type Words, wordsOf } from "./figurewords";
import { baseConfig, chartLayout } from "./layout";
import { colorOf, symbolOf } from "./palette";

/** One model's gradients over many seeds. */
export interface Ensemble extends Model {
  /** Every layer's weight, with its mean |gradient| for every seed. */
  layers: { name: string; means: ArrayLike<number> }[];
}

const percents = [5, 25, 50, 75, 95] as const;

/** A layer's percentiles, in the order of `percents`. */
interface Spread {
  name: string;
  at: number[];
}

/**
 * The median over seeds of each layer's mean |gradient| as a line on a log axis, with bands that hold 90% and 50% of
 * the seeds, one colour a model.
 * @param ensembles a model each
 */
export function bandFigure(ensembles: Ensemble[], options: FigureOptions = {}): Figure {
  checkEnsembles(ensembles);
  const words = wordsOf(options.language);
  const labels = ensembles.map((entry, i) => labelOf(entry, i, words));
  const models = ensembles.map(({ layers }) => layers.map(spreadOf));
  const values = models.flatMap((layers) => layers.flatMap(({ at }) => at));
  const rows = rowsOf(models.map((layers) => layers.map(({ at }) => at[2]!)));
  const axis = decades(values, rows.count);
  const longest = models.reduce((a, b) => (b.length > a.length ? b : a));
  return {
    data: [
      // The bands first: no line lies below another model's.
      ...models.flatMap((layers, i) => [
        bandTrace(layers, [0, 4], labels[i]!, i, axis),
        bandTrace(layers, [1, 3], labels[i]!, i, axis),
      ]),
      ...models.flatMap((layers, i) => medianTraces(layers, labels[i]!, i, rows.at(i), axis)),
    ],
    layout: {
      ...chartLayout({
        title: options.title ?? words.bandTitle,
        width: Math.min(1100, Math.max(800, 130 + longest.length * 12)),
        legend: labels,
        up: words.axis,
        notes: [words.bands, ...notesOf(values, words, rows.count > 0 ? words.atFloor : words.bandAtFloor)],
        meta: {
          alt: words.text([
            words.bandAlt,
            ...ensembles.flatMap((entry, i) => sentencesOf(models[i]!, leadOf(entry, i, words), words)),
          ]),
          table: [
            [
              words.weight,
              ...labels.flatMap((label) =>
                percents.map((percent) => `${label}, ${words.percentile(percent)}`),
              ),
            ],
            ...longest.map(({ name }, layer) => [
              name,
              ...models.flatMap((layers) => percents.map((_, i) => numeral(layers[layer]?.at[i]))),
            ]),
          ],
        },
      }),
      hovermode: "closest",
      xaxis: layerAxis(
        longest.map(({ name }) => name),
        0.4,
      ),
      yaxis: logAxis(axis),
    },
    config: { ...baseConfig },
  };
}

function spreadOf({ name, means }: Ensemble["layers"][number]): Spread {
  return {
    name,
    at: quantiles(
      means,
      percents.map((percent) => percent / 100),
    ),
  };
}

/** The area between two percentiles, cut off at the axis' ends. */
function bandTrace(
  layers: Spread[],
  [low, high]: [number, number],
  label: string,
  model: number,
  axis: Decades,
): Figure["data"][number] {
  const inside = (value: number) => Math.min(power(axis.high), Math.max(power(axis.low), value));
  const seen = layers.flatMap(({ at }, x) =>
    Number.isNaN(at[low]) ? [] : [{ x, low: inside(at[low]!), high: inside(at[high]!) }],
  );
  const back = [...seen].reverse();
  return {
    type: "scatter",
    mode: "lines",
    x: [...seen, ...back].map(({ x }) => x),
    y: [...seen.map((layer) => layer.high), ...back.map((layer) => layer.low)],
    fill: "toself",
    fillcolor: transparent(colorOf(model), low === 0 ? 0.16 : 0.28),
    // A single layer's band is a stroke.
    line: { width: seen.length === 1 ? 6 : 0, color: transparent(colorOf(model), 0.28) },
    hoverinfo: "skip",
    name: label,
    legendgroup: String(model),
    showlegend: false,
  };
}

function transparent(color: string, opacity: number): string {
  const channels = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  return `rgba(${channels.join(", ")}, ${opacity})`;
}

function medianTraces(
  layers: Spread[],
  label: string,
  model: number,
  row: number,
  axis: Decades,
): Figure["data"] {
  const color = colorOf(model);
  return [
    {
      type: "scatter",
      mode: "lines+markers",
      name: label,
      legendgroup: String(model),
      x: layers.map((_, layer) => layer),
      y: layers.map(({ at }) => (isDrawn(at[2]!) ? at[2]! : null)),
      customdata: layers.map(({ name, at }) => [name, ...at.map(short)]),
      hovertemplate:
        "%{customdata[0]}<br>" +
        percents.map((percent, i) => `${percent}%: %{customdata[${i + 1}]}`).join("<br>") +
        "<extra>%{fullData.name}</extra>",
      connectgaps: false,
      line: { color, width: 2.5 },
      marker: { color, size: layers.length > 40 ? 5 : 8, symbol: symbolOf(model) },
    },
    ...marksOf(
      layers.map(({ name, at }, x) => ({ x, value: at[2]!, name: `${label}, ${name}` })),
      model,
      row,
      axis,
      false,
    ),
  ];
}

function sentencesOf(layers: Spread[], lead: string, words: Words): string[] {
  const medians = layers.map(({ name, at }) => ({ value: at[2]!, at: layerOf(name, words) }));
  const { name, at } = layers[0]!;
  return [
    ...trend(lead, words.medianMean, medians.reverse(), words),
    lead + words.spread(layerOf(name, words), short(at[0]!), short(at[4]!)),
  ];
}

/** @throws TypeError or RangeError where a figure is asked to draw something else than gradients over seeds. */
function checkEnsembles(ensembles: unknown): asserts ensembles is Ensemble[] {
  if (!Array.isArray(ensembles) || ensembles.length === 0)
    throw new TypeError(
      `The figure got ${quote(ensembles)}; expected an array of models with the gradients of every seed.`,
    );
  for (const [i, entry] of ensembles.entries()) {
    const layers = (entry as Partial<Ensemble> | null)?.layers;
    if (!Array.isArray(layers) || layers.length === 0)
      throw new TypeError(`Entry ${i} of the figure has no layers; expected each layer's name and means.`);
    for (const layer of layers as Partial<Ensemble["layers"][number]>[]) {
      const count = layer?.means?.length;
      if (typeof layer?.name !== "string" || typeof count !== "number" || count === 0)
        throw new TypeError(
          `A layer of entry ${i} is ${quote(layer)}; expected its name and a mean for every seed.`,
        );
      for (const mean of Array.from(layer.means!)) checkMean(mean, `${layer.name} of entry ${i}`);
    }
  }
}
