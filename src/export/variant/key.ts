import { tagsOf, type Cell, type Notebook, type TextCell } from "../notebook";
import { isNotes, isSolution, joined, partsOf, type Part } from "../solution";
import { namedAttachments } from "./attachments";
import { headingsOf, under, type Heading } from "./headings";

/** The solutions alone, under the headings that the notebook has them under. */
export function keyCells(notebook: Notebook): Cell[] {
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
