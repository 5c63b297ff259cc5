import { ExportError } from "./error";
import { checkHints } from "./mark/hints";
import { marksOf, markText, type Mark } from "./marks";
import { nameOf, tagsOf, type Cell, type Notebook } from "./notebook";
import { isObject } from "./read";
import { shortened } from "./guard/shortened";

/** A stretch of a cell's source between its marks. */
export interface Part {
  kind: "plain" | "solution" | "hidden";
  /** Without the marks. */
  text: string;
  /** Where it lies in the source, from before its first mark to after its last. */
  start: number;
  end: number;
  /** The white space before its first mark. */
  indent: string;
}

/**
 * A cell's source in its parts.
 * @throws ExportError where its marks do not pair, or where something only looks like a mark
 */
export function partsOf(cell: Cell, index: number): Part[] {
  const { source } = cell;
  checkHints(cell, index);
  const parts: Part[] = [];
  let open: Mark | null = null;
  let from = 0;
  for (const mark of marksOf(cell)) {
    const { verb, what, start, end } = mark;
    const fail = (problem: string, said = `${verb} ${what}`): never => {
      const line = source.slice(0, start).split("\n").length;
      throw new ExportError(`Line ${line} of ${nameOf(cell, index)} has ${said}${problem}.`);
    };
    if (mark.certainty !== "exact") {
      const text = JSON.stringify(shortened(mark.text));
      fail(`, which looks like a mark; write ${markText(mark, cell.type)} on a line of its own`, text);
    }
    if (verb === "BEGIN") {
      if (open) fail(` before END ${open.what}; marks cannot be nested`);
      if (start > from) parts.push(plain(source, from, start));
      open = mark;
    } else if (open?.what !== what) fail(` without BEGIN ${what} before it`);
    else {
      const text = source.slice(from, start);
      parts.push({ kind: kindOf(what), text, start: open.start, end, indent: open.indent });
      open = null;
    }
    from = end;
  }
  if (open)
    throw new ExportError(`${capital(nameOf(cell, index))} has BEGIN ${open.what} without END ${open.what}.`);
  if (from < source.length) parts.push(plain(source, from, source.length));
  return parts;
}

/** The parts' texts as a source: without the line break that stood before a last mark. */
export function joined(texts: readonly string[], source: string): string {
  const text = texts.join("");
  return source.endsWith("\n") ? text : text.replace(/\r?\n$/, "");
}

/** The cell's source with each mark as its own language has comments: `###` is no TypeScript, and a heading in text. */
export function withOwnMarks(cell: Cell): string {
  const { type, source } = cell;
  if (type === "raw") return source;
  let from = 0;
  const pieces = marksOf(cell).flatMap((mark) => {
    if (mark.certainty !== "exact") return [];
    const before = source.slice(from, mark.start);
    from = mark.end;
    return [
      before,
      mark.indent,
      markText(mark, type),
      /[\r\n]*$/.exec(source.slice(mark.start, mark.end))![0],
    ];
  });
  return pieces.join("") + source.slice(from);
}

/** Whether the whole cell is a solution: nbgrader's is, where no marks say which part of it; those of hidden tests do not. */
export function isSolution(cell: Cell): boolean {
  if (tagsOf(cell).includes("solution")) return true;
  const { nbgrader } = cell.metadata;
  const isTheirs = isObject(nbgrader) && /^(?:true|1)$/i.test(String(nbgrader.solution));
  return isTheirs && !marksOf(cell).some(({ what }) => what === "SOLUTION");
}

/** Whether some of the cell is for the teacher alone. */
export function holdsSolution(cell: Cell, parts: readonly Part[]): boolean {
  return isSolution(cell) || parts.some(({ kind }) => kind !== "plain");
}

/** How many solutions a notebook has: cells, and parts of others. */
export function solutionsIn({ cells }: Notebook): number {
  const counts = cells.map((cell, index) =>
    isSolution(cell) ? 1 : partsOf(cell, index).filter(({ kind }) => kind === "solution").length,
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

/** What a speaker reads and a reader does not. */
export function isNotes(cell: Cell): boolean {
  const { slideshow } = cell.metadata as { slideshow?: { slide_type?: unknown } | null };
  return /^notes?$/i.test(String(slideshow?.slide_type).trim());
}

function kindOf(what: string): "solution" | "hidden" {
  return what === "SOLUTION" ? "solution" : "hidden";
}

function plain(source: string, start: number, end: number): Part {
  return { kind: "plain", text: source.slice(start, end), start, end, indent: "" };
}

function capital(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}
