import { type Reason, staleCells, type StaleCell, sourceHash } from "../../kernel/stalecells";
import { dependenceOf } from "../../kernel/cell/dependence";
import { nameOf, type CodeCell, type Notebook } from "../notebook";
import { isObject } from "../read";
import { subject } from "./sentence";

/** Cells whose outputs are not those that the notebook, run from its top, would give. */
export function staleness({ cells }: Notebook): string[] {
  const accounted = cells.map((cell) =>
    cell.type === "code" && cell.executionCount !== null
      ? { order: orderOf(cell), ...dependenceOf(cell.source) }
      : { order: null, declares: [], uses: [], changes: [] },
  );
  const stale = new Map(staleCells(accounted).map((found) => [found.cell, found]));
  return cells.flatMap((cell, index) => {
    if (cell.type !== "code") return [];
    const found = stale.get(index);
    return [
      ...(isEdited(cell) ? [`${subject(cell, index)} was edited after it ran; run it again`] : []),
      ...(found ? [sayings[found.reason](subject(cell, index), found, cells)] : []),
    ];
  });
}

const sayings: {
  [reason in Reason]: (who: string, found: StaleCell, cells: Notebook["cells"]) => string;
} = {
  changed: (who, { name, from }, cells) =>
    `${who} ran before ${nameOf(cells[from]!, from)} gave ${JSON.stringify(name)} its value; run it again`,
  stale: (who, { name, from }, cells) =>
    `${who} uses ${JSON.stringify(name)} of ${nameOf(cells[from]!, from)}, which must run again; run it after that`,
  other: (who, { name, from }, cells) =>
    `${who} took ${JSON.stringify(name)} from ${nameOf(cells[from]!, from)} and not from the last cell above it; run all cells from the top`,
  overtaken: (who, { name, from }, cells) =>
    `${who} gave ${JSON.stringify(name)} a value that ${nameOf(cells[from]!, from)} replaced too early; run all cells from the top`,
  below: (who, { name, from }, cells) =>
    `${who} uses ${JSON.stringify(name)} of ${nameOf(cells[from]!, from)} below it; put it below that`,
};

/** JupyterLab with our extension keeps with a cell which source its outputs are of. */
function isEdited({ metadata, source }: CodeCell): boolean {
  const own = metadata["tslab-gradients"];
  const hash = isObject(own) ? own.source : undefined;
  return typeof hash === "string" && hash !== sourceHash(source);
}

/** And when it ran among the others, whatever kernel it was; a program that keeps no such thing has only its counts. */
function orderOf({ metadata, executionCount }: CodeCell): number | null {
  const own = metadata["tslab-gradients"];
  const { run, count } = isObject(own) ? own : {};
  return typeof run === "number" && count === executionCount ? run : executionCount;
}
