import { generatorName } from "../../runtime/stalecells";
import { compile } from "../cell/compile";
import type { Words } from "../pagewords";
import type { RunAnswer, Session, State } from "../session";
import { Draft, type FollowedCell, type Run, type Standing } from "./draft";
import { Plan, seed } from "./plan";

/** A cell that took longer, in milliseconds, waits for a click. */
const slow = 2000;
/** A cell that follows an edit is stopped after this, in milliseconds. */
const longest = 10_000;
/** After an edit what runs may go on for this, in milliseconds, before it is dropped. */
const patience = 700;
/** A cell runs no more often for one edit: what hangs on the time of day would never come to rest. */
const mostRuns = 4;

/** Runs what is asked for, what that needs, and what hangs on it, in the notebook's order. */
export class Follower {
  private readonly cells: readonly Draft[];
  /** What runs because its reader asked for it, with what is told then. */
  private readonly asked = new Map<Draft, ((ok: boolean) => void)[]>();
  private count = 0;
  private stamp = 0;
  private forgets: number[] = [];
  private working: Promise<void> | null = null;
  private running: Draft | null = null;
  /** Whether what was written meanwhile is taken before the next cell runs. */
  private takes = false;
  private isReplaying = false;
  /** Whether all cells are asked for, up to the first that fails. */
  private endsAtFailure = false;
  private versions = new Map<string, string>();
  private readonly plan: Plan;
  private impatience: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param cells all of the page's, in its order
   * @param changed is told when work begins and ends
   */
  constructor(
    cells: readonly FollowedCell[],
    private readonly session: Session,
    private readonly words: Words,
    private readonly changed: (state: State) => void,
    /** Whether cells run by themselves when what they hang on changed. */
    public follows: boolean,
    /** Whether something in the page may ask for the variables at any time. */
    private readonly isLive: () => boolean,
  ) {
    this.cells = cells.map((cell) => new Draft(cell));
    this.plan = new Plan(this.cells);
  }

  /** Runs a cell and what it needs. @returns whether it ran without an error */
  run(cell: FollowedCell): Promise<boolean> {
    const draft = this.cells.find((each) => each.cell === cell)!;
    const done = new Promise<boolean>((resolve) =>
      this.asked.set(draft, [...(this.asked.get(draft) ?? []), resolve]),
    );
    cell.isFromLink = false;
    this.takes = true;
    void this.work();
    return done;
  }

  /** Runs all cells. @returns the first that fails, below which none runs */
  async runAll(): Promise<FollowedCell | undefined> {
    const all = this.cells.map(({ cell }) => this.run(cell));
    this.endsAtFailure = true;
    const failed = (await Promise.all(all)).indexOf(false);
    await this.working;
    return this.cells[failed]?.cell;
  }

  /** Runs all that is out of date. */
  update(): void {
    this.take();
    this.cells.forEach((cell, i) => {
      if (!this.plan.isCurrent(i) && !this.asked.has(cell)) this.asked.set(cell, []);
    });
    void this.work();
  }

  /** Something was edited, and is at rest, or is being pulled. */
  edited(): void {
    if (!this.follows && this.working === null) return this.mark();
    if (this.working === null) return void this.work();
    this.impatience ??= setTimeout(() => {
      this.impatience = undefined;
      this.takes = true;
      const { running } = this;
      if (running && !this.asked.has(running) && this.isOutdated(this.cells.indexOf(running))) this.drop();
    }, patience);
  }

  /** Whether what is being written concerns a cell as it runs. */
  private isOutdated(i: number): boolean {
    return this.cells[i]!.isEdited || this.plan.members(i).some((member) => this.isOutdated(member));
  }

  /** From now on it is about what is written now. */
  private take(): void {
    this.takes = false;
    for (const cell of this.cells) cell.take();
    this.plan.refresh();
  }

  /**
   * Ends what runs and what waits. The variables are gone with it, so that the cells that had run run again.
   * @returns how many those are
   */
  async stop(): Promise<number> {
    // What was only being run again is run again.
    const running = this.isReplaying ? null : this.running;
    for (const cell of [...this.asked.keys()]) this.settle(cell, false);
    this.drop();
    if (running !== null) this.breakOff(running, "asked");
    const again = this.cells.filter((cell) => cell.run?.stopped === null);
    for (const cell of again) this.asked.set(cell, []);
    this.isReplaying = true;
    await this.work();
    return again.length;
  }

  /** Says how every cell stands. */
  mark(): void {
    if (this.working === null) this.take();
    else this.plan.refresh();
    this.cells.forEach((draft, i) => {
      if (draft !== this.running) draft.cell.show(this.standing(i));
    });
  }

