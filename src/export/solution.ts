import { type Names, namesOf } from "./cellnames";
import { ExportError, nameOf, shortened, subjectOf } from "./error";
import { mistakes, plainOf } from "./markreading";
import { type Mark, marksOf, markText } from "./marks";
import { type Cell, isObject, knownTags, type Notebook, tagsOf } from "./notebook";

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
    throw new ExportError(`${subjectOf(cell, index)} has BEGIN ${open.what} without END ${open.what}.`);
  if (from < source.length) parts.push(plain(source, from, source.length));
  return parts;
}

/** The parts' texts as one source, without the line break before a mark that stood last. */
export function joined(texts: readonly string[], source: string): string {
  const text = texts.join("");
  return source.endsWith("\n") ? text : text.replace(/\r?\n$/, "");
}

/** The cell's source with each mark written as a comment of its language: a mark `###` is no TypeScript, and a heading in text. */
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

/** Whether a cell holds a speaker's notes for a slide. */
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

/** How others name what is not for students. */
const foreign =
  /(?:^|-)(?:teacher|instructor)s?(?:-|$)|^staff-only$|^hidden-?tests?$|[教老][师師]|^[隐隱]藏的?[测測][试試]$/;

/**
 * Looks for tags and metadata that nearly say that a cell is a solution or not for students.
 * @throws ExportError that names the tag to write
 */
function checkHints(cell: Cell, index: number): void {
  const refuse = (where: string, text: string, tag: string): never => {
    const said = JSON.stringify(shortened(text));
    throw new ExportError(
      `${subjectOf(cell, index)} has ${where} ${said}, which looks like a mark; write the tag ${tag}.`,
    );
  };
  const tags = tagsOf(cell);
  for (const tag of tags) {
    const meant = meantBy(tag);
    if (meant !== null) refuse("the tag", tag, meant);
  }
  if (tags.includes("solution")) return;
  const known = (key: string, value: unknown): boolean =>
    key === "nbgrader" || (key === "tags" && (typeof value === "string" || Array.isArray(value)));
  const others = Object.entries(cell.metadata).filter(([key, value]) => !known(key, value));
  const hint = hintIn(Object.fromEntries(others));
  if (hint !== null) refuse("in its metadata", hint, "solution");
}

function meantBy(tag: string): string | null {
  if (knownTags.includes(tag)) return null;
  const folded = plainOf(tag)
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-");
  if (foreign.test(folded)) return "teacher-only";
  if (saysSolution(folded)) return "solution";
  const isNear = (known: string): boolean => known[0] === folded[0] && mistakes(folded, known) <= 2;
  return knownTags.slice(0, -2).find(isNear) ?? null;
}

/** The first property or class in metadata that calls something a solution. */
function hintIn(value: unknown): string | null {
  if (Array.isArray(value)) return value.map(hintIn).find((hint) => hint !== null) ?? null;
  if (!isObject(value)) return null;
  for (const [key, child] of Object.entries(value)) {
    const isOff = child === false || child === null || child === "" || child === 0 || child === "false";
    if (!isOff && saysSolution(key)) return key;
    const names = naming.test(key) ? [child].flat().filter((name) => typeof name === "string") : [];
    const name = names.find(saysSolution);
    if (name !== undefined) return name;
    const hint = hintIn(child);
    if (hint !== null) return hint;
  }
  return null;
}

/** Properties whose values say what a cell is. */
const naming = /^(?:tags?|class(?:es|name)?|kinds?|types?|roles?|labels?|cell_?type)$/i;

function saysSolution(text: string): boolean {
  const words =
    plainOf(text)
      .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, " ")
      .toLowerCase()
      .match(/\p{L}+/gu) ?? [];
  return words.some((word) => {
    const wrong = Math.min(mistakes(word, "solution"), mistakes(word, "solutions"));
    return (
      wrong <= (word.startsWith("s") ? 2 : 1) || /^(?:参考|參考|标准|標準)?(?:答案|解答|[题題]解)$/.test(word)
    );
  });
}

/** The code cells whose outputs show what solutions compute: theirs, and those of later cells that use it. */
export function showingSolutions(notebook: Notebook): Set<Cell> {
  const shows = new Set<Cell>();
  const solved = new Set<string>();
  const earlier: Names[] = [];
  notebook.cells.forEach((cell, index) => {
    if (cell.type !== "code") return;
    const parts = partsOf(cell, index);
    const source = parts.map(({ text }) => text);
    const names = namesOf(joined(source, cell.source));
    earlier.push(names);
    const isOwn = holdsSolution(cell, parts) || tagsOf(cell).includes("teacher-only");
    if (isOwn || usesAny(names, solved)) {
      shows.add(cell);
      for (const name of names.declares) solved.add(name);
      for (const name of changedBy(names, earlier)) if (isDeclared(name, earlier)) solved.add(name);
      spread(solved, earlier);
    } else {
      // A name that is declared anew holds nothing of a solution any more.
      for (const name of names.declares) solved.delete(name);
    }
  });
  return shows;
}

/** Functions of earlier cells depend on a solution as soon as a name that they use does. */
function spread(solved: Set<string>, earlier: readonly Names[]): void {
  let size;
  do {
    size = solved.size;
    for (const names of earlier)
      if (usesAny(names, solved)) for (const name of names.functions) solved.add(name);
  } while (solved.size > size);
}

/** What a cell changes by itself, and through the notebook's functions. */
function changedBy({ changes, calls }: Names, earlier: readonly Names[]): Set<string> {
  const given = calls.flatMap(({ name, given }) => {
    const altered = earlier
      .filter(({ declares }) => declares.has(name))
      .at(-1)
      ?.alters.get(name);
    return given.filter((_, i) => altered?.has(i)).flat();
  });
  return new Set([...changes, ...given]);
}

/** A name of the notebook's own, not `console` or what is imported. */
function isDeclared(name: string, earlier: readonly Names[]): boolean {
  return earlier.some(({ declares }) => declares.has(name));
}

function usesAny({ uses, declares }: Names, solved: ReadonlySet<string>): boolean {
  return [...uses].some((name) => solved.has(name) && !declares.has(name));
}
