import type { Failure } from "../../runtime/execution";
import type { Frame } from "../../runtime/ports";
import { compile, type Compiled } from "../cell/compile";
import type { Words } from "../pagewords";
import type { Account } from "./account";

/** What a run of a cell was, as far as others hang on it. */
export interface Run {
  source: string;
  /** Its own among all runs; 0 where the engine that held its values has ended. */
  stamp: number;
  /** The same for two runs of the same code with the same inputs. */
  version: string;
  /**
   * The names that it gave a value, each with what tells whether two values are the same: `=…` where the value says so
   * itself, `=` where it cannot be altered, and nothing for an object.
   */
  gave: Map<string, string>;
  /** The names of objects that others made and it altered. */
  altered: Set<string>;
  /** By name, the version of what it used; null where nothing is known of it. */
  saw: Map<string, string | null>;
  /** By name, the stamp of the run that had made the object it used. */
  held: Map<string, number>;
  ok: boolean;
  milliseconds: number;
  /** Why it was ended from outside, if it was: it took too long, or its reader asked for it. */
  stopped: "late" | "asked" | null;
}

/** A cell, as the plan sees it. */
export interface PlannedCell {
  readonly source: string;
  readonly account: Account;
  /** The code whose outputs the page was made with; null where they were not up to date. */
  readonly original: string | null;
  /** The names that it gave then. */
  readonly gaveFirst: ReadonlySet<string>;
  run: Run | null;
  /** By name, the stamps of the runs that altered the object that it made, in their order. */
  log: Map<string, number[]>;
}

/** What a run of a cell tells. */
export interface Listener {
  started(count: number): void;
  heard(frame: Frame): void;
  /** @param ok null where it was stopped: what it did not replace stays */
  ended(ok: boolean | null): void;
}

/** How a cell stands, as its mark says it. */
export type Standing =
  | { kind: "current" | "failed" | "stale" | "queued" | "slow" | "stopped" | "fromLink" }
  /** It waits for a cell that failed, that came in a link, or that runs at a click. */
  | { kind: "waits"; cell: FollowedCell; why: "failed" | "link" | "click" }
  /** What was typed is no TypeScript yet. */
  | { kind: "syntax"; sentence: string };

/** A cell that follows edits, as its page has it. */
export interface FollowedCell extends Omit<PlannedCell, "run" | "log"> {
  readonly id: string;
  /** Whether it runs only at a click. */
  readonly isManual: boolean;
  /** Whether its code came in a link and its reader has not run it. */
  isFromLink: boolean;
  listener(): Listener;
  show(standing: Standing): void;
}

/** A cell as it was when those that follow each other began to run: its reader may go on writing. */
export class Draft implements PlannedCell {
  source: string;
  account: Account;
  run: Run | null = null;
  log = new Map<string, number[]>();
  private made: { source: string; result: Compiled | { failure: Failure } } | null = null;

  constructor(readonly cell: FollowedCell) {
    ({ source: this.source, account: this.account } = cell);
  }

  take(): void {
    ({ source: this.source, account: this.account } = this.cell);
  }

  /** As it runs, or why it does not. */
  compiled(words: Words): Compiled | { failure: Failure } {
    if (this.made?.source !== this.source)
      this.made = { source: this.source, result: compile(this.source, "In[ ]", words) };
    return this.made.result;
  }

  get original(): string | null {
    return this.cell.original;
  }

  get gaveFirst(): ReadonlySet<string> {
    return this.cell.gaveFirst;
  }

  get isEdited(): boolean {
    return this.source !== this.cell.source;
  }
}

/** By name, the cells that give it a value, from the top. */
export class Givers {
  private readonly places = new Map<string, number[]>();

  /** @param cell the last so far */
  add(name: string, cell: number): void {
    const known = this.places.get(name);
    if (known === undefined) this.places.set(name, [cell]);
    else known.push(cell);
  }

  /** Forgets a cell and all below it. */
  forget(first: number): void {
    for (const places of this.places.values()) while ((places.at(-1) ?? -1) >= first) places.pop();
  }

  /** The last that stands above a cell. */
  last(name: string, below: number): number | undefined {
    const places = this.places.get(name) ?? [];
    for (let i = places.length - 1; i >= 0; i--) if (places[i]! < below) return places[i];
    return undefined;
  }

  names(): Iterable<string> {
    return this.places.keys();
  }
}

/** Where a name's value comes from, for one cell. */
export interface Origin {
  /** The cell that gave it last, above. */
  maker: number;
  /** Those in between that altered the object. */
  alterers: number[];
}

/** What was found out of one cell, until it, or one above it, is another. */
export interface Findings {
  /** As it was then. */
  source: string;
  run: Run | null;
  reach?: Set<string>;
  origins: Map<string, Origin | null>;
  /** By name, see `laterOf`. */
  laters: Map<string, Set<string>>;
  mayAlter?: string[];
  /** All that what it may alter may hold parts of. */
  altered?: Set<string>;
  /** Of what it gives: by name, see `family`. */
  families: Map<string, Set<string>>;
  isCurrent?: boolean;
  isUntouched?: boolean;
  isSound?: boolean;
}
