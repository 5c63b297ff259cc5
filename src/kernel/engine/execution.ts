import { AsyncLocalStorage } from "node:async_hooks";

/** What went wrong, as Jupyter's `error` says it. */
export interface Failure {
  ename: string;
  evalue: string;
  /** Lines for a terminal, colours included. */
  traceback: string[];
}

/** One run of a cell, or the latest one that something late belongs to. */
export class Execution {
  /** Whether the reader stopped it: what it left running ends at its next await. */
  cancelled = false;
  /** What went wrong in it, also beside its own code: in a timer, or a promise that nobody handled. */
  failure: Failure | null = null;
  /** The last expression's value. */
  result: { value: unknown } | null = null;
  /** What is to be done before it ends; null once it is over. */
  ends: (() => Promise<void>)[] | null = [];

  constructor(
    /** The front's number of the request. */
    readonly id: number,
    readonly count: number,
    readonly allowStdin: boolean,
    /** The front end's id of the cell. */
    readonly cell: string | null,
  ) {}
}

const executions = new AsyncLocalStorage<Execution>();
let latest: Execution | null = null;

/** Runs on behalf of an execution: what is started inside belongs to it, however late it happens. */
export function within<T>(execution: Execution | null, run: () => T): T {
  return execution === null ? run() : executions.run(execution, run);
}

/** Begins an execution: from now on what belongs to no other belongs to it. */
export function begin(execution: Execution): void {
  latest = execution;
}

/** The execution that the running code belongs to; the latest one where that is not known. */
export function currentExecution(): Execution | null {
  return executions.getStore() ?? latest;
}
