import ts from "typescript";
import type { CompletionInfo } from "tslab/dist/converter";
import { internals, localsOf, never } from "./internals";
import type { Checked } from "./program";

/** The names that may stand at a position, best first: the nearest match, then what the notebook itself declared. */
export function completions(checked: Checked, position: number): CompletionInfo {
  const { program, cell, earlier } = checked;
  const info = internals.Completions.getCompletionsAtPosition(
    ts.sys,
    program,
    () => {},
    cell,
    position,
    {},
    undefined,
    ts.CompletionTriggerKind.Invoked,
    never,
  );
  const span = replaced(cell, position);
  const typed = cell.text.slice(span.start, position);
  const own = new Set([...localsOf(cell).keys(), ...localsOf(earlier).keys()].map(String));
  const ranked = (info?.entries ?? []).flatMap(({ name, sortText }) => {
    const match = matchOf(name, typed);
    return match === null ? [] : [{ name, key: `${match}${own.has(name) ? 0 : 1}${sortText}` }];
  });
  ranked.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.name < b.name ? -1 : 1));
  return { ...span, candidates: [...new Set(ranked.map(({ name }) => name))] };
}

/** The identifier, or the string's text, around the position. */
function replaced(cell: ts.SourceFile, position: number): { start: number; end: number } {
  const word = /[\p{ID_Continue}$]/u;
  const token = internals.findPrecedingToken(position, cell);
  if (token && ts.isStringLiteralLike(token) && token.getStart(cell) < position && position < token.end) {
    return { start: token.getStart(cell) + 1, end: Math.max(position, token.end - 1) };
  }
  let [start, end] = [position, position];
  while (start > 0 && word.test(cell.text[start - 1]!)) start--;
  while (end < cell.text.length && word.test(cell.text[end]!)) end++;
  return { start, end };
}

/** 0: begins so; 1: begins so but for the case; 2: holds it. */
function matchOf(name: string, typed: string): number | null {
  if (name.startsWith(typed)) return 0;
  const [lower, wanted] = [name.toLowerCase(), typed.toLowerCase()];
  if (lower.startsWith(wanted)) return 1;
  return lower.includes(wanted) ? 2 : null;
}
