import { notesOf } from "./axes";
import { type Figure, type FigureOptions, type Json, type Series, checkSeries } from "./figure";
import { gradientSentences, labelOf, tick, valuesOf } from "./figuresentences";
import { isDrawn, isUnder, short, wrap } from "./figuretext";
import { type Words, wordsOf } from "./figurewords";
import { baseConfig, baseLayout, panel } from "./layout";
import { colorOf, modelColors, neutrals, shade } from "./palette";

// The drawing's coordinates are pixels, y downwards.
const box = { left: 130, width: 170 };
const top = 14;

const plain: Pen = { color: neutrals.line.light, width: 1.6, dash: "solid" };
const shortcut: Pen = { color: modelColors[1], width: 2, dash: "solid" };
const missing: Pen = { color: neutrals.line.light, width: 1.2, dash: "dot" };

/**
 * The networks side by side, as in Figure 4.12: every layer a box coloured by its mean |gradient|, the number beside
 * it, an arrow for every shortcut, and, where neighbouring widths differ, the shortcut that is NOT there.
 * @param series what `layerGradients` returned, a model each
 */
export function networkFigure(series: Series[], options: FigureOptions = {}): Figure {
  checkSeries(series);
  const words = wordsOf(options.language);
  const labels = series.map((entry, i) => labelOf(entry, i, words));
  const longest = series.reduce((a, b) => (b.gradients.length > a.gradients.length ? b : a)).gradients;
  const step = Math.max(26, Math.min(74, 2200 / longest.length));
  const position = scaleOf(series);
  const drawing = new Drawing();
  series.forEach((entry, i) =>
    drawNetwork(drawing, entry, {
      left: i * panel,
      step,
      label: labels[i]!,
      color: colorOf(i),
      words,
      position,
    }),
  );
  const width = series.length * panel;
  const bottom = centre(longest.length, step) + 24;
  const values = series.flatMap(({ gradients }) => gradients.map(({ mean }) => mean));
  const notes = notesOf(values, words, words.inBox).flatMap((note) => wrap(note, width, 12));
  notes.forEach((note, i) =>
    drawing.label(note, 0, bottom + 8 + 20 * i, 12, neutrals.muted.light, "middle right"),
  );
  const height = bottom + 20 * notes.length;
  return {
    data: [drawing.text(), hoverPoints(series, step, words)],
    layout: {
      ...baseLayout(options.title ?? words.networkTitle, width + 40, height + 64, {
        alt: words.text([
          words.networkAlt,
          ...gradientSentences(series, words),
          ...shortcutSentences(series, labels, words),
        ]),
        table: [
          [words.weight, ...labels],
          ...longest.map(({ name }, layer) => [
            name,
            ...series.map(({ gradients }) => (gradients[layer] ? short(gradients[layer].mean) : "")),
          ]),
        ],
      }),
      margin: { l: 20, r: 20, t: 60, b: 4 },
      xaxis: { range: [0, width], visible: false, fixedrange: true },
      yaxis: { range: [height, 0], visible: false, fixedrange: true },
      hovermode: "closest",
      dragmode: false,
      shapes: drawing.shapes(),
    },
    config: { ...baseConfig, displayModeBar: false },
  };
}

interface Place {
  left: number;
  step: number;
  label: string;
  color: string;
  words: Words;
  position: (mean: number) => number;
}

/** The y of a layer's box; -1 is the input, the number of layers the output. */
function centre(layer: number, step: number): number {
  return top + 34 + step * (layer + 1);
}