  private standing(i: number): Standing {
    const cell = this.cells[i]!;
    if (this.asked.has(cell)) return { kind: "queued" };
    if (this.plan.isCurrent(i))
      return {
        kind: cell.run?.stopped === "late" ? "stopped" : cell.run?.ok === false ? "failed" : "current",
      };
    if (cell.cell.isFromLink) return { kind: "fromLink" };
    if (cell.run?.source !== cell.source && cell.source !== cell.original) {
      const made = cell.compiled(this.words);
      if ("failure" in made) return { kind: "syntax", sentence: made.failure.evalue };
    }
    const blocker = this.blocker(i, false);
    if (blocker !== null && blocker !== cell) return this.waitsFor(blocker);
    if (blocker === cell) return { kind: "slow" };
    return { kind: this.follows && this.working !== null ? "queued" : "stale" };
  }

  private waitsFor(draft: Draft): Standing {
    const { cell } = draft;
    const why = cell.isFromLink
      ? "link"
      : this.waitsForClick(draft) && draft.run?.ok !== false
        ? "click"
        : "failed";
    return { kind: "waits", cell, why };
  }

  /** The cell for which another cannot run now; itself where it waits for a click. */
  private blocker(i: number, isAsked: boolean, seen = new Set<number>()): Draft | null {
    if (seen.has(i)) return null;
    seen.add(i);
    const { plan } = this;
    const cell = this.cells[i]!;
    for (const member of plan.members(i)) {
      const other = this.cells[member]!;
      const isCurrent = plan.isCurrent(member);
      if (isCurrent && other.run?.ok === false && !this.asked.has(other)) return other;
      if (!isCurrent && other.cell.isFromLink) return other;
      if (!isCurrent && !isAsked && this.follows && this.waitsForClick(other)) return other;
      if (!isCurrent && "failure" in other.compiled(this.words) && !this.asked.has(other)) return other;
      if (isCurrent && other.run !== null) continue;
      const found = this.blocker(member, isAsked, seen);
      if (found !== null) return found;
    }
    return !isAsked && this.waitsForClick(cell) ? cell : null;
  }

  private waitsForClick(draft: Draft): boolean {
    return !this.asked.has(draft) && (draft.cell.isManual || (draft.run?.milliseconds ?? 0) > slow);
  }

  /** Works until nothing is left to do. */
  private work(): Promise<void> {
    this.working ??= this.workOff().finally(() => {
      this.working = null;
      clearTimeout(this.impatience);
      this.impatience = undefined;
      this.isReplaying = this.endsAtFailure = false;
      this.changed("ready");
      this.mark();
    });
    return this.working;
  }

  private async workOff(): Promise<void> {
    // What is asked for in one go is done in the notebook's order.
    await Promise.resolve();
    this.take();
    const runs = new Map<Draft, number>();
    this.mark();
    for (;;) {
      if (this.takes) this.take();
      else this.plan.refresh();
      const next = this.next(runs);
      if (next === null && this.follows && this.cells.some(({ isEdited }) => isEdited)) {
        // One set of pictures is whole before the next is begun.
        this.take();
        runs.clear();
        continue;
      }
      if (next === null) break;
      this.changed(this.isReplaying ? "replaying" : "running");
      const cell = this.cells[next]!;
      runs.set(cell, (runs.get(cell) ?? 0) + 1);
      const ok = await this.execute(cell, next);
      // What was stopped is settled by whoever stopped it.
      if (ok === null) continue;
      this.settle(cell, ok);
      this.plan.refresh();
      cell.cell.show(this.standing(next));
      if (!ok && this.endsAtFailure) for (const other of [...this.asked.keys()]) this.settle(other, false);
    }
    if (this.stamp > 0) this.session.send({ op: "scope", scope: [...this.plan.scope(this.cells.length)] });
  }

  /** The cell to run next. */
  private next(runs: Map<Draft, number>): number | null {
    const { plan } = this;
    for (const [i, cell] of this.cells.entries()) {
      const isAsked = this.asked.has(cell);
      if (!isAsked && (!this.follows || plan.isCurrent(i) || cell.cell.isFromLink)) continue;
      if (!isAsked && "failure" in cell.compiled(this.words)) continue;
      const blocker = this.blocker(i, isAsked);
      const next = plan.missing(i) ?? i;
      if (blocker === null && (runs.get(this.cells[next]!) ?? 0) < mostRuns) return next;
      if (isAsked) {
        this.settle(cell, false);
        if (blocker !== null) cell.cell.show(this.waitsFor(blocker));
      }
    }
    const unsettled = this.follows && this.isLive() ? plan.unsettled() : null;
    return unsettled !== null && (runs.get(this.cells[unsettled]!) ?? 0) < mostRuns ? unsettled : null;
  }

