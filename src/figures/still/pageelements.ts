import { textWidth } from "./glyphs";
import { pngFile } from "./png";

// What plotly.js asks of a page's elements, and linkedom's do not answer: the size of texts, the length of paths, and
// canvases.

const lineHeight = 1.3;
const ascent = 0.95;

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** What plotly.js asks of an element to place text: the methods of SVGGraphicsElement and SVGTextContentElement. */
export const boxMeasures = {
  /** In the element's own coordinates. */
  getBBox(this: Element) {
    const { left, top, right, bottom } = boxOf(this, this);
    return { x: left, y: top, width: right - left, height: bottom - top };
  },
  /** On the page. */
  getBoundingClientRect(this: Element) {
    const { left, top, right, bottom } = boxOf(this, null);
    return { x: left, y: top, width: right - left, height: bottom - top, left, top, right, bottom };
  },
  getComputedTextLength(this: Element) {
    const { left, right } = boxOf(this, this);
    return right - left;
  },
};

/** The box of the lines of text in an element, in the coordinates of one that holds them or of the page. */
function boxOf(element: Element, holder: Element | null): Box {
  const texts = element.localName === "text" ? [element] : [...element.querySelectorAll("text")];
  const boxes = texts.map((text) => placed(textBox(text), text, holder));
  return boxes.length > 0 ? around(boxes) : { left: 0, top: 0, right: 0, bottom: 0 };
}

/** The box of a text's lines in its own coordinates. */
function textBox(text: Element): Box {
  const size = fontSize(text);
  const spans = [...text.querySelectorAll("tspan.line")];
  const lines = spans.length > 0 ? spans : [text];
  const width = Math.max(...lines.map((line) => textWidth(line.textContent ?? "", size)));
  const x = Number(text.getAttribute("x") ?? 0);
  const y = Number(text.getAttribute("y") ?? 0);
  const anchor = style(text, "text-anchor");
  const left = x - (anchor === "middle" ? width / 2 : anchor === "end" ? width : 0);
  const top = y - ascent * size;
  return { left, top, right: left + width, bottom: top + lines.length * lineHeight * size };
}

/** The box around an element's box, once it has been moved and turned as it and what holds it are. */
function placed(box: Box, element: Element, holder: Element | null): Box {
  let matrix = identity;
  for (let at: Element | null = element; at !== null && at !== holder; at = at.parentElement)
    matrix = product(transformOf(at), matrix);
  const corners = [box.left, box.right].flatMap((x) => [box.top, box.bottom].map((y) => moved(matrix, x, y)));
  return around(corners.map(([x, y]) => ({ left: x, top: y, right: x, bottom: y })));
}

function around(boxes: Box[]): Box {
  return {
    left: Math.min(...boxes.map(({ left }) => left)),
    top: Math.min(...boxes.map(({ top }) => top)),
    right: Math.max(...boxes.map(({ right }) => right)),
    bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
  };
}

function fontSize(element: Element): number {
  return Number.parseFloat(style(element, "font-size")) || 12;
}

/** A presentation property, from the element itself or what holds it. */
function style(element: Element, property: string): string {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const value = (at as SVGElement).style?.getPropertyValue(property) || at.getAttribute(property);
    if (value) return value;
  }
  return "";
}

/** An affine map, as SVG's `matrix(a, b, c, d, e, f)`: x' = a x + c y + e, y' = b x + d y + f. */
type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

const identity: Matrix = [1, 0, 0, 1, 0, 0];

/** Where an element's own coordinates lie in those of what holds it. W3C: "CSS Transforms", 7, the `transform` attribute. */
export function transformOf(element: Element): Matrix {
  let matrix = identity;
  const steps = (element.getAttribute("transform") ?? "").matchAll(/(\w+)\s*\(([^)]*)\)/g);
  for (const [, name = "", list = ""] of steps) {
    const numbers = list
      .split(/[\s,]+/)
      .filter(Boolean)
      .map(Number);
    matrix = product(matrix, step(name, numbers));
  }
  return matrix;
}

