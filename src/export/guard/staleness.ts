import { sourceHash } from "../../kernel/sourcehash";
import type { Notebook } from "../notebook";
import { isObject } from "../read";
import { subject } from "./sentence";

/** Cells whose outputs are not those that the notebook, run from its top, would give. */
export function staleness({ cells }: Notebook): string[] {
  let last = 0;
  return cells.flatMap((cell, index) => {
    if (cell.type !== "code") return [];
    const own = cell.metadata["tslab-gradients"];
    const hash = isObject(own) ? own.source : undefined;
    const problems: string[] = [];
    if (typeof hash === "string" && hash !== sourceHash(cell.source))
      problems.push(`${subject(cell, index)} was edited after it ran; run it again`);
    if (cell.executionCount === null) return problems;
    if (cell.executionCount <= last)
      problems.push(
        `${subject(cell, index)} ran before a cell above it, which is In [${last}]; run all cells from the top`,
      );
    last = Math.max(last, cell.executionCount);
    return problems;
  });
}