function drawNetwork(drawing: Drawing, series: Series, place: Place): void {
  const { gradients } = series;
  const { left, step, label, color, words, position } = place;
  const [x0, x1] = [left + box.left, left + box.left + box.width];
  const middle = (x0 + x1) / 2;
  const half = Math.min(19, step * 0.33);
  const size = Math.max(9, Math.min(13, step * 0.32));
  const ink = neutrals.ink.light;
  const sizes = [gradients[0]!.shape[1]!, ...gradients.map(({ shape }) => shape[0]!)];
  drawing.label(label, middle, top, 15, color);
  drawing.label(`${words.input} (${sizes[0]})`, middle, centre(-1, step), size, ink);
  gradients.forEach(({ name, mean }, layer) => {
    const y = centre(layer, step);
    const paint = isDrawn(mean) ? shade(position(mean)) : { fill: neutrals.panel.light, ink };
    drawing.arrow(middle, centre(layer - 1, step) + (layer === 0 ? 10 : half), middle, y - half, plain);
    drawing.box(x0, y - half, x1, y + half, paint.fill);
    const sizeText = `${sizes[layer]} → ${sizes[layer + 1]}`;
    drawing.label(`${tick(name)} · ${sizeText}`, middle, y, size, paint.ink);
    drawing.label(
      isUnder(mean) ? `${words.inBox}${short(mean)}` : short(mean),
      x1 + 6,
      y,
      size,
      ink,
      "middle right",
    );
    if (!hasShortcut(series, layer)) return;
    const isThere = sizes[layer] === sizes[layer + 1];
    drawShortcut(drawing, x0, y, step, half, isThere);
    if (isThere) return;
    const reason = words.dropped(sizes[layer]!, sizes[layer + 1]!);
    drawing.label(reason, x0 - 32, y, Math.max(9, size - 2), neutrals.muted.light, "middle left");
  });
  const end = centre(gradients.length, step);
  drawing.arrow(middle, centre(gradients.length - 1, step) + half, middle, end - 10, plain);
  drawing.label(`${words.output} (${sizes.at(-1)}) → ${words.loss}`, middle, end, size, ink);
}

/** From above a layer's box around its left to below it: what is added to the layer's output. */
function drawShortcut(
  drawing: Drawing,
  x0: number,
  y: number,
  step: number,
  half: number,
  isThere: boolean,
): void {
  const middle = x0 + box.width / 2;
  const reach = half + (step / 2 - half) * 0.72;
  const [start, end] = [y - reach, y + reach];
  const [out, bend] = [x0 - 26, Math.min(12, reach)];
  const path =
    `M ${middle} ${start} L ${out + bend} ${start} Q ${out} ${start} ${out} ${start + bend} ` +
    `L ${out} ${end - bend} Q ${out} ${end} ${out + bend} ${end} `;
  drawing.stroke(path, isThere ? shortcut : missing);
  if (isThere) drawing.arrow(out + bend, end, middle - 1, end, shortcut);
  else drawing.label("×", out + bend + 8, end, 15, missing.color);
}

/** Invisible points on the boxes, which say more when the pointer is over them. */
function hoverPoints(series: Series[], step: number, words: Words): Figure["data"][number] {
  const points = series.flatMap(({ gradients }, i) =>
    gradients.map((gradient, layer) => ({
      x: i * panel + box.left + box.width / 2,
      y: centre(layer, step),
      text: `${gradient.name} [${gradient.shape.join(", ")}]<br>${valuesOf(gradient, words)}`,
    })),
  );
  return {
    type: "scatter",
    mode: "markers",
    x: points.map(({ x }) => x),
    y: points.map(({ y }) => y),
    text: points.map(({ text }) => text),
    hovertemplate: "%{text}<extra></extra>",
    marker: { size: Math.min(30, step - 8), opacity: 0 },
    showlegend: false,
    cliponaxis: false,
  };
}

/** Whether a layer asks for a shortcut, which it gets where its widths are equal. */
function hasShortcut({ useShortcut, shortcuts }: Series, layer: number): boolean {
  return useShortcut === true && shortcuts?.[layer] !== false;
}

function shortcutSentences(series: Series[], labels: string[], words: Words): string[] {
  return series.flatMap((entry, i) => {
    if (!entry.useShortcut) return [];
    const asked = entry.gradients.filter((_, layer) => hasShortcut(entry, layer));
    const drawn = asked.filter(({ shape }) => shape[0] === shape[1]).length;
    const off = entry.gradients.length - asked.length;
    return [
      words.shortcuts(labels[i]!, drawn, asked.length - drawn) + (off > 0 ? words.shortcutsOff(off) : ""),
    ];
  });
}

