/** What a cell's text tells of the names by which cells hang together. */
export interface Dependence {
  /** The names that it declares at its top. */
  declares: readonly string[];
  /** Those that it uses and has not declared. */
  uses: readonly string[];
  /** Those of these whose values it replaces or alters. */
  changes: readonly string[];
}

/** A cell as the account sees it. */
export interface AccountedCell extends Dependence {
  /** Greater for a cell that ran later; null for one that has no outputs of a run. */
  order: number | null;
}

/**
 * Why a cell's outputs are not those of a run from the top:
 * - changed: the cell that its name comes from ran later
 * - stale: the cell that its name comes from is stale itself
 * - other: it took the name from another cell than the last one above it
 * - overtaken: that is the cell above it, which must give the name its value again
 * - below: only a cell below it declares the name
 */
export type Reason = "changed" | "stale" | "other" | "overtaken" | "below";

/** A cell, the name that makes it stale, and the cell with which that has to do: their places, counted from 0. */
export interface StaleCell {
  cell: number;
  reason: Reason;
  name: string;
  from: number;
}

/**
 * The cells whose outputs are not those that the notebook, run from its top, would give: each takes a name from the last
 * cell above it that declares or changes it, and must have run after that one, with nothing else in between that gives
 * the name another value.
 * @param cells in the notebook's order
 */
export function staleCells(cells: readonly AccountedCell[]): StaleCell[] {
  const givers = giversOf(cells);
  const stale = new Map<number, StaleCell>();
  const above = new Map<string, number>();
  const overtaken: StaleCell[] = [];
  cells.forEach((cell, i) => {
    const { order } = cell;
    if (order === null) return;
    for (const name of cell.uses) {
      const found = problemOf(i, order, name, above.get(name));
      if (found === null) continue;
      if (!stale.has(i)) stale.set(i, found);
      const source = above.get(name);
      if (found.reason === "other" && source !== undefined)
        overtaken.push({ cell: source, reason: "overtaken", name, from: found.from });
    }
    for (const name of [...cell.declares, ...cell.changes]) above.set(name, i);
  });
  for (const one of overtaken) if (!stale.has(one.cell)) stale.set(one.cell, one);
  return [...stale.values()].sort((a, b) => a.cell - b.cell);

  function problemOf(i: number, order: number, name: string, source: number | undefined): StaleCell | null {
    const of = (reason: Reason, from: number): StaleCell => ({ cell: i, reason, name, from });
    const before = (givers.get(name) ?? []).filter((giver) => giver !== i && cells[giver]!.order! < order);
    if (source === undefined) {
      const last = before.at(-1);
      return last === undefined ? null : of("below", last);
    }
    // The same number in two cells is that of two sessions, and which came later nobody knows.
    if (cells[source]!.order! >= order) return of("changed", source);
    const last = before.at(-1);
    if (last !== undefined && last !== source) return of("other", last);
    return stale.has(source) ? of("stale", source) : null;
  }
}

/** The cells that give each name a value, in the order in which they ran. */
function giversOf(cells: readonly AccountedCell[]): Map<string, number[]> {
  const givers = new Map<string, number[]>();
  const ran = cells.flatMap(({ order }, i) => (order === null ? [] : [i]));
  for (const i of ran.sort((a, b) => cells[a]!.order! - cells[b]!.order!)) {
    for (const name of new Set([...cells[i]!.declares, ...cells[i]!.changes])) {
      const known = givers.get(name);
      if (known === undefined) givers.set(name, [i]);
      else known.push(i);
    }
  }
  return givers;
}
