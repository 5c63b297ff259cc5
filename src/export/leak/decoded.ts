import { gunzipSync, inflateRawSync, inflateSync } from "node:zlib";
import { decodedEntities, withoutTags } from "./texts";

/** How many encodings may lie one within another, such as JSON in base64 in HTML. */
const deepest = 3;

/** What an export's file says: as it stands, and decoded from entities, escapes, percents and base64 in every order of them. */
export function* formsOf(content: string | Uint8Array): Generator<Form> {
  const seen = new Set<string>();
  let level = [first(content)];
  for (let depth = 0; ; depth++) {
    const next: Form[] = [];
    for (const { text, bytes } of level) {
      const short = withoutLongRuns(text);
      yield { text: short, bytes };
      if (depth < deepest) next.push(...decoded(text, short, seen));
    }
    if (next.length === 0) return;
    level = next;
  }
}

function first(content: string | Uint8Array): Form {
  if (typeof content === "string") return { text: content, bytes: [] };
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.length);
  const all = [bytes, ...unpacked(bytes)];
  return { text: all.map((part) => printable(part) ?? part.toString("utf8")).join("\n"), bytes: all };
}

function decoded(text: string, short: string, seen: Set<string>): Form[] {
  const forms = [
    decodedEntities(withoutTags(short)),
    changedLines(short, /&#?\w+;/, decodedEntities),
    changedLines(short, /\\/, withoutEscapes),
    changedLines(short, /%[\dA-Fa-f]{2}/, withoutPercents),
  ].map((form) => ({ text: form, bytes: [] }));
  return [...forms, decodedRuns(text, seen)].filter((form) => {
    if (form.text === short || seen.has(form.text)) return form.bytes.length > 0;
    seen.add(form.text);
    return form.text !== "";
  });
}

/** The lines that decoding changes, decoded; the others were searched as they stand. */
function changedLines(text: string, sign: RegExp, decode: (line: string) => string): string {
  if (!sign.test(text)) return "";
  return text
    .split("\n")
    .filter((line) => sign.test(line))
    .map(decode)
    .join("\n");
}

const escapes: { [letter: string]: string } = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f", v: "\v" };

/** The escapes of strings in JSON and JavaScript. */
function withoutEscapes(text: string): string {
  return text.replace(
    /\\(?:u\{([\dA-Fa-f]{1,6})\}|u([\dA-Fa-f]{4})|x([\dA-Fa-f]{2})|(.))/g,
    (whole, point?: string, unit?: string, byte?: string, letter = "") => {
      const code = parseInt(point ?? unit ?? byte ?? "", 16);
      if (Number.isNaN(code)) return escapes[letter as string] ?? (letter as string);
      return code > 0x10ffff
        ? whole
        : point === undefined
          ? String.fromCharCode(code)
          : String.fromCodePoint(code);
    },
  );
}

function withoutPercents(text: string): string {
  return text.replace(/(?:%[\dA-Fa-f]{2})+/g, (run) =>
    Buffer.from(run.replaceAll("%", ""), "hex").toString(),
  );
}

/** Long base64 is searched once it is decoded, and cut here. Its beginning stays, where a text may stand before it. */
function withoutLongRuns(text: string): string {
  return text.replace(/[\w+/-]{2048,}/g, (run) => run.slice(0, 256));
}

/** What a file says, read in one way. */
interface Form {
  text: string;
  /** What was decoded to bytes, in which pictures are sought. */
  bytes: Buffer[];
}

/** Base64 and its form for addresses, perhaps in lines. */
const base64 = /(?:[\w+/-]{60,}\r?\n)*[\w+/-]{16,}/g;
const hexadecimal = /[\dA-Fa-f]{32,}/g;
/** Letters in a longer row are not mere words that look like base64. */
const longestWord = 4096;
/** Fewer bytes are no picture. */
const fewest = 48;

/** What a text has in base64 or in hexadecimal digits, packed or not, and was not seen yet. */
function decodedRuns(text: string, seen: Set<string>): Form {
  const texts: string[] = [];
  const bytes: Buffer[] = [];
  const read = (run: string, encoding: "base64" | "hex", offsets: number): void => {
    const key = `${encoding} ${run}`;
    if (seen.has(key)) return;
    seen.add(key);
    const whole = Buffer.from(run, encoding);
    const parts = [whole, ...unpacked(whole)];
    bytes.push(...parts.filter(({ length }) => length >= fewest));
    const found = parts.flatMap(
      (part) => printable(part) ?? (part.length <= longestWord ? stretches(part) : []),
    );
    // Letters just before it may look like a part of it: it is read from each of the places where it may begin.
    for (let offset = 1; offset < offsets && run.length <= longestWord; offset++)
      found.push(...stretches(Buffer.from(run.slice(offset), encoding)));
    texts.push(...found);
  };
  for (const [run] of text.matchAll(base64)) {
    // A figure has many numbers; base64 is hardly ever digits alone.
    if (/\D/.test(run)) read(run, "base64", 4);
    const isPicture = run.length > longestWord && !/^[\dA-Fa-f]+$/.test(run.slice(1024, 1056));
    if (!isPicture) for (const [digits] of run.matchAll(hexadecimal)) read(digits, "hex", 2);
  }
  return { text: texts.join("\n"), bytes };
}

/** What would unpack to more than this is no page of ours. */
const unpackOptions = { maxOutputLength: 1 << 26 };

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
    return unpack ? [unpack(bytes, unpackOptions)] : [];
  } catch {
    return [];
  }
}

/** RFC 1951: whether the header of a first block can be one. Most bytes that are not packed fail here, without a try. */
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
function printable(bytes: Buffer): string | null {
  const start = bytes.toString("utf8", 0, 512);
  // The last character may be cut.
  if (unprintable.test(start.slice(0, -1))) return null;
  const text = bytes.toString("utf8");
  return text.includes("\ufffd") ? null : text;
}

const unprintable = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f\ufffd]/;

/** Eight or more printable characters in a row. */
const printableRun = /[^\u0000-\u0008\u000e-\u001a\u001c-\u001f\ufffd]{8,}/g;

/** The printable texts that stand among other bytes. */
export function stretches(bytes: Buffer): string[] {
  return bytes.toString("utf8").match(printableRun) ?? [];
}
