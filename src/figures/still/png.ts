import { deflateSync } from "node:zlib";
import { Resvg } from "@resvg/resvg-js";
import { fontFamily, fontFile } from "./glyphs";

/** Pixels of a picture for every pixel of the figure, so that it is sharp on a dense screen. */
const pngScale = 2;

/** The SVG picture as PNG, its text drawn with the font that measured it. */
export async function svgPng(svg: string): Promise<Buffer> {
  const resvg = new Resvg(withoutIdleClips(svg), {
    fitTo: { mode: "zoom", value: pngScale },
    font: { fontFiles: [await fontFile(svg)], loadSystemFonts: false, defaultFontFamily: fontFamily },
  });
  const picture = resvg.render();
  return indexedPng(picture) ?? picture.asPng();
}

/** The least rectangle around something, in the figure's pixels. */
interface Extent {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const clipPath =
  /<clipPath[^>]* id="(\w+)"[^>]*><rect x="([-\d.]+)" y="([-\d.]+)" width="([\d.]+)" height="([\d.]+)"\/>/g;
const clippedShape =
  /(<g class="shape-group" data-index="\d+") clip-path="url\(#(\w+)\)">(<path [^>]*\/>)<\/g>/g;

/**
 * The picture without those clips of plotly.js' shapes that take nothing away: the renderer paints a layer as large as
 * the picture for each.
 */
export function withoutIdleClips(svg: string): string {
  const clips = new Map<string, Extent>();
  for (const [, id, ...numbers] of svg.matchAll(clipPath)) {
    const [left, top, width, height] = numbers.map(Number) as [number, number, number, number];
    clips.set(id!, { left, top, right: left + width, bottom: top + height });
  }
  return svg.replace(clippedShape, (all: string, group: string, id: string, path: string) => {
    const [clip, extent] = [clips.get(id), extentOf(path)];
    return clip !== undefined && extent !== null && isWithin(extent, clip) ? `${group}>${path}</g>` : all;
  });
}

function isWithin(inner: Extent, outer: Extent): boolean {
  return (
    inner.left >= outer.left &&
    inner.top >= outer.top &&
    inner.right <= outer.right &&
    inner.bottom <= outer.bottom
  );
}

/** Around the points of a path, between which its curves stay, and its stroke; null where a point may be relative. */
function extentOf(path: string): Extent | null {
  const data = / d="([^"]*)"/.exec(path)?.[1] ?? "a";
  if (/[^MLHVCQZ\d\s,.e+-]/.test(data)) return null;
  const [xs, ys]: [number[], number[]] = [[], []];
  for (const [, command, text] of data.matchAll(/([MLHVCQ])([^A-Z]*)/g)) {
    const numbers = text!.match(/-?[\d.]+(?:e[-+]?\d+)?/g)?.map(Number) ?? [];
    numbers.forEach((number, i) =>
      (command === "V" || (command !== "H" && i % 2 === 1) ? ys : xs).push(number),
    );
  }
  // A corner's point reaches as far as the limit of 4 lets it, on both sides of the line.
  const reach = 2 * Number(/stroke-width: ([\d.]+)px/.exec(path)?.[1] ?? 1);
  return {
    left: Math.min(...xs) - reach,
    top: Math.min(...ys) - reach,
    right: Math.max(...xs) + reach,
    bottom: Math.max(...ys) + reach,
  };
}

/** A picture's pixels, row by row, four bytes each: red, green, blue and how opaque it is. */
interface Pixels {
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
    for (let x = 0; x < width; x += atOnce) {
      const [from, to] = [y * width + x, y * (width + 1) + 1 + x];
      const count = Math.min(atOnce, width - x);
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

/** So many pixels of a row are compared at once with those above, which in a drawing are mostly the same. */
const atOnce = 150;
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

/** What a PNG file holds. */
interface Rows {
  width: number;
  height: number;
  /** The rows, each after a byte that says how it is filtered: of indices to the palette, or of four bytes a pixel. */
  rows: Buffer;
  /** Three bytes a colour, where there is a palette. */
  palette?: Buffer;
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Of a picture's colours: an index to a palette, or red, green, blue and how opaque it is. */
const colorType = { indexed: 3, ownColors: 6 };

/** A picture as a PNG file. W3C: "Portable Network Graphics (PNG) Specification", 5 and 11.2. */
export function pngFile({ width, height, rows, palette }: Rows): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, palette === undefined ? colorType.ownColors : colorType.indexed], 8); // 8 bits each
  const parts = [
    chunk("IHDR", header),
    ...(palette === undefined ? [] : [chunk("PLTE", palette)]),
    chunk("IDAT", deflateSync(rows)),
  ];
  return Buffer.concat([signature, ...parts, chunk("IEND", Buffer.alloc(0))]);
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
