import type { Frame } from "../../runtime/ports";
import type { Account, PlannedCell, Run } from "./account";

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

  constructor(readonly cell: FollowedCell) {
    ({ source: this.source, account: this.account } = cell);
  }

  take(): void {
    ({ source: this.source, account: this.account } = this.cell);
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
