import { printable, unpacked } from "./bytes";
import { decodedEntities, withoutTags } from "./html";
import { decodedRuns, type Form } from "./runs";

/** How often one way of writing may be within another. */
const deepest = 3;

/** An artefact as it stands, and decoded in every order of what a page, a notebook or an address may be written in. */
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

/** Only what is not in the text already. */
function changedLines(text: string, sign: RegExp, decode: (line: string) => string): string {
  if (!sign.test(text)) return "";
  return text
    .split("\n")
    .filter((line) => sign.test(line))
    .map(decode)
    .join("\n");
}

const escapes: { [letter: string]: string } = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f", v: "\v" };

/** JSON and JavaScript. */
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

/** A picture in an address is searched once it is decoded. Its beginning stays: it may be a text's. */
function withoutLongRuns(text: string): string {
  return text.replace(/[\w+/-]{2048,}/g, (run) => run.slice(0, 256));
}
