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
  const rows = Buffer.allocUnsafe((width + 1) * height);
  let [last, index] = [-1, 0];
  for (let y = 0, from = 0, to = 0; y < height; y++) {
    rows[to++] = 0; // no filter
    for (let x = 0; x < width; x++) {
      const color = colors[from++]!;
      if (color !== last) {
        const known = indices.get(color);
        if (known === undefined) {
          if (indices.size === 256 || pixels[4 * from - 1] !== 255) return null;
          indices.set(color, indices.size);
        }
        index = known ?? indices.size - 1;
        last = color;
      }
      rows[to++] = index;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3], 8); // bits of an index; that there is a palette
  const palette = Buffer.concat(
    [...indices.keys()].map((color) => Buffer.from(Uint32Array.of(color).buffer, 0, 3)),
  );
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [chunk("IHDR", header), chunk("PLTE", palette), chunk("IDAT", deflateSync(rows))];
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
