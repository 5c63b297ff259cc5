import { generatorName } from "../../runtime/stalecells";
import { type Findings, Givers, type Origin, type PlannedCell, type Run } from "./draft";

/** Before a cell has run nobody knows whether it draws; it may need the last seed above it. */
export const seed = "last seed";

function lower(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.min(a, b);
}

/**
 * What hangs on what in a notebook: each cell gets what the cells above it give, as in a run from the top. What is found out
 * of a cell says nothing of those above it, so that it is kept while these stay as they are.
 */
export class Plan {
  private readonly givers = new Givers();
  private readonly firstGivers = new Givers();
  private found: Findings[] = [];
  /** The names by which cells import `manualSeed`. */
  private seeders = new Set<string>();

  constructor(private readonly cells: readonly PlannedCell[]) {
    cells.forEach(({ gaveFirst }, i) => {
      for (const name of gaveFirst) this.firstGivers.add(name, i);
    });
    this.refresh();
  }

  /** To be called when cells ran or were edited. */
  refresh(): void {
    const { cells, found } = this;
    const first = cells.findIndex(
      ({ source, run }, i) => found[i]?.source !== source || found[i].run !== run,
    );
    if (first < 0) return;
    this.seeders = new Set(
      cells.flatMap(({ account }) =>
        [...account.imports].flatMap(([name, from]) => (from === "tslab-gradients/manualSeed" ? [name] : [])),
      ),
    );
    this.givers.forget(first);
    found.length = first;
    for (let i = first; i < cells.length; i++) {
      const { source, run } = cells[i]!;
      found.push({ source, run, origins: new Map(), families: new Map(), laters: new Map() });
      for (const name of this.given(i)) this.givers.add(name, i);
    }
  }

  /** Whether a cell's outputs are those of a run from the top. */
  isCurrent(cell: number): boolean {
    return this.once("isCurrent", cell, ({ run, source }) =>
      run === null
        ? this.isUntouched(cell)
        : run.source === source &&
          [...this.reach(cell)].every((name) => {
            const version = this.version(name, cell);
            return version !== null && version === run.saw.get(name);
          }) &&
          this.members(cell).every((member) => this.cells[member]!.run === null || this.isCurrent(member)),
    );
  }

  /** The names that a cell uses, also through the functions that it uses. */
  reach(cell: number): Set<string> {
    const found = this.found[cell]!;
    if (found.reach !== undefined) return found.reach;
    const { account, run, source } = this.cells[cell]!;
    const names = new Set(account.uses.filter((name) => !account.defers.has(name)));
    found.reach = names;
    for (const name of names) for (const used of this.later(name, cell)) names.add(used);
    // What it declares itself it gets from itself, unless it reads it before.
    for (const name of account.declares) if (!account.uses.includes(name)) names.delete(name);
    if (run?.source !== source) {
      if (this.mayDraw(cell)) names.add(seed);
    } else if (run.saw.has(generatorName)) names.add(generatorName);
    return names;
  }

  /** Where a cell gets a name from; null where no cell above gives it. */
  origin(name: string, cell: number): Origin | null {
    // Below the last cell nothing is kept.
    const kept = this.found[cell]?.origins;
    const known = kept?.get(name);
    if (known !== undefined) return known;
    const maker = this.givers.last(name, cell);
    let origin: Origin | null = null;
    if (maker !== undefined) {
      const alterers: number[] = [];
      if (!this.isFixed(name, maker))
        for (let i = maker + 1; i < cell; i++) if (this.alters(i, name)) alterers.push(i);
      origin = { maker, alterers };
    }
    kept?.set(name, origin);
    return origin;
  }

  /**
   * What must run before a cell does, so that it finds what a run from the top would give it: the topmost cell of these;
   * null where nothing must.
   */
  missing(cell: number): number | null {
    let first: number | null = null;
    for (const name of this.reach(cell)) first = lower(first, this.lacks(name, cell));
    first = lower(first, this.aliased(cell));
    return first === null ? null : (this.missing(first) ?? first);
  }

  /** The cell to run next so that what has run leaves all objects as a run from the top would at its end. */
  unsettled(): number | null {
    let first: number | null = null;
    const end = this.cells.length;
    for (const name of this.givers.names()) {
      const origin = this.origin(name, end);
      const isRun =
        origin && [origin.maker, ...origin.alterers].every((member) => this.runOf(member) !== null);
      if (isRun) first = lower(first, this.lacks(name, end));
    }
    return first === null ? null : (this.missing(first) ?? first);
  }