  private settle(cell: Draft, ok: boolean): void {
    const told = this.asked.get(cell) ?? [];
    this.asked.delete(cell);
    for (const tell of told) tell(ok);
  }

  /** @returns whether it ran without an error; null where it was stopped */
  private async execute(cell: Draft, i: number): Promise<boolean | null> {
    const { plan } = this;
    const { source } = cell;
    const listener = cell.cell.listener();
    const [count, stamp] = [++this.count, ++this.stamp];
    // What this run is about is told before: the plan knows no more of it once it is over.
    const scope = [...plan.scope(i)];
    const saw = new Map([...plan.reach(i)].map((name) => [name, plan.version(name, i)]));
    const drawn = plan.version(generatorName, i);
    const held = plan.held(i);
    const makers = new Map(scope.map(([name]) => [name, plan.origin(name, i)!.maker]));
    const mayAlter = [...new Set([...plan.mayAlter(i), ...cell.account.consumes])];
    const secretive = mayAlter.filter((name) => plan.isSecretive(name, i));
    // Functions that were made together may know the same variables.
    const twins = (names: string[]): string[] =>
      names
        .filter((name) => secretive.includes(name))
        .flatMap((name) => [...this.cells[makers.get(name)!]!.run!.gave.keys()])
        .filter((name) => makers.has(name) && plan.isSecretive(name, i));
    listener.started(count);
    const begun = performance.now();
    let answer: RunAnswer | null = { ok: false, gave: [], altered: [], drew: false, moved: false };
    let made = cell.compiled(this.words);
    // The error names this run.
    if ("failure" in made) made = compile(source, `In[${count}]`, this.words);
    if ("failure" in made) listener.heard({ op: "publish", type: "error", content: { ...made.failure } });
    else {
      this.running = cell;
      const limit = this.asked.has(cell) ? undefined : setTimeout(() => this.drop(cell), longest);
      const imports = [...cell.account.imports.keys()];
      const about = { stamp, scope, mayAlter, secretive, imports, forgets: this.forgets.splice(0) };
      const order = { cell: cell.cell.id, source, count, ...about, ...made };
      answer = await this.session.run(order, (frame) => listener.heard(frame));
      clearTimeout(limit);
      this.running = null;
    }
    listener.ended(answer?.ok ?? null);
    if (answer === null) return null;
    if (cell.run !== null) this.forgets.push(cell.run.stamp);
    // Now it is known whether it draws.
    for (const name of [generatorName, seed]) saw.delete(name);
    if (answer.drew) saw.set(generatorName, drawn);
    for (const name of new Set([...answer.altered, ...twins(answer.altered)])) {
      const { log } = this.cells[makers.get(name)!]!;
      log.set(name, [...(log.get(name) ?? []), stamp]);
    }
    cell.log = new Map();
    cell.run = {
      source,
      stamp,
      version: this.versionOf(source, saw),
      gave: new Map(answer.moved ? [...answer.gave, [generatorName, ""]] : answer.gave),
      altered: new Set([...answer.altered, ...twins(answer.altered)]),
      saw,
      held,
      ok: answer.ok,
      milliseconds: performance.now() - begun,
      stopped: null,
    };
    return answer.ok;
  }

  /** The same for the same code and inputs. */
  private versionOf(source: string, saw: Run["saw"]): string {
    const key = JSON.stringify([source, ...[...saw].sort(([a], [b]) => (a < b ? -1 : 1))]);
    const version = this.versions.get(key) ?? `v${this.versions.size}`;
    this.versions.set(key, version);
    return version;
  }

  /** Ends the engine, and with it all variables. @param stopped a cell that ran too long */
  private drop(stopped?: Draft): void {
    this.session.end();
    this.running = null;
    for (const cell of this.cells) {
      cell.log = new Map();
      if (cell.run !== null) cell.run = { ...cell.run, stamp: 0 };
    }
    if (stopped) this.breakOff(stopped, "late");
  }

  /** A cell was stopped: it does not begin again by itself. */
  private breakOff(cell: Draft, stopped: Run["stopped"]): void {
    const { source } = cell;
    const nothing = {
      gave: new Map<string, string>(),
      altered: new Set<string>(),
      held: new Map<string, number>(),
    };
    const { plan } = this;
    plan.refresh();
    const i = this.cells.indexOf(cell);
    const saw = new Map([...plan.reach(i)].map((name) => [name, plan.version(name, i)]));
    cell.run = {
      source,
      stamp: 0,
      version: "",
      saw,
      ...nothing,
      ok: false,
      milliseconds: 0,
      stopped,
    };
  }
}
