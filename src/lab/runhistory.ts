import type { Cell } from "@jupyterlab/notebook";
import { isObject } from "../figures/readfigure";
import { type Dependence, type Reason, staleCells, sourceHash } from "../runtime/stalecells";
import type { Run } from "./kernelmessages";

const key = "tslab-gradients";

/** The latest run of a cell, in this session or another. */
interface Known {
  order: number;
  hash: string;
  /** Null until the kernel has told it. */
  dependence: Dependence | null;
  failed: boolean;
  seconds: number | null;
}

/** Why a stale cell does not run by itself; with `input` and `failed`, the id of the cell that it waits for. */
export type Wait =
  { why: "manual" | "edited" } | { why: "slow"; seconds: number } | { why: "input" | "failed"; cell: string };

/**
 * So often one run of the dependents runs a cell: again where a cell above it had to run again. Cells that reassign each
 * other's names can make each other stale for ever.
 */
const turns = 3;

/** A cell whose last run took longer, in seconds, waits for a click. */
const longest = 2;

/** Which of a notebook's cells ran when, and which are stale by that. It is kept in the cells, for the next session. */
export class RunHistory {
  private readonly runs = new Map<string, Known>();
  /** Those that ran since the kernel started. */
  private readonly inSession = new Set<string>();
  /** The hashes of the cells' sources as they were last asked for, which is at every key that the reader presses. */
  private readonly hashes = new Map<string, { source: string; hash: string }>();

  /** @param cells the notebook's, as they are now */
  constructor(private readonly cells: () => readonly Cell[]) {}

  /** Reads what was kept in the cells; returns those whose names the kernel has still to tell. */
  read(): { id: string; source: string }[] {
    for (const { model } of this.cells()) {
      const { executionCount: count, id } = model;
      if (model.type !== "code" || typeof count !== "number" || this.runs.has(id)) continue;
      const { run, count: counted, source, seconds } = objectOf(model.getMetadata(key));
      this.runs.set(id, {
        order: typeof run === "number" && counted === count ? run : count,
        hash: typeof source === "string" ? source : sourceHash(model.sharedModel.source),
        dependence: null,
        failed: false,
        seconds:
          typeof seconds === "number" && counted === count ? seconds : timed(model.getMetadata("execution")),
      });
    }
    return this.cells()
      .filter(({ model }) => this.runs.get(model.id)?.dependence === null)
      .map(({ model }) => ({ id: model.id, source: model.sharedModel.source }));
  }

  /** What a cell says of names. */
  learn(id: string, dependence: Dependence): void {
    const known = this.runs.get(id);
    if (known !== undefined) known.dependence ??= dependence;
  }

  /** The cells that the kernel has run: none when it has just started. */
  setSession(ids: readonly string[]): void {
    this.inSession.clear();
    for (const id of ids) this.inSession.add(id);
  }

  /** Whether a cell's latest run failed that is not there to show an error. */
  hasFailed(id: string): boolean {
    return this.runs.get(id)?.failed === true;
  }

  /** A cell ran. */
  ran({ cell: id, hash, count, dependence, failed, seconds }: Run): void {
    const model = this.cells().find((cell) => cell.model.id === id)?.model;
    if (model === undefined) return;
    const before = this.runs.get(id);
    // The first run in a session, of what ran before, brings back what the new kernel lacks and changes nothing.
    const isSame = before?.hash === hash && !this.inSession.has(id) && !this.reasons(id).has(id);
    const latest = Math.max(0, ...[...this.runs.values()].map(({ order }) => order));
    const order = isSame ? before.order : latest + 1;
    const hasFailed = failed === "interrupt" || (failed === "error" && !mayFail(model));
    this.runs.set(id, { order, hash, dependence, failed: hasFailed, seconds });
    this.inSession.add(id);
    const kept: Record<string, unknown> = {
      ...objectOf(model.getMetadata(key)),
      source: hash,
      run: order,
      count,
    };
    // Only where something hangs on it, so that a saved notebook does not change with every run.
    if (seconds !== null && seconds > longest) kept["seconds"] = seconds;
    else delete kept["seconds"];
    model.setMetadata(key, kept);
  }

  /**
   * Why cells are stale, by their ids.
   * @param running a cell whose outputs count although it may still seem to run
   */
  reasons(running: string | null = null): Map<string, { reason: Reason; name: string }> {
    const cells = this.cells();
    const given = new Set<string>();
    const found = staleCells(
      cells.map(({ model: { id, executionCount } }) => {
        const run = this.runs.get(id);
        // While it waits or runs, and when its outputs were cleared, it has no number.
        const isShown = typeof executionCount === "number" || id === running;
        if (!run?.dependence || !isShown) return { order: null, declares: [], uses: [], changes: [] };
        const { declares, uses, changes } = run.dependence;
        // A cell that uses what is declared below it alone would be just as stale after another run, and all that hang on it.
        const fromAbove = uses.filter((name) => given.has(name));
        for (const name of [...declares, ...changes]) given.add(name);
        return { order: run.order, declares, uses: fromAbove, changes };
      }),
    );
    return new Map(found.map(({ cell, reason, name }) => [cells[cell]!.model.id, { reason, name }]));
  }

