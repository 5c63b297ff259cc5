import { tagsOf, type Cell, type Notebook } from "./notebook";
import { keyCells } from "./variant/key";
import { studentCells } from "./variant/student";
import { teacherCells } from "./variant/teacher";

/** Whom a notebook is for. */
export type Variant = "student" | "teacher" | "key";
export const variants: readonly Variant[] = ["student", "teacher", "key"];

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
