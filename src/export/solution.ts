import { ExportError } from "./error";
import { nameOf, tagsOf, type Cell } from "./notebook";

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

const words = String.raw`(BEGIN|END)[ \t]+(SOLUTION|HIDDEN TESTS)`;
const alone = String.raw`^([ \t]*)(?:#+|//+)[ \t]*${words}[ \t]*(?:\r?\n|$)`;
const comment = String.raw`<!--\s*${words}\s*-->`;
const inCode = new RegExp(alone, "gm");
/** In text also as HTML comments: alone on a line, or amid it. */
const inText = new RegExp(String.raw`${alone}|^([ \t]*)${comment}[ \t]*(?:\r?\n|$)|()${comment}`, "gm");

/**
 * A cell's source in its parts.
 * @throws ExportError where its marks do not pair.
 */
export function partsOf(cell: Cell, index: number): Part[] {
  const { source } = cell;
  const parts: Part[] = [];
  let open: { match: RegExpMatchArray; what: string; indent: string } | null = null;
  let from = 0;
  for (const match of source.matchAll(cell.type === "code" ? inCode : inText)) {
    const [indent = "", verb, what] = match.slice(1).filter((group) => group !== undefined);
    const start = match.index;
    const end = start + match[0].length;
    const fail = (problem: string): never => {
      const line = source.slice(0, start).split("\n").length;
      throw new ExportError(`Line ${line} of ${nameOf(cell, index)} has ${verb} ${what} ${problem}.`);
    };
    if (verb === "BEGIN") {
      if (open) fail(`before END ${open.what}; marks cannot be nested`);
      if (start > from) parts.push(plain(source, from, start));
      open = { match, what: what!, indent };
    } else if (open?.what !== what) fail(`without BEGIN ${what} before it`);
    else {
      const { match: first, indent } = open!;
      const text = source.slice(from, start);
      parts.push({ kind: kindOf(what!), text, start: first.index!, end, indent });
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
export function withOwnMarks({ type, source }: Cell): string {
  if (type === "raw") return source;
  return source.replace(inCode, (whole, indent: string, verb: string, what: string) => {
    const mark = type === "code" ? `// ${verb} ${what}` : `<!-- ${verb} ${what} -->`;
    return `${indent}${mark}${/\r?\n$/.exec(whole)?.[0] ?? ""}`;
  });
}

/** Whether the whole cell is a solution. */
export function isSolution(cell: Cell): boolean {
  return tagsOf(cell).includes("solution");
}

/** Whether some of the cell is for the teacher alone. */
export function holdsSolution(cell: Cell, parts: readonly Part[]): boolean {
  return isSolution(cell) || parts.some(({ kind }) => kind !== "plain");
}

/** What a speaker reads and a reader does not. */
export function isNotes(cell: Cell): boolean {
  const { slideshow } = cell.metadata as { slideshow?: { slide_type?: unknown } | null };
  return slideshow?.slide_type === "notes";
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