/** First `inner`, then `outer`. */
function product(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d] = outer;
  const [e, f] = moved(outer, inner[4], inner[5]);
  return [
    a * inner[0] + c * inner[1],
    b * inner[0] + d * inner[1],
    a * inner[2] + c * inner[3],
    b * inner[2] + d * inner[3],
    e,
    f,
  ];
}

/** Where a point comes to lie. */
export function moved([a, b, c, d, e, f]: Matrix, x: number, y: number): [x: number, y: number] {
  return [a * x + c * y + e, b * x + d * y + f];
}

function step(name: string, numbers: number[]): Matrix {
  const [first = 0, second, third = 0] = numbers;
  if (name === "translate") return [1, 0, 0, 1, first, second ?? 0];
  if (name === "scale") return [first, 0, 0, second ?? first, 0, 0];
  if (name === "matrix" && numbers.length === 6) return numbers as unknown as Matrix;
  if (name !== "rotate") return identity;
  const [cosine, sine] = [Math.cos((first * Math.PI) / 180), Math.sin((first * Math.PI) / 180)];
  const turn: Matrix = [cosine, sine, -sine, cosine, 0, 0];
  const [x, y] = [second ?? 0, third];
  return product([1, 0, 0, 1, x, y], product(turn, [1, 0, 0, 1, -x, -y]));
}

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

/** What is drawn on: four bytes a pixel, and before each row the byte by which PNG names the row's filter. */
interface Surface {
  width: number;
  height: number;
  rows: Buffer;
}

/** The part of a canvas' 2D context that plotly.js draws heatmaps and images with. W3C: "HTML Canvas 2D Context". */
class Context {
  /** As plotly.js writes it: `rgba(255,0,0,1)`. */
  fillStyle = "rgba(0,0,0,1)";
  constructor(readonly surface: Surface) {}

  fillRect(x: number, y: number, width: number, height: number): void {
    const { width: across, height: down } = this.surface;
    const [left, right] = pixelRange(x, width, across);
    const [top, bottom] = pixelRange(y, height, down);
    const pixel = bytesOf(this.fillStyle);
    for (let row = top; row < bottom; row++) {
      const start = at(this.surface, left, row);
      this.surface.rows.fill(pixel, start, start + 4 * (right - left));
    }
  }

  createImageData(width: number, height: number): { width: number; height: number; data: Uint8ClampedArray } {
    return { width, height, data: new Uint8ClampedArray(4 * width * height) };
  }

  /** Puts pixels as large as the canvas, which plotly.js's always are. */
  putImageData({ width, height, data }: { width: number; height: number; data: Uint8ClampedArray }): void {
    for (let row = 0; row < height; row++)
      this.surface.rows.set(data.subarray(4 * width * row, 4 * width * (row + 1)), at(this.surface, 0, row));
  }
}

const contexts = new WeakMap<object, Context>();

/** A canvas element's own functions; nothing here draws as WebGL does. */
export const canvasFunctions = {
  getContext(this: HTMLCanvasElement, kind: string): Context | null {
    if (kind !== "2d") return null;
    const { width, height } = this;
    const context =
      contexts.get(this) ?? new Context({ width, height, rows: Buffer.alloc((4 * width + 1) * height) });
    contexts.set(this, context);
    return context;
  },
  toDataURL(this: HTMLCanvasElement): string {
    const surface = contexts.get(this)?.surface;
    return surface === undefined ? "" : `data:image/png;base64,${pngFile(surface).toString("base64")}`;
  },
};

function at({ width }: Surface, x: number, y: number): number {
  return y * (4 * width + 1) + 1 + 4 * x;
}

/** From which pixel to which one something reaches, rounded to whole ones in the picture. */
function pixelRange(from: number, length: number, size: number): [from: number, end: number] {
  const [first, end] = [Math.round(from), Math.round(from + length)].map((place) =>
    Math.min(Math.max(place, 0), size),
  );
  return [first!, Math.max(first!, end!)];
}

function bytesOf(color: string): Buffer {
  const [red = 0, green = 0, blue = 0, opacity = 1] = (color.match(/[\d.]+(e-?\d+)?/g) ?? []).map(Number);
  return Buffer.from([red, green, blue, 255 * opacity].map(Math.round));
}
