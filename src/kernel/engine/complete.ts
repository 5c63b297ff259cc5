import ts from "typescript";
import { parsedCell } from "../cell/shape";

/** Jupyter: `is_complete_reply`. */
export type Completeness =
  { status: "complete" } | { status: "incomplete"; indent: string } | { status: "invalid" };

/** Complaints that more text could mend wherever they stand: an open template, an open comment. */
const open = new Set([1160, 1010]);

/** Whether a console should run the code, wait for more, or say that no more text can mend it. */
export function completeness(code: string): Completeness {
  const [first] = parsedCell(code).parseDiagnostics;
  if (first === undefined) return { status: "complete" };
  const end = code.trimEnd().length;
  if (!open.has(first.code) && first.start < end) return { status: "invalid" };
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
