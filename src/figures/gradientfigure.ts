import { decades, layerAxis, logAxis, marksOf, notesOf, power, topOf } from "./axes";
import { type Figure, type FigureOptions, type Series, checkSeries } from "./figure";
import { gradientSentences, labelOf, valuesOf } from "./figuresentences";
import { isDrawn, numeral, short } from "./figuretext";
import { wordsOf } from "./figurewords";
import { baseConfig, chartLayout } from "./layout";
import { colorOf, neutrals } from "./palette";

const mostLabelled = 16;
const gap = 0.25;

/**
 * Each layer's mean |gradient| as bars on a log axis, one colour a model.
 *
 * A gradient that is 0 or denormal in float32 is an open triangle at the axis' floor, one that is too large a bar to
 * its top, nan a cross, each with a note.
 * @param series what `layerGradients` returned, a model each
 */
export function gradientFigure(series: Series[], options: FigureOptions = {}): Figure {
  checkSeries(series);
  const words = wordsOf(options.language);
  const labels = series.map((entry, i) => labelOf(entry, i, words));
  const values = series.flatMap(({ gradients }) => gradients.map(({ mean }) => mean));
  const axis = decades(values);
  const longest = series.reduce((a, b) => (b.gradients.length > a.gradients.length ? b : a)).gradients;
  const names = longest.map(({ name }) => name);
  const withDelta = series
    .map((entry, i) => [entry, i] as const)
    .filter(([{ gradients }]) => gradients.some(({ delta }) => delta !== undefined));
  const isLabelled = names.length * series.length <= mostLabelled;
  const bar = (1 - gap) / series.length;
  const marks = series.flatMap(({ gradients }, i) => {
    const offset = bar * (i - (series.length - 1) / 2);
    const places = gradients.map(({ name, mean }, layer) => ({ x: layer + offset, value: mean, name }));
    return marksOf(
      places.filter(({ value }) => value !== Infinity),
      i,
      0,
      axis,
      isLabelled,
    );
  });
  const width = Math.min(1100, Math.max(800, 130 + names.length * (series.length * 12 + 12)));
  return {
    data: [
      ...series.map(({ gradients }, i) => ({
        type: "bar",
        name: labels[i]!,
        x: gradients.map((_, layer) => layer),
        y: gradients.map(({ mean }) =>
          isDrawn(mean) ? mean : mean === Infinity ? topOf(axis) : power(axis.low),
        ),
        customdata: gradients.map((gradient) => [gradient.name, valuesOf(gradient, words)]),
        hovertemplate: "%{customdata[0]}<br>%{customdata[1]}<extra>%{fullData.name}</extra>",
        text: gradients.map(({ mean }) =>
          mean === Infinity || (isLabelled && isDrawn(mean)) ? short(mean) : "",
        ),
        textposition: "outside",
        textfont: { size: 11, color: neutrals.ink.light },
        constraintext: "none",
        cliponaxis: false,
        marker: { color: colorOf(i) },
      })),
      ...marks,
    ],
    layout: {
      ...chartLayout({
        title: options.title ?? words.gradientTitle,
        width,
        legend: labels,
        up: words.axis,
        notes: notesOf(values, words, words.atFloor),
        meta: {
          alt: words.text([words.gradientAlt, ...gradientSentences(series, words)]),
          table: [
            [words.weight, ...labels, ...withDelta.map(([, i]) => words.delta(labels[i]!))],
            ...names.map((name, i) => [
              name,
              ...series.map(({ gradients }) => numeral(gradients[i]?.mean)),
              ...withDelta.map(([{ gradients }]) => numeral(gradients[i]?.delta)),
            ]),
          ],
        },
      }),
      barmode: "group",
      bargap: gap,
      bargroupgap: 0.08,
      xaxis: layerAxis(names, 0.6),
      yaxis: logAxis(axis),
    },
    config: { ...baseConfig },
  };
}