  /** The topmost cell that holds parts of what another alters, but of what these were before they were made anew. */
  private aliased(cell: number): number | null {
    const run = this.runOf(cell);
    const altered = run === null ? this.mayAlter(cell) : run.altered;
    const family = new Set([...altered].flatMap((name) => [...this.family(name, cell)]));
    if (family.size === 0) return null;
    const isOf = (name: string, other: number): boolean =>
      [...this.family(name, other + 1)].some((relative) => family.has(relative));
    for (let i = 0; i < cell; i++) {
      const other = this.runOf(i);
      if (other === null || other.stamp === 0 || other.held.size === 0 || this.isSound(i)) continue;
      if ([...other.gave.keys()].some((name) => isOf(name, i))) return i;
    }
    return null;
  }

  /** The cells above that what a cell uses hangs on, by one step. */
  members(cell: number): number[] {
    const members = new Set<number>();
    for (const name of this.reach(cell)) {
      const origin = this.origin(name, cell);
      if (origin !== null) for (const member of [origin.maker, ...origin.alterers]) members.add(member);
    }
    return [...members];
  }

  /** The same where what a cell would get by a name is what it got before; null before that is known. */
  version(name: string, cell: number): string | null {
    const origin = this.origin(name, cell);
    if (origin === null) return "-";
    const { maker, alterers } = origin;
    if (this.cells[cell]!.account.overwrites.has(name)) return "+";
    const fixed = this.cells[maker]!.account.imports.get(name);
    if (fixed !== undefined) return fixed;
    const versions = [this.valueOf(name, maker), ...alterers.map((i) => this.runOf(i)?.version ?? null)];
    return versions.includes(null) ? null : versions.join(">");
  }

  /** By name, the stamps of the runs whose values a cell finds; without those that no run has given. */
  scope(cell: number): Map<string, number> {
    const scope = new Map<string, number>();
    for (const name of this.givers.names()) {
      const run = this.runOf(this.givers.last(name, cell) ?? -1);
      if (run !== null && run.stamp > 0 && run.gave.has(name)) scope.set(name, run.stamp);
    }
    return scope;
  }

  /** By name, the stamps of the runs that made the objects that a cell uses. */
  held(cell: number): Map<string, number> {
    const held = new Map<string, number>();
    for (const name of this.reach(cell)) {
      const maker = this.origin(name, cell)?.maker;
      if (maker !== undefined && !this.isFixed(name, maker))
        held.set(name, this.cells[maker]!.run?.stamp ?? 0);
    }
    return held;
  }

  /** The names whose objects a cell may alter, as far as the texts tell. */
  mayAlter(cell: number): string[] {
    const found = this.found[cell]!;
    if (found.mayAlter !== undefined) return found.mayAlter;
    const { mayAlter, declares } = this.cells[cell]!.account;
    // What it is while it is being found out.
    found.mayAlter = [...mayAlter];
    const all = [...mayAlter].flatMap((name) => [name, ...this.later(name, cell)]);
    return (found.mayAlter = [...new Set(all)].filter((name) => !declares.includes(name)));
  }

  /** Whether a name's functions may change variables that no look at its value shows. */
  isSecretive(name: string, cell: number, seen = new Set<string>()): boolean {
    const maker = this.origin(name, cell)?.maker;
    if (maker === undefined || seen.has(`${maker} ${name}`)) return false;
    seen.add(`${maker} ${name}`);
    const { account } = this.cells[maker]!;
    if (account.secretive.has(name)) return true;
    return [...(account.from.get(name) ?? [])].some((from) => {
      const at = this.below(from, maker);
      const other = this.origin(from, at)?.maker;
      if (other !== undefined && this.cells[other]!.account.factories.has(from)) return true;
      return this.isSecretive(from, at, seen);
    });
  }

  /** The place below which a name is found that a cell mentions: what it declares is its own. */
  private below(name: string, cell: number): number {
    return this.cells[cell]!.account.declares.includes(name) ? cell + 1 : cell;
  }

  private valueOf(name: string, maker: number): string | null {
    const run = this.runOf(maker);
    if (run === null) return null;
    const value = run.gave.get(name) ?? "";
    return value.length > 1 ? value : run.version;
  }

  /** A cell's run, where it was one of the code that the cell has now. */
  private runOf(cell: number): Run | null {
    const { run, source } = this.cells[cell] ?? {};
    return run?.source === source ? (run ?? null) : null;
  }

  /** The names that a cell gives a value: those that it gave, or else those that its text speaks of. */
  private given(cell: number): Iterable<string> {
    const { account } = this.cells[cell]!;
    const run = this.runOf(cell);
    const seeds = this.seeds(cell) ? [seed] : [];
    if (run !== null) return new Set([...account.declares, ...run.gave.keys(), ...seeds]);
    return [...account.assigns, ...(account.calls ? [generatorName] : []), ...seeds];
  }

  private seeds(cell: number): boolean {
    return [...this.cells[cell]!.account.mayAlter].some((name) => this.seeders.has(name));
  }

  private mayDraw(cell: number): boolean {
    return this.cells[cell]!.account.calls && !this.seeds(cell);
  }

