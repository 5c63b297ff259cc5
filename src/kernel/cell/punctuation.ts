import ts from "typescript";
import { inChinese } from "../language";

/** What a Chinese keyboard writes, beside the full-width forms of ASCII, and what is meant. */
const meant: { [written: string]: string } = {
  "，": ",",
  "、": ",",
  "。": ".",
  "．": ".",
  "“": '"',
  "”": '"',
  "„": '"',
  "«": '"',
  "»": '"',
  "「": '"',
  "」": '"',
  "‘": "'",
  "’": "'",
  "【": "[",
  "】": "]",
  "〔": "[",
  "〕": "]",
  "《": "<",
  "》": ">",
  "〈": "<",
  "〉": ">",
  "×": "*",
  "÷": "/",
  "−": "-",
  "–": "-",
  "—": "-",
  "…": "...",
  "≤": "<=",
  "≥": ">=",
  "≠": "!==",
  "→": "=>",
  "⇒": "=>",
  "·": "*",
};

/** TypeScript's numbers for a character that no code has, and for a string without an end. */
const invalidCharacter = 1127;
const unterminated = 1002;

/** What to write in the place of a character, or null where that is anybody's guess. */
function meaningOf(character: string): string | null {
  const plain = meant[character] ?? character.normalize("NFKC");
  return plain !== character && /^[\x21-\x7e]+$/.test(plain) ? plain : null;
}

/** Complaints about full-width punctuation and its like in their own words, and without those that follow from them. */
export function punctuation(file: ts.SourceFile, found: readonly ts.Diagnostic[]): ts.Diagnostic[] | null {
  const slips = new Map<string, ts.Diagnostic>();
  for (const diagnostic of found) {
    const at = slipOf(file, diagnostic);
    if (at === null) continue;
    const written = String.fromCodePoint(file.text.codePointAt(at)!);
    const { line } = file.getLineAndCharacterOfPosition(at);
    const messageText = inChinese()
      ? `代码里不能用“${written}”，请改用半角的 ${meaningOf(written)!}`
      : `${written} cannot stand in code here; write ${meaningOf(written)!}`;
    const key = `${line} ${written}`;
    if (!slips.has(key)) slips.set(key, { ...diagnostic, start: at, length: written.length, messageText });
  }
  return slips.size > 0 ? [...slips.values()] : null;
}

/** Where the character is that a complaint comes of. */
function slipOf(file: ts.SourceFile, { code, start = 0 }: ts.Diagnostic): number | null {
  const { text } = file;
  if (code === invalidCharacter)
    return meaningOf(String.fromCodePoint(text.codePointAt(start) ?? 0)) === null ? null : start;
  if (code !== unterminated) return null;
  // It was begun by one quotation mark and ended by another.
  const { line } = file.getLineAndCharacterOfPosition(start);
  const from = file.getPositionOfLineAndCharacter(line, 0);
  const rest = text.slice(from).split("\n", 1)[0]!;
  const last = Math.max(...["”", "’", "“", "‘", "＂", "＇"].map((mark) => rest.lastIndexOf(mark)));
  return last < 0 ? null : from + last;
}
