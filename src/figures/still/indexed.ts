import { pngFile } from "./pngfile";

/** A picture's pixels, row by row, four bytes each: red, green, blue and how opaque it is. */
export interface Pixels {
  width: number;
  height: number;
  pixels: Buffer;
}

/**
 * A picture of at most 256 colours, all opaque, as PNG with a palette: less than half as large as with each pixel's own
 * colour, and sooner written.
 * @returns null where there are more colours, or one can be seen through.
 */
export function indexedPng({ width, height, pixels }: Pixels): Buffer | null {
  const colors = new Uint32Array(pixels.buffer, pixels.byteOffset, width * height);
  const indices = new Map<number, number>();
  const rows = Buffer.alloc((width + 1) * height); // a row's first byte: no filter
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x += stretch) {
      const [from, to] = [y * width + x, y * (width + 1) + 1 + x];
      const count = Math.min(stretch, width - x);
      if (y > 0 && isAsAbove(pixels, from, width, count))
        rows.copy(rows, to, to - width - 1, to - width - 1 + count);
      else if (!index(colors.subarray(from, from + count), indices, rows, to)) return null;
    }
  }
  const palette = [...indices.keys()].map((color) => Buffer.from(Uint32Array.of(color).buffer));
  if (palette.some(([, , , opacity]) => opacity !== opaque)) return null;
  return pngFile({
    width,
    height,
    rows,
    palette: Buffer.concat(palette.map((color) => color.subarray(0, 3))),
  });
}

/** In a drawing most stretches of a row are as those above: comparing them is left to compiled code. */
const stretch = 150;
const opaque = 255;

function isAsAbove(pixels: Buffer, from: number, width: number, count: number): boolean {
  const above = 4 * (from - width);
  return pixels.compare(pixels, above, above + 4 * count, 4 * from, 4 * (from + count)) === 0;
}

/** Writes the index of each colour, a new one where it has none; false where they would be too many. */
function index(colors: Uint32Array, indices: Map<number, number>, rows: Buffer, to: number): boolean {
  let [last, place] = [-1, 0];
  for (let i = 0; i < colors.length; i++) {
    const color = colors[i]!;
    if (color !== last) {
      last = color;
      place = indices.get(color) ?? indices.size;
      if (place === 256) return false;
      indices.set(color, place);
    }
    rows[to + i] = place;
  }
  return true;
}
