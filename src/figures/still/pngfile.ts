import { deflateSync } from "node:zlib";

/** What a PNG file holds. */
export interface Rows {
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
