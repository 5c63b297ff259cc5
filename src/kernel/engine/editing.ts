import ts from "typescript";
import type { CellConverter } from "../cells/converter";
import { parsedCell } from "../cells/shape";

/** What a front end asks of a cell that is being written: its text and the cursor's place in it. */
export interface Cursor {
  code: string;
  /** In code points. */
  cursor_pos: number;
}

/** Jupyter: `complete_reply`. */
export function completeReply(converter: CellConverter, { code, cursor_pos }: Cursor): object {
  const { start, end, entries } = converter.complete("", code, toUtf16(code, cursor_pos));
  const [cursor_start, cursor_end] = [toCodePoints(code, start), toCodePoints(code, end)];
  const matches = entries.map(({ text }) => text);
  const typed = entries.map((entry) => ({ ...entry, start: cursor_start, end: cursor_end }));
  const metadata = { _jupyter_types_experimental: typed };
  return { status: "ok", matches, cursor_start, cursor_end, metadata };
}

/** Jupyter: `inspect_reply`. */
export function inspectReply(converter: CellConverter, { code, cursor_pos }: Cursor): object {
  const data = inspection(converter.inspect("", code, toUtf16(code, cursor_pos)));
  return { status: "ok", found: data !== null, data: data ?? {}, metadata: {} };
}

function joined(parts: readonly { text: string }[] | undefined): string {
  return (parts ?? []).map(({ text }) => text).join("");
}

/** What the editor knows of a name, as Markdown and as text. */
function inspection(info: ts.QuickInfo | undefined): { [mimeType: string]: string } | null {
  const signature = joined(info?.displayParts);
  if (info === undefined || signature === "") return null;
  const docs = joined(info.documentation);
  const tags = (info.tags ?? []).map(({ name, text }) => ({ name, text: joined(text).trim() }));
  const markdown = [
    `\`\`\`typescript\n${signature}\n\`\`\``,
    docs,
    tags.map(({ name, text }) => `*@${name}* ${text}`.trimEnd()).join("  \n"),
  ];
  const plain = [signature, docs, tags.map(({ name, text }) => `@${name} ${text}`.trimEnd()).join("\n")];
  const whole = (parts: string[]): string => parts.filter((part) => part !== "").join("\n\n");
  return { "text/markdown": whole(markdown), "text/plain": whole(plain) };
}

/** Jupyter: `is_complete_reply`. */
type Completeness = { status: "complete" } | { status: "incomplete"; indent: string } | { status: "invalid" };

/** Complaints that more text could mend wherever they stand: an open template, an open comment. */
const mendable = new Set([1160, 1010]);

/** Whether a console should run the code, wait for more, or say that no more text can mend it. */
export function completeness(code: string): Completeness {
  const [first] = parsedCell(code).parseDiagnostics;
  if (first === undefined) return { status: "complete" };
  const end = code.trimEnd().length;
  if (!mendable.has(first.code) && first.start < end) return { status: "invalid" };
  // Two empty lines say that the writer is done, whatever is missing.
  if (/\n\s*\n\s*$/.test(code)) return { status: "invalid" };
  return { status: "incomplete", indent: "  ".repeat(openBrackets(code)) };
}

function openBrackets(code: string): number {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard, code);
  let depth = 0;
  for (let token = scanner.scan(); token !== ts.SyntaxKind.EndOfFileToken; token = scanner.scan()) {
    if (/[({[]$/.test(scanner.getTokenText())) depth++;
    else if (/^[)}\]]$/.test(scanner.getTokenText())) depth--;
  }
  return Math.max(depth, 0);
}

/** Jupyter counts a cursor's offset in code points, JavaScript in UTF-16 units. */
function toUtf16(text: string, codePoints: number): number {
  let offset = 0;
  for (let i = 0; i < codePoints && offset < text.length; i++) {
    offset += text.codePointAt(offset)! > 0xffff ? 2 : 1;
  }
  return offset;
}

/** The code points before a UTF-16 offset. */
function toCodePoints(text: string, offset: number): number {
  return [...text.slice(0, offset)].length;
}
