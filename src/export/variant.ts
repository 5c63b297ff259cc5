import MarkdownIt from "markdown-it";
import { namesOf } from "./cellnames";
import { type StubWords, stubWordsOf } from "./declarationstubs";
import type { Variant } from "./formats";
import { type Cell, type CodeCell, type Notebook, tagsOf, type TextCell } from "./notebook";
import {
  holdsSolution,
  isNotes,
  isSolution,
  joined,
  type Part,
  partsOf,
  showingSolutions,
  withOwnMarks,
} from "./solution";
import { stubbed, wholeOf } from "./stub";

const cellsOf: { [variant in Variant]: (notebook: Notebook) => Cell[] } = {
  student: studentCells,
  teacher: teacherCells,
  key: keyCells,
};

/**
 * The notebook for those who are to read it, or as it stands where that is null; either way without what its cells'
 * `remove-` tags leave out. The notebook itself stays as it is.
 * @throws ExportError where the marks of a solution do not pair
 */
export function variantOf(notebook: Notebook, variant: Variant | null): Notebook {
  const cells = variant === null ? notebook.cells : cellsOf[variant](notebook);
  const shown = cells.filter((cell) => !tagsOf(cell).includes("remove-cell")).map(withoutRemoved);
  return { ...notebook, cells: shown };
}

/** A live page runs the source that it hides, so the source stays. */
function withoutRemoved(cell: Cell): Cell {
  if (cell.type !== "code") return cell;
  const tags = tagsOf(cell);
  const outputs = tags.includes("remove-output") ? [] : cell.outputs;
  if (!tags.includes("remove-input")) return { ...cell, outputs };
  const own = cell.metadata["tslab-gradients"] as object | undefined;
  return { ...cell, outputs, metadata: { ...cell.metadata, "tslab-gradients": { ...own, hideInput: true } } };
}

/** A cell, and what of it is a solution. */
interface Marked {
  cell: Cell;
  source: string;
  parts: readonly Part[];
  /** Whether anything of it is for the teacher alone. */
  holds: boolean;
}

/** The cells without the solutions, what is for the teacher alone, and what either shows. */
function studentCells(notebook: Notebook): Cell[] {
  const words = stubWordsOf(notebook);
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
function stubsOf(marked: readonly Marked[], words: StubWords): Map<Cell, string> {
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

function answered(cell: Cell, parts: readonly Part[], { answer }: StubWords): string {
  if (isSolution(cell)) return answer;
  const texts = parts.map(({ kind, text, end, indent }) => {
    if (kind !== "solution") return kind === "plain" ? text : "";
    return `${indent}${answer}${cell.source[end - 1] === "\n" ? "\n" : ""}`;
  });
  return joined(texts, cell.source);
}

/** Whether anything is left of a cell: what had only hidden tests is left out. */
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

/** All but what is for students alone; what a speaker reads stands in the text. */
function teacherCells({ cells }: Notebook): Cell[] {
  return cells
    .filter((cell) => !tagsOf(cell).includes("student-only"))
    .map((cell): Cell => {
      if (cell.type === "raw" && isNotes(cell)) return { ...cell, type: "markdown" };
      return { ...cell, source: withOwnMarks(cell) };
    });
}

/** The solutions alone, under the headings that the notebook has them under. */
function keyCells(notebook: Notebook): Cell[] {
  const ids = new Set(notebook.cells.map(({ id }) => id));
  const written = new Set<Heading>();
  const key: Cell[] = [];
  let path: Heading[] = [];
  const add = (cell: Cell): void => {
    const missing = path.filter((heading) => !written.has(heading));
    for (const heading of missing) written.add(heading);
    if (missing.length > 0) key.push(headingCell(missing, ids));
    key.push(cell);
  };
  notebook.cells.forEach((cell, index) => {
    if (tagsOf(cell).some((tag) => tag === "student-only" || tag === "remove-cell")) return;
    const parts = partsOf(cell, index);
    const solution = solutionOf(cell, parts);
    const isProse = cell.type === "markdown" && !isSolution(cell) && !isNotes(cell);
    for (const { kind, text } of isProse ? parts : [])
      if (kind === "plain") for (const heading of headingsOf(text)) path = under(path, heading);
    if (solution) add(solution);
  });
  return key;
}

function solutionOf(cell: Cell, parts: readonly Part[]): Cell | null {
  const isAll = isSolution(cell);
  const own = parts.filter(({ kind }) => (isAll ? kind !== "hidden" : kind === "solution"));
  if (own.length === 0) return null;
  const texts = own.map(({ text }) => text);
  if (cell.type !== "code") {
    const source = isAll ? joined(texts, cell.source) : texts.map((text) => text.trim()).join("\n\n");
    return { ...cell, source, attachments: namedAttachments(cell, source) };
  }
  const source = joined(texts, cell.source);
  const isWhole = isAll || parts.every(({ kind, text }) => kind === "solution" || text.trim() === "");
  return isWhole ? { ...cell, source } : { ...cell, source, outputs: [], executionCount: null };
}

function headingCell(headings: readonly Heading[], ids: Set<string>): TextCell {
  let number = 1;
  while (ids.has(`heading-${number}`)) number++;
  const id = `heading-${number}`;
  ids.add(id);
  const source = headings.map(({ text }) => text).join("\n\n");
  return { type: "markdown", id, source, metadata: {}, attachments: {} };
}

interface Heading {
  /** From 1. */
  level: number;
  /** Its lines in the source. */
  text: string;
}

const markdown = new MarkdownIt({ html: true });

/** The headings of a Markdown text, and not what only looks like one in a block of code. */
function headingsOf(source: string): Heading[] {
  const lines = source.split("\n");
  return markdown.parse(source, {}).flatMap(({ type, tag, level, map }) => {
    if (type !== "heading_open" || level > 0 || !map) return [];
    return [
      {
        level: Number(tag.slice(1)),
        text: lines
          .slice(...map)
          .join("\n")
          .trim(),
      },
    ];
  });
}

/** The headings that a place lies under, from the whole text's to the nearest. */
export function under(path: readonly Heading[], next: Heading): Heading[] {
  return [...path.filter(({ level }) => level < next.level), next];
}

/** The cell's pictures that a source names: the others would be in a file and seen by none. */
function namedAttachments(cell: TextCell, source: string): TextCell["attachments"] {
  const isNamed = (name: string): boolean =>
    [name, encodeURI(name), encodeURIComponent(name)].some((form) => names(source, form));
  return Object.fromEntries(Object.entries(cell.attachments).filter(([name]) => isNamed(name)));
}

function names(source: string, form: string): boolean {
  const address = `attachment:${form}`;
  for (let at = source.indexOf(address); at >= 0; at = source.indexOf(address, at + 1)) {
    const after = source.slice(at + address.length);
    // Not the start of a longer name.
    if (!/^(?:%|-|\w|\.\w)/.test(after)) return true;
  }
  return false;
}
