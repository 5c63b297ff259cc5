import { namesOf } from "../names";
import { tagsOf, type Cell, type CodeCell, type Notebook } from "../notebook";
import { showingSolutions } from "../results";
import { holdsSolution, isNotes, isSolution, joined, partsOf, type Part } from "../solution";
import { stubbed, wholeOf } from "../stub";
import { wordsOf, type Words } from "../words";
import { namedAttachments } from "./attachments";

/** A cell, and what of it is a solution. */
interface Marked {
  cell: Cell;
  source: string;
  parts: readonly Part[];
  /** Whether anything of it is for the teacher alone. */
  holds: boolean;
}

/** The cells without the solutions, what is for the teacher alone, and what either shows. */
export function studentCells(notebook: Notebook): Cell[] {
  const words = wordsOf(notebook);
  const shows = showingSolutions(notebook);
  const marked = notebook.cells.map(markedOf).filter(({ cell }) => !isForTeacher(cell));
  const stubs = stubsOf(marked, words);
  return marked.flatMap(({ cell, parts, holds }): Cell[] => {
    if (cell.type === "code") {
      if (!holds) return [shows.has(cell) ? { ...cell, outputs: [], executionCount: null } : cell];
      const source = stubs.get(cell)!;
      return isLeft(source, parts) ? [{ ...emptied(cell), source }] : [];
    }
    const source = holds ? answered(cell, parts, words) : cell.source;
    if (holds && !isLeft(source, parts)) return [];
    const metadata = holds ? metadataOf(cell) : cell.metadata;
    return [{ ...cell, source, metadata, attachments: namedAttachments(cell, source) }];
  });
}

export function isForTeacher(cell: Cell): boolean {
  return tagsOf(cell).includes("teacher-only") || isNotes(cell);
}

function markedOf(cell: Cell, index: number): Marked {
  const parts = partsOf(cell, index);
  const holds = holdsSolution(cell, parts);
  if (!isSolution(cell)) return { cell, source: cell.source, parts, holds };
  const seen = parts.filter(({ kind }) => kind !== "hidden").map(({ text }) => text);
  const source = joined(seen, cell.source);
  return { cell, source, parts: [wholeOf(source)], holds };
}

/** A stub may use names of other solutions, in its types: those need to be declared too then. */
function stubsOf(marked: readonly Marked[], words: Words): Map<Cell, string> {
  const code = marked.filter(({ cell }) => cell.type === "code");
  let needed = new Set<string>();
  for (;;) {
    const sources = code.map(({ source, parts, holds }) =>
      holds ? stubbed(source, parts, needed, words) : source,
    );
    const grown = new Set([...needed, ...sources.flatMap((source) => [...namesOf(source).uses])]);
    if (grown.size === needed.size) return new Map(code.map(({ cell }, i) => [cell, sources[i]!]));
    needed = grown;
  }
}

function answered(cell: Cell, parts: readonly Part[], { answer }: Words): string {
  if (isSolution(cell)) return answer;
  const texts = parts.map(({ kind, text, end, indent }) => {
    if (kind !== "solution") return kind === "plain" ? text : "";
    return `${indent}${answer}${cell.source[end - 1] === "\n" ? "\n" : ""}`;
  });
  return joined(texts, cell.source);
}

/** Whether anything stands where hidden tests stood. */
function isLeft(source: string, parts: readonly Part[]): boolean {
  return source.trim() !== "" || parts.some(({ kind }) => kind === "solution");
}

function emptied(cell: CodeCell): CodeCell {
  return { ...cell, outputs: [], executionCount: null, metadata: metadataOf(cell) };
}

/** Graders and front ends keep what they know of a solution in its cell's metadata. */
function metadataOf(cell: Cell): Cell["metadata"] {
  const { metadata } = cell;
  const kept = ["slideshow", "editable", "deletable"].filter((key) => key in metadata);
  const tags = "tags" in metadata ? { tags: tagsOf(cell).filter((tag) => tag !== "solution") } : {};
  return { ...Object.fromEntries(kept.map((key) => [key, metadata[key]])), ...tags };
}
