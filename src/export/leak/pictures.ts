import type { Cell } from "../notebook";

/** The pictures of a cell that are no text: those that it shows, or that are attached to it. */
export function picturesOf(cell: Cell): Buffer[] {
  const bundles =
    cell.type === "code"
      ? cell.outputs.map((output) => ("data" in output ? output.data : {}))
      : Object.values(cell.attachments);
  return bundles
    .flatMap(Object.entries)
    .filter(([type]) => /^image\/(?!svg)/.test(type))
    .map(([, content]) => Buffer.from(String(content), "base64"));
}

/** From a picture's middle: its beginning is that of many. */
export function middleOf(picture: Buffer): Buffer | null {
  const start = Math.max(0, Math.floor(picture.length / 2) - 16);
  const middle = picture.subarray(start, start + 32);
  // One colour all over tells nothing.
  return new Set(middle).size < 8 ? null : middle;
}
