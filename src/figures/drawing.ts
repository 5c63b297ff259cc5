import type { Figure, Json } from "./figure";
import { neutrals } from "./palette";

/** The width of one of the drawings that stand side by side. */
export const panel = 430;

/** Where a label stands by its point. */
export type Anchor = "middle center" | "middle right" | "middle left";

/** How a stroke is drawn. */
export interface Pen {
  color: string;
  width: number;
  dash: "solid" | "dot";
}

/**
 * Collects a drawing's boxes, strokes, arrows and labels. Strokes of one pen become one shape and all labels one
 * trace: a network of a hundred layers stays a small figure that draws at once.
 */
export class Drawing {
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
