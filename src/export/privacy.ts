import { isBitmap } from "./picturetypes";
import { tmpdir } from "node:os";
import { stripVTControlCharacters } from "node:util";
import { shortened, subjectOf } from "./error";
import { type Notebook, type Output } from "./notebook";

/** Whose machine it is. */
export interface Owner {
  user: string;
  /** The path of the home folder. */
  home: string;
}

/** Names that many machines' users share, and so tell nothing. */
const shared = ["root", "user", "admin", "ubuntu", "jovyan", "runner", "node", "app"];

/** What tells of the machine that the notebook ran on, or of who ran it. */
export function privacy({ cells, metadata }: Notebook, owner: Owner): string[] {
  const patterns = patternsOf(owner);
  const search = (place: string, value: unknown): string[] => {
    const found = new Set<string>();
    for (const text of stringsIn(value))
      for (const { pattern, what, shown } of patterns) {
        const [match] = pattern.exec(stripVTControlCharacters(text)) ?? [];
        if (match !== undefined) found.add(`${place} ${what} ${JSON.stringify(shown(match))}; take it out`);
      }
    return [...found];
  };
  return [
    ...search("The notebook's metadata has", metadata),
    ...cells.flatMap((cell, index) => [
      ...search(`${subjectOf(cell, index)} has in its metadata`, cell.metadata),
      ...(cell.type === "code" ? search(`${subjectOf(cell, index)} shows`, cell.outputs.map(readable)) : []),
    ]),
  ];
}

interface Pattern {
  pattern: RegExp;
  what: string;
  shown(match: string): string;
}

function patternsOf({ user, home }: Owner): Pattern[] {
  const folders = [home, tmpdir()].filter((folder) => folder.length > 1).map(escaped);
  const paths = [
    String.raw`(?<![\w.~-])/(?:home|Users)/[^/\s"'<>]+/[^\s"'<>]*`,
    String.raw`(?<![\w.~-])/root/[^\s"'<>]+`,
    String.raw`(?<!\w)[A-Za-z]:[\\/]+Users[\\/]+[^\\/\s"'<>]+[\\/][^\s"'<>]*`,
    ...folders.map((folder) => String.raw`(?<![\w.~-])${folder}[\\/][^\s"'<>]+`),
  ];
  const isTelling = user.length >= 3 && !shared.includes(user.toLowerCase());
  const name = String.raw`(?<![\p{L}\p{N}_])${escaped(user)}(?![\p{L}\p{N}_])`;
  return [
    { pattern: new RegExp(paths.join("|")), what: "the path", shown: shortened },
    { pattern: secretPatterns, what: "what looks like a secret, beginning with", shown: beginning },
    ...(isTelling ? [{ pattern: new RegExp(name, "u"), what: "the user's name", shown: shortened }] : []),
  ];
}

function beginning(secret: string): string {
  return secret.slice(0, 6);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, (char) => (char === "-" ? char : `\\${char}`));
}

/** The output without bitmaps, whose base64 may spell anything by chance. */
function readable(output: Output): unknown {
  if (!("data" in output)) return output;
  const texts = Object.entries(output.data).filter(([type]) => !isBitmap(type));
  return { data: Object.fromEntries(texts), metadata: output.metadata };
}

/** Tokens and keys, as those who give them out write them. */
const forms = [
  String.raw`(?<=\btoken=)[0-9a-fA-F]{16,}`,
  String.raw`\bgh[pousr]_[A-Za-z0-9]{16,}`,
  String.raw`\bgithub_pat_\w{16,}`,
  // With a digit, as names of CSS classes have none.
  String.raw`\bsk-(?:[a-z]+-)*(?=\w*\d)\w{20,}`,
  String.raw`\bAKIA[0-9A-Z]{16}\b`,
  String.raw`\bhf_[A-Za-z0-9]{16,}`,
  String.raw`\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}`,
  String.raw`\bxox[a-z]-[\w-]{8,}`,
  String.raw`-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----`,
  String.raw`(?<=\bAuthorization["']?\s*[:=]\s*["']?Bearer\s+)[\w.~+/-]{8,}`,
];

const secretPatterns = new RegExp(forms.join("|"));

/** The strings of a JSON value, however deep: its values, and the names of its objects' properties. */
function* stringsIn(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (typeof value === "object" && value !== null)
    for (const [name, child] of Object.entries(value)) {
      if (!Array.isArray(value)) yield name;
      yield* stringsIn(child);
    }
}
