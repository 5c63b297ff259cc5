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
}

/** Which of a notebook's cells ran when, and which are stale by that. It is kept in the cells, for the next session. */
export class RunHistory {
  private readonly runs = new Map<string, Known>();
  /** Those that ran since the kernel started. */
  private readonly inSession = new Set<string>();

  /** @param cells the notebook's, as they are now */
  constructor(private readonly cells: () => readonly Cell[]) {}

  /** Reads what was kept in the cells; returns those whose names the kernel has still to tell. */
  read(): { id: string; source: string }[] {
    for (const { model } of this.cells()) {
      const { executionCount: count, id } = model;
      if (model.type !== "code" || typeof count !== "number" || this.runs.has(id)) continue;
      const own = model.getMetadata(key);
      const { run, count: counted, source } = isObject(own) ? own : {};
      this.runs.set(id, {
        order: typeof run === "number" && counted === count ? run : count,
        hash: typeof source === "string" ? source : sourceHash(model.sharedModel.source),
        dependence: null,
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

  /** A cell ran. */
  ran({ cell: id, hash, count, dependence }: Run): void {
    const model = this.cells().find((cell) => cell.model.id === id)?.model;
    if (model === undefined) return;
    const before = this.runs.get(id);
    // The first run in a session, of what ran before, brings back what the new kernel lacks and changes nothing.
    const isSame = before?.hash === hash && !this.inSession.has(id) && !this.reasons(id).has(id);
    const latest = Math.max(0, ...[...this.runs.values()].map(({ order }) => order));
    const order = isSame ? before.order : latest + 1;
    this.runs.set(id, { order, hash, dependence });
    this.inSession.add(id);
    const own = model.getMetadata(key);
    model.setMetadata(key, { ...(isObject(own) ? own : {}), source: hash, run: order, count });
  }

  /**
   * Why cells are stale, by their ids.
   * @param running a cell whose outputs count although it may still seem to run
   */
  reasons(running: string | null = null): Map<string, { reason: Reason; name: string }> {
    const cells = this.cells();
    const found = staleCells(
      cells.map(({ model: { id, executionCount } }) => {
        const run = this.runs.get(id);
        // While it waits or runs, and when its outputs were cleared, it has no number.
        const isShown = typeof executionCount === "number" || id === running;
        return run?.dependence && isShown
          ? { order: run.order, ...run.dependence }
          : { order: null, declares: [], uses: [], changes: [] };
      }),
    );
    // A cell that uses what is declared below it would be just as stale after another run.
    return new Map(
      found
        .filter(({ reason }) => reason !== "below")
        .map(({ cell, reason, name }) => [cells[cell]!.model.id, { reason, name }]),
    );
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