  /**
   * The cells among stale ones that do not run by themselves, and why: those that the author or their last run says are
   * for a click, those that the reader edited and has not run, and all that hang on one of these or on one that failed.
   */
  waits(stale: Iterable<string>): Map<string, Wait> {
    const marked = new Set(stale);
    const found = new Map<string, Wait>();
    const givers = new Map<string, string>();
    for (const { model } of this.cells()) {
      const { id } = model;
      const known = this.runs.get(id);
      if (!known?.dependence) continue;
      const { declares, uses, changes } = known.dependence;
      // What this kernel has not run would run with the stale cells that need it.
      const runs = marked.has(id) || !this.inSession.has(id);
      const own = runs
        ? this.ownWait(model, known)
        : known.failed
          ? ({ why: "failed", cell: id } as const)
          : null;
      const sources = uses.flatMap((name) => givers.get(name) ?? []);
      const wait = own ?? (runs ? sources.map((source) => behind(source, found)).find(Boolean) : null);
      if (wait) found.set(id, wait);
      for (const name of [...declares, ...changes]) givers.set(name, id);
    }
    return new Map([...found].filter(([id]) => marked.has(id)));
  }

  /** Why a cell waits, whatever it needs of others. */
  private ownWait(model: Model, { hash, seconds }: Known): Wait | null {
    if (hasTag(model, "manual")) return { why: "manual" };
    if (seconds !== null && seconds > longest) return { why: "slow", seconds };
    return this.hashOf(model) === hash ? null : { why: "edited" };
  }

  private hashOf({ id, sharedModel: { source } }: Model): string {
    const known = this.hashes.get(id);
    if (known?.source === source) return known.hash;
    const hash = sourceHash(source);
    this.hashes.set(id, { source, hash });
    return hash;
  }

  /**
   * The topmost cell that is to run next, so that the stale ones and what they need have run; none where all have.
   * @param times how often cells have run since this began
   */
  next(stale: Iterable<string>, times: ReadonlyMap<string, number>): string | undefined {
    const wanted = this.withNeeds(stale);
    return this.cells()
      .map(({ model }) => model.id)
      .find((id) => wanted.has(id) && (times.get(id) ?? 0) < turns);
  }

  /** These cells, and what they need that has not run since the kernel started. */
  withNeeds(ids: Iterable<string>): Set<string> {
    const cells = this.cells().map(({ model: { id } }) => ({
      id,
      dependence: this.runs.get(id)?.dependence,
    }));
    const wanted = new Set(ids);
    // From the bottom up, for what a cell needs is above it.
    for (let i = cells.length - 1; i >= 0; i--) {
      const { id, dependence } = cells[i]!;
      if (!wanted.has(id)) continue;
      for (const name of dependence?.uses ?? []) {
        const gives = ({ dependence }: (typeof cells)[number]): boolean =>
          dependence?.declares.includes(name) === true || dependence?.changes.includes(name) === true;
        const source = cells.slice(0, i).filter(gives).at(-1);
        if (source !== undefined && !this.inSession.has(source.id)) wanted.add(source.id);
      }
    }
    return wanted;
  }
}

type Model = Cell["model"];

function objectOf(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {};
}

function hasTag(model: Model, tag: string): boolean {
  const tags = model.getMetadata("tags");
  return Array.isArray(tags) && tags.includes(tag);
}

/** Whether a cell is there to show an error, which then ends nothing; an interrupt does. */
export function mayFail(model: Model): boolean {
  return hasTag(model, "raises-exception");
}

/** Why a cell waits that needs another one. */
function behind(source: string, waits: ReadonlyMap<string, Wait>): Wait | null {
  const wait = waits.get(source);
  if (wait === undefined) return null;
  return wait.why === "input" || wait.why === "failed" ? wait : { why: "input", cell: source };
}

/** How long a run took by what JupyterLab keeps with a cell where it is set to record times; null where it does not. */
function timed(execution: unknown): number | null {
  const at = (event: string): number => Date.parse(String(objectOf(execution)[event]));
  const seconds = (at("shell.execute_reply") - at("iopub.execute_input")) / 1000;
  return Number.isNaN(seconds) ? null : seconds;
}
