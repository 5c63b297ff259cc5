import { gunzipSync, inflateRawSync, inflateSync } from "node:zlib";

/** A page that unpacks to more than this is none. */
const options = { maxOutputLength: 1 << 26 };

/** What bytes are packed, by gzip, zlib or deflate alone; empty where they are not. */
export function unpacked(bytes: Buffer): Buffer[] {
  const [first = 0, second = 0] = bytes;
  const unpack =
    first === 0x1f && second === 0x8b
      ? gunzipSync
      : (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0
        ? inflateSync
        : isDeflated(bytes)
          ? inflateRawSync
          : null;
  try {
    return unpack ? [unpack(bytes, options)] : [];
  } catch {
    return [];
  }
}

/** RFC 1951: whether the header of a first block can be one. Most that is not packed is told apart so, at once. */
function isDeflated(bytes: Buffer): boolean {
  const [first = 0, second = 0, third = 0, fourth = 0, fifth = 0] = bytes;
  switch ((first >> 1) & 3) {
    case 0:
      return bytes.length > 5 && second === (~fourth & 0xff) && third === (~fifth & 0xff);
    case 1:
      return bytes.length > 5;
    case 2:
      return bytes.length > 5 && first >> 3 < 30 && (second & 31) < 30;
    default:
      return false;
  }
}

/** The text that bytes are in UTF-8; null where they are something else. */
export function printable(bytes: Buffer): string | null {
  const start = bytes.toString("utf8", 0, 512);
  // The last character may be cut.
  if (odd.test(start.slice(0, -1))) return null;
  const text = bytes.toString("utf8");
  return text.includes("\ufffd") ? null : text;
}

const odd = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f\ufffd]/;

const even = /[^\u0000-\u0008\u000e-\u001a\u001c-\u001f\ufffd]{8,}/g;

/** The texts among bytes. */
export function stretches(bytes: Buffer): string[] {
  return bytes.toString("utf8").match(even) ?? [];
}
