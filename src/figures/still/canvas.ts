import { pngFile } from "./pngfile";

/** What is drawn on: four bytes a pixel, and a row's filter before it. */
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
    const [left, right] = stretch(x, width, across);
    const [top, bottom] = stretch(y, height, down);
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

/** The whole pixels of a stretch that lie in the picture. */
function stretch(from: number, length: number, size: number): [from: number, end: number] {
  const [first, end] = [Math.round(from), Math.round(from + length)].map((place) =>
    Math.min(Math.max(place, 0), size),
  );
  return [first!, Math.max(first!, end!)];
}

function bytesOf(color: string): Buffer {
  const [red = 0, green = 0, blue = 0, opacity = 1] = (color.match(/[\d.]+(e-?\d+)?/g) ?? []).map(Number);
  return Buffer.from([red, green, blue, 255 * opacity].map(Math.round));
}
