/** What a cell's text tells of the names by which cells hang together. */
export interface Dependence {
  /** The names that it declares at its top. */
  declares: readonly string[];
  /** Those that it uses and has not declared. */
  uses: readonly string[];
  /** Those of these whose values it replaces or alters. */
  changes: readonly string[];
}

/** What is noticed while a cell runs. */
export interface Noticed {
  /** The variables of earlier cells whose values it altered. */
  altered: string[];
  /** Whether it drew from the default random generator before it seeded it, and whether it left that otherwise. */
  drew: boolean;
  moved: boolean;
}

/** The default random generator hangs cells together like a variable; no variable can have this name. */
export const generatorName = "default generator";

/** What a cell's text tells, with what was noticed while it ran. */
export function withNoticed(
  { declares, uses, changes }: Dependence,
  { altered, drew, moved }: Noticed,
): Dependence {
  const and = (names: readonly string[], others: string[]): string[] => [...new Set([...names, ...others])];
  return {
    declares,
    uses: and(uses, drew ? [generatorName] : []),
    changes: and(changes, moved ? [...altered, generatorName] : altered),
  };
}

/** A cell with its place among the runs. */
export interface RunCell extends Dependence {
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
export function staleCells(cells: readonly RunCell[]): StaleCell[] {
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
function giversOf(cells: readonly RunCell[]): Map<string, number[]> {
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

/** What a cell's code says about top-level names. */
export type Names = Pick<Dependence, "declares" | "uses">;

/** The latest run of a cell. */
interface LatestRun {
  number: number;
  /** The run that had declared each name it used when it ran; 0 where none had. */
  saw: ReadonlyMap<string, number>;
}

/** Where a name's value comes from. */
interface ValueSource {
  cell: string;
  number: number;
}

/**
 * Which cells ran before what they use changed. A name belongs to the run that declared it last; a cell is stale when a
 * name it used has been declared again since, or comes from a cell that is stale itself.
 */
export class Dependencies {
  /** By cell, in the order in which they were last run. */
  private readonly runs = new Map<string, LatestRun>();
  private readonly sources = new Map<string, ValueSource>();
  private number = 0;

  /** Records a run of a cell; returns the cells that are stale now, in the order in which they were last run. */
  ran(cell: string, { declares, uses }: Names): string[] {
    const number = ++this.number;
    const own = new Set(declares);
    // A name of the cell's own does not come from elsewhere, whoever declared it before.
    const saw = new Map(
      uses.filter((name) => !own.has(name)).map((name) => [name, this.sources.get(name)?.number ?? 0]),
    );
    this.runs.delete(cell);
    this.runs.set(cell, { number, saw });
    for (const name of own) this.sources.set(name, { cell, number });
    return this.stale();
  }

  /** The cells that have run. */
  get cells(): string[] {
    return [...this.runs.keys()];
  }

  /** Cells that are no longer in the notebook. What they declared is still there for others to use. */
  forget(cells: readonly string[]): void {
    for (const cell of cells) this.runs.delete(cell);
  }

  private stale(): string[] {
    const users = this.users();
    const found = new Set<string>();
    for (const [cause, direct] of this.outdated()) {
      // The cell that made them stale is left out: it cannot be made stale by itself, or two cells that feed each
      // other would never come to rest.
      const reached = new Set(direct);
      for (const cell of reached) {
        for (const user of users.get(cell) ?? []) if (user !== cause) reached.add(user);
      }
      for (const cell of reached) found.add(cell);
    }
    return [...this.runs.keys()].filter((cell) => found.has(cell));
  }

  /** The cells that used a name before its latest declaration, by the cell that declared it. */
  private outdated(): Map<string, Set<string>> {
    const cells = new Map<string, Set<string>>();
    for (const [cell, { saw }] of this.runs) {
      for (const [name, number] of saw) {
        const source = this.sources.get(name);
        if (source !== undefined && source.number !== number) add(cells, source.cell, cell);
      }
    }
    return cells;
  }

  /** The cells that use what the latest run of a cell declared, by that cell. */
  private users(): Map<string, Set<string>> {
    const cells = new Map<string, Set<string>>();
    for (const [cell, { saw }] of this.runs) {
      for (const name of saw.keys()) {
        const source = this.sources.get(name);
        if (source !== undefined && source.number === this.runs.get(source.cell)?.number)
          add(cells, source.cell, cell);
      }
    }
    return cells;
  }
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, new Set([value]));
  else values.add(value);
}

const fnvOffset = 0xcbf29ce484222325n;
const fnvPrime = 0x100000001b3n;

/**
 * Tells whether a cell's source is the one that ran: 16 hexadecimal digits, FNV-1a of its UTF-8 in 64 bits. No secret
 * hangs on it, and a browser computes it at once.
 */
export function sourceHash(source: string): string {
  let hash = fnvOffset;
  for (const byte of new TextEncoder().encode(source))
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * fnvPrime);
  return hash.toString(16).padStart(16, "0");
}
