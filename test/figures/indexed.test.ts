import { crc32, inflateSync } from "node:zlib";
import { Resvg } from "@resvg/resvg-js";
import { expect, it } from "vitest";
import { indexedPng } from "../../dist/figures/still/png.js";

/** The chunks of a PNG, each with its type, whose checksums zlib finds right. */
function chunksOf(png: Buffer): Map<string, Buffer> {
  expect(png.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length;) {
    const end = at + 8 + png.readUInt32BE(at);
    const body = png.subarray(at + 4, end);
    expect(png.readUInt32BE(end)).toBe(crc32(body));
    chunks.set(body.toString("latin1", 0, 4), body.subarray(4));
    at = end + 4;
  }
  return chunks;
}

it("writes every pixel of a picture of few colours", () => {
  const picture = new Resvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><rect width="30" height="20" fill="#fff"/>
    <circle cx="11" cy="9" r="7" fill="#d55e00"/><path d="M0 0 30 20" stroke="#0072b2"/></svg>`,
  ).render();
  const { width, height, pixels } = picture;
  const chunks = chunksOf(indexedPng(picture)!);
  expect([...chunks.keys()]).toEqual(["IHDR", "PLTE", "IDAT", "IEND"]);
  expect([...chunks.get("IHDR")!]).toEqual([0, 0, 0, width, 0, 0, 0, height, 8, 3, 0, 0, 0]);
  const [palette, rows] = [chunks.get("PLTE")!, inflateSync(chunks.get("IDAT")!)];
  expect(rows).toHaveLength((width + 1) * height);
  for (let y = 0; y < height; y++) {
    expect(rows[y * (width + 1)]).toBe(0);
    for (let x = 0; x < width; x++) {
      const [index, at] = [rows[y * (width + 1) + 1 + x]!, 4 * (y * width + x)];
      expect([...palette.subarray(3 * index, 3 * index + 3), 255]).toEqual([...pixels.subarray(at, at + 4)]);
    }
  }
});

it("leaves 257 colours, and what can be seen through, to another format", () => {
  const colors = (count: number): Buffer =>
    Buffer.from(Array.from({ length: count }, (_, i) => [i & 255, i >> 8, 7, 255]).flat());
  expect(indexedPng({ width: 256, height: 1, pixels: colors(256) })).not.toBeNull();
  expect(indexedPng({ width: 257, height: 1, pixels: colors(257) })).toBeNull();
  expect(indexedPng({ width: 1, height: 1, pixels: Buffer.from([1, 2, 3, 254]) })).toBeNull();
});
