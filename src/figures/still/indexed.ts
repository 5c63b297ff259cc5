import { deflateSync } from "node:zlib";

/** A picture's pixels, row by row, four bytes each: red, green, blue and how opaque it is. */
export interface Pixels {
  width: number;
  height: number;
  pixels: Buffer;
}

/**
 * A picture of at most 256 colours, all opaque, as PNG with a palette: less than half as large as with each pixel's own
 * colour, and sooner written. W3C: "Portable Network Graphics (PNG) Specification", 11.2 and 12.
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
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3], 8); // bits of an index; that there is a palette
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [
    chunk("IHDR", header),
    chunk("PLTE", Buffer.concat(palette.map((color) => color.subarray(0, 3)))),
    chunk("IDAT", deflateSync(rows)),
  ];
  return Buffer.concat([signature, ...parts, chunk("IEND", Buffer.alloc(0))]);
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

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(checksum(body), body.length + 4);
  return whole;
}

const remainders = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest;
});

/** CRC-32 as PNG has it: `zlib.crc32` came with Node.js 20.15. */
function checksum(bytes: Buffer): number {
  let rest = 0xffffffff;
  for (const byte of bytes) rest = remainders[(rest ^ byte) & 255]! ^ (rest >>> 8);
  return (rest ^ 0xffffffff) >>> 0;
}
