import { type Figure, type FigureOptions, type Json, type Series, checkSeries } from "./figure";
import { annotation, baseConfig, baseLayout } from "./layout";
import { modelColors, neutrals } from "./palette";
import { isDrawn, labelOf, sentencesOf, short, wordsOf } from "./words";

const mostLabelled = 8;

/**
 * Each layer's mean |gradient| as bars on a log axis, one colour a model.
 *
 * A gradient that float32 cannot hold is shown as what it is: 0 at the axis' floor, inf at its top, with a note.
 * @param series what `layerGradients` returned, a model each
 */
export function gradientFigure(series: Series[], options: FigureOptions = {}): Figure {
  checkSeries(series);
  const words = wordsOf(options.language);
  const labels = series.map((entry, i) => labelOf(entry, i, words));
  const values = series.flatMap(({ gradients }) => gradients.map(({ mean }) => mean));
  const [floor, top] = decades(values);
  const longest = Math.max(...series.map(({ gradients }) => gradients.length));
  const names = (series.find(({ gradients }) => gradients.length === longest) as Series).gradients.map(
    ({ name }) => name,
  );
  const notes = notesOf(values, words);
  const width = Math.min(1100, Math.max(800, 130 + longest * (series.length * 12 + 12)));
  const layout = baseLayout(options.title ?? words.gradientTitle, width, 430 + 20 * notes.length, {
    alt: [words.gradientAlt, ...sentencesOf(series, words)].join(" "),
    table: [
      [words.weight, ...labels],
      ...names.map((name, i) => [name, ...series.map(({ gradients }) => numeral(gradients[i]?.mean))]),
    ],
  });
  return {
    data: series.map(({ gradients }, i) => ({
      type: "bar",
      name: labels[i]!,
      x: gradients.map((_, layer) => layer),
      y: gradients.map(({ mean }) =>
        isDrawn(mean) ? mean : mean > 0 && !Number.isFinite(mean) ? top : floor,
      ),
      customdata: gradients.map(({ name, mean }) => [name, short(mean)]),
      hovertemplate: "%{customdata[0]}<br>%{customdata[1]}<extra>%{fullData.name}</extra>",
      text: gradients.map(({ mean }) => (longest <= mostLabelled || !isDrawn(mean) ? short(mean) : "")),
      textposition: "outside",
      textfont: { size: 11, color: neutrals.ink.light },
      constraintext: "none",
      cliponaxis: false,
      marker: { color: modelColors[i % modelColors.length]! },
    })),
    layout: {
      ...layout,
      barmode: "group",
      bargap: 0.25,
      bargroupgap: 0.08,
      margin: { l: 84, r: 44, t: 84, b: 60 + 20 * notes.length },
      legend: { orientation: "h", x: 0, y: 1.02, xanchor: "left", yanchor: "bottom", font: { size: 13 } },
      showlegend: true,
      xaxis: {
        tickvals: ticks(longest),
        ticktext: ticks(longest).map((i) => names[i]!.replace(/\.\d+\.weight$/, "")),
        range: [-0.6, longest - 0.4],
        showgrid: false,
        zeroline: false,
        linecolor: neutrals.line.light,
        showline: true,
        ticklabeloverflow: "allow",
      },
      yaxis: {
        type: "log",
        range: [Math.log10(floor), Math.log10(top)],
        gridcolor: neutrals.grid.light,
        exponentformat: "power",
        ticklabeloverflow: "allow",
        dtick: Math.max(1, Math.ceil((Math.log10(top) - Math.log10(floor)) / 9)),
      },
      annotations: [
        // An annotation, not the axis' own title, which would move with the width of the tick labels.
        annotation(words.axis, 0, 0.5, {
          xref: "paper",
          yref: "paper",
          xshift: -64,
          textangle: -90,
          font: { size: 13, color: neutrals.ink.light },
        }),
        ...notes.map((note, i) =>
          annotation(note, 0, 0, {
            xref: "paper",
            yref: "paper",
            xanchor: "left",
            yanchor: "top",
            yshift: -32 - 20 * i,
            font: { size: 12, color: neutrals.muted.light },
          }),
        ),
      ],
    },
    config: { ...baseConfig },
  };
}

/** The decades around the values that can be drawn, with room for a bar's text above. */
function decades(values: number[]): [floor: number, top: number] {
  const drawn = values.filter(isDrawn);
  if (drawn.length === 0) return [1e-3, 1];
  const low = Math.floor(Math.log10(Math.min(...drawn)) - 0.02);
  const high = Math.log10(Math.max(...drawn));
  return [10 ** low, 10 ** Math.max(low + 1, high + 0.08 * (high - low) + 0.1)];
}

function notesOf(values: number[], words: ReturnType<typeof wordsOf>): string[] {
  const notes: string[] = [];
  if (values.some((value) => value < 2 ** -126)) notes.push(words.underflow);
  if (values.includes(Infinity)) notes.push(words.overflow);
  if (values.some(Number.isNaN)) notes.push(words.undefinedNote);
  return notes;
}

/** Every layer up to a dozen, then every second, fifth, tenth … */
function ticks(layers: number): number[] {
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((step) => layers / step <= 12) ?? 1000;
  return Array.from({ length: Math.ceil(layers / step) }, (_, i) => i * step);
}

function numeral(value: number | undefined): Json & string {
  if (value === undefined) return "";
  return isDrawn(value)
    ? value.toPrecision(8)
    : Number.isFinite(value) && value > 0
      ? value.toExponential(2)
      : short(value);
}
