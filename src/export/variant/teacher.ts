import { tagsOf, type Cell, type Notebook } from "../notebook";
import { isNotes, withOwnMarks } from "../solution";

/** All but what is for students alone; what a speaker reads stands in the text. */
export function teacherCells({ cells }: Notebook): Cell[] {
  return cells
    .filter((cell) => !tagsOf(cell).includes("student-only"))
    .map((cell): Cell => {
      if (cell.type === "raw" && isNotes(cell)) return { ...cell, type: "markdown" };
      return { ...cell, source: withOwnMarks(cell) };
    });
}