/** Where a mean lies between the smallest and the largest of all models, by decades. */
function scaleOf(series: Series[]): (mean: number) => number {
  const drawn = series.flatMap(({ gradients }) => gradients.map(({ mean }) => mean)).filter(isDrawn);
  const [low, high] = [Math.log10(Math.min(...drawn)), Math.log10(Math.max(...drawn))];
  return (mean) => (high > low ? (Math.log10(mean) - low) / (high - low) : 0.5);
}

/** Where a label stands by its point. */
type Anchor = "middle center" | "middle right" | "middle left";

/** How a stroke is drawn. */
interface Pen {
  color: string;
  width: number;
  dash: "solid" | "dot";
}

/**
 * Collects a drawing's boxes, strokes, arrows and labels. Strokes of one pen become one shape and all labels one
 * trace: a network of a hundred layers stays a small figure that draws at once.
 */
class Drawing {
  private readonly boxes: { [key: string]: Json }[] = [];
  private readonly strokes = new Map<string, { pen: Pen; path: string; heads: string }>();
  private readonly labels: {
    x: number;
    y: number;
    text: string;
    anchor: Anchor;
    size: number;
    color: string;
  }[] = [];

  box(x0: number, y0: number, x1: number, y1: number, fillcolor: string): void {
    this.boxes.push({
      type: "rect",
      layer: "below",
      x0,
      y0,
      x1,
      y1,
      fillcolor,
      line: { color: neutrals.line.light, width: 1 },
    });
  }

  /** @param path SVG path data */
  stroke(path: string, pen: Pen): void {
    this.entry(pen).path += path;
  }

  /** A straight arrow, to the right or downwards. */
  arrow(x0: number, y0: number, x1: number, y1: number, pen: Pen): void {
    const entry = this.entry(pen);
    const [length, half] = [9, 4.5];
    const [dx, dy] = [Math.sign(x1 - x0), Math.sign(y1 - y0)];
    const [baseX, baseY] = [x1 - dx * length, y1 - dy * length];
    entry.path += `M ${x0} ${y0} L ${baseX} ${baseY} `;
    entry.heads +=
      `M ${x1} ${y1} L ${baseX + dy * half} ${baseY + dx * half} ` +
      `L ${baseX - dy * half} ${baseY - dx * half} Z `;
  }

  label(
    text: string,
    x: number,
    y: number,
    size: number,
    color: string,
    anchor: Anchor = "middle center",
  ): void {
    this.labels.push({ text, x, y, size, color, anchor });
  }

  /** Plotly's shapes, the boxes above the strokes. */
  shapes(): { [key: string]: Json }[] {
    const lines = [...this.strokes.values()].flatMap(({ pen: { color, width, dash }, path, heads }) => [
      { type: "path", layer: "below", path: path.trim(), line: { color, width, dash } },
      ...(heads
        ? [{ type: "path", layer: "below", path: heads.trim(), fillcolor: color, line: { width: 0 } }]
        : []),
    ]);
    return [...lines, ...this.boxes];
  }

  /** The labels as a trace. */
  text(): Figure["data"][number] {
    const { labels } = this;
    return {
      type: "scatter",
      mode: "text",
      x: labels.map(({ x }) => x),
      y: labels.map(({ y }) => y),
      text: labels.map(({ text }) => text),
      textposition: labels.map(({ anchor }) => anchor),
      textfont: { size: labels.map(({ size }) => size), color: labels.map(({ color }) => color) },
      hoverinfo: "skip",
      showlegend: false,
      // Nothing of it lies beyond the axes, and a clip takes longer to paint than all that is in it.
      cliponaxis: false,
    };
  }

  private entry(pen: Pen): { path: string; heads: string } {
    const key = `${pen.color} ${pen.width} ${pen.dash}`;
    let entry = this.strokes.get(key);
    if (entry === undefined) this.strokes.set(key, (entry = { pen, path: "", heads: "" }));
    return entry;
  }
}
