/** A straight stroke, such as an annotation's arrow. */
interface Segment {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
  length: number;
}

/** What plotly.js asks of a path to set an arrow's head: the methods of SVGGeometryElement, for straight strokes. */
export const pathMeasures = {
  getTotalLength(this: Element): number {
    return segments(this).reduce((sum, { length }) => sum + length, 0);
  },
  getPointAtLength(this: Element, distance: number): { x: number; y: number } {
    let left = Math.max(0, distance);
    let end = { x: 0, y: 0 };
    for (const { x0, y0, x1, y1, length } of segments(this)) {
      const part = length === 0 ? 0 : Math.min(1, left / length);
      end = { x: x0 + (x1 - x0) * part, y: y0 + (y1 - y0) * part };
      if (left <= length) break;
      left -= length;
    }
    return end;
  },
};

function segments(path: Element): Segment[] {
  const numbers = (path.getAttribute("d") ?? "").match(/-?\d*\.?\d+(?:e[-+]?\d+)?/gi)?.map(Number) ?? [];
  const found: Segment[] = [];
  for (let i = 0; i + 3 < numbers.length; i += 2) {
    const [x0, y0, x1, y1] = numbers.slice(i, i + 4) as [number, number, number, number];
    found.push({ x0, y0, x1, y1, length: Math.hypot(x1 - x0, y1 - y0) });
  }
  return found;
}