  /** Whether nothing can alter what a cell gives by a name. */
  private isFixed(name: string, maker: number): boolean {
    return (
      name === generatorName ||
      name === seed ||
      this.cells[maker]!.account.imports.has(name) ||
      (this.runOf(maker)?.gave.get(name) ?? "") !== ""
    );
  }

  private alters(cell: number, name: string): boolean {
    const run = this.runOf(cell);
    if (run !== null) return run.altered.has(name);
    const family = this.family(name, cell);
    const found = this.found[cell]!;
    found.altered ??= new Set(this.mayAlter(cell).flatMap((other) => [...this.family(other, cell)]));
    const [few, many] = family.size < found.altered.size ? [family, found.altered] : [found.altered, family];
    for (const relative of few) if (many.has(relative)) return true;
    return false;
  }

  /** A name and what its value may hold parts of. */
  private family(name: string, cell: number): Set<string> {
    const maker = this.givers.last(name, cell);
    if (maker === undefined) return new Set();
    const kept = this.found[maker]!.families;
    const known = kept.get(name);
    if (known !== undefined) return known;
    const family = new Set<string>();
    kept.set(name, family);
    const { account } = this.cells[maker]!;
    if (this.isFixed(name, maker)) return family;
    family.add(`${maker} ${name}`);
    for (const from of account.from.get(name) ?? [])
      for (const each of this.family(from, this.below(from, maker))) family.add(each);
    return family;
  }

  /** What a name's functions use when a cell calls them. */
  private later(name: string, cell: number): Set<string> {
    const origin = this.origin(name, cell);
    if (origin === null) return new Set();
    const { maker } = origin;
    const giving = origin.alterers.filter((alterer) => this.cells[alterer]!.account.later.has(name));
    if (giving.length === 0) return this.laterOf(name, maker);
    return new Set([maker, ...giving].flatMap((member) => [...this.laterOf(name, member)]));
  }

  /** What functions use that a cell puts into what a name stands for. */
  private laterOf(name: string, cell: number): Set<string> {
    const { laters } = this.found[cell]!;
    const known = laters.get(name);
    if (known !== undefined) return known;
    const { account } = this.cells[cell]!;
    const all = new Set(account.later.get(name));
    laters.set(name, all);
    for (const from of account.from.get(name) ?? [])
      for (const used of this.later(from, this.below(from, cell))) all.add(used);
    return all;
  }

  /** Whether neither a cell nor what it hangs on was edited. */
  private isUntouched(cell: number): boolean {
    return this.once("isUntouched", cell, ({ source, original }) => {
      const drawn = this.mayDraw(cell) ? this.origin(generatorName, cell)?.maker : undefined;
      // A name may come from elsewhere now, or from nowhere.
      const first = [...this.reach(cell)].map((name) => this.firstGivers.last(name, cell));
      return (
        source === original &&
        [...this.members(cell), ...first, drawn].every(
          (member) => member === undefined || this.isUntouched(member),
        )
      );
    });
  }

  /** Whether the objects that a cell's run used are still those that the names mean. */
  private isSound(cell: number): boolean {
    return this.once("isSound", cell, () => {
      const run = this.runOf(cell);
      return (
        run !== null &&
        run.stamp > 0 &&
        this.isCurrent(cell) &&
        [...run.held].every(([name, stamp]) => {
          const maker = this.origin(name, cell)?.maker;
          return maker !== undefined && this.cells[maker]!.run?.stamp === stamp && this.isSound(maker);
        })
      );
    });
  }

  /** Answers a question of a cell once; a cell that hangs on itself is taken for one that does not. */
  private once(
    question: "isCurrent" | "isUntouched" | "isSound",
    cell: number,
    answer: (cell: PlannedCell) => boolean,
  ): boolean {
    const found = this.found[cell]!;
    if (found[question] === undefined) {
      found[question] = true;
      found[question] = answer(this.cells[cell]!);
    }
    return found[question];
  }

  /** The cell that must run so that another finds a name as a run from the top would leave it. */
  private lacks(name: string, cell: number): number | null {
    const origin = this.origin(name, cell);
    if (origin === null) return null;
    const { maker, alterers } = origin;
    const run = this.runOf(maker);
    // Of what cannot be altered, or is not looked at, it is enough that it is there.
    if (this.isFixed(name, maker) || this.cells[cell]?.account.overwrites.has(name))
      return run !== null && run.stamp > 0 && this.isCurrent(maker) ? null : maker;
    if (!this.isSound(maker)) return maker;
    const log = this.cells[maker]!.log.get(name) ?? [];
    for (const [i, alterer] of alterers.entries()) {
      if (i === log.length) return alterer;
      if (!this.isSound(alterer) || this.cells[alterer]!.run!.stamp !== log[i]) return maker;
    }
    return log.length > alterers.length ? maker : null;
  }
}
