import { formatTable } from "./formats";
import type { Cell } from "./notebook";

/** What keeps a notebook from being exported: one sentence, and exit code 2. */
export class ExportError extends Error {
  override name = "ExportError";
  readonly exitCode = 2;
}

const longest = 40;

/** A value as a message names it. */
export function shortened(value: string): string {
  const line = value.replace(/\s+/g, " ");
  return line.length <= longest ? line : `${line.slice(0, longest - 1)}…`;
}

/** How a message names a cell: its place in the file, counted from 1, and its count where it ran. */
export function nameOf(cell: Cell, index: number): string {
  const count = cell.type === "code" && cell.executionCount !== null ? ` (In [${cell.executionCount}])` : "";
  return `cell ${index + 1}${count}`;
}

/** The same at the start of a sentence. */
export function subjectOf(cell: Cell, index: number): string {
  const name = nameOf(cell, index);
  return name[0]!.toUpperCase() + name.slice(1);
}

const endings = Object.values(formatTable).map(({ extension }) => extension.replaceAll(".", "\\."));
/** An export's path at the beginning of a sentence. */
const pathBefore = new RegExp(`^.*\\.(?:${endings.join("|")}) has `);

/** The cell that a message names in that way: its place, or null where it names none. */
export function cellNamedIn(message: string): number | null {
  // What is quoted is the notebook's own text, which may say anything, and so may a path at the beginning.
  const own = message.replace(/"(?:[^"\\]|\\.)*"/g, '""');
  const first = /^(?:line \d+ of )?cell (\d+)\b/i.exec(own);
  const place = first ?? /\bcell (\d+)\b/i.exec(own.replace(pathBefore, ""));
  return place === null ? null : Number(place[1]);
}
