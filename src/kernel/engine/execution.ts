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
  /** What `console.group` puts before its lines. */
  indent = "";

  constructor(
    /** The front's number of the request. */
    readonly id: number,
    readonly count: number,
    readonly allowStdin: boolean,
    /** The front end's id of the cell. */
    readonly cell: string | null,
  ) {}
}

/** Node.js 20 and 22 keep what is stored on each of their own objects that belongs to it, where it is not to show. */
export class Storage<T> extends AsyncLocalStorage<T> {
  declare private readonly kResourceStore: symbol;

  _propagate(resource: { [key: symbol]: unknown }, trigger: { [key: symbol]: unknown }, type: string): void {
    const key = this.kResourceStore;
    const value = trigger[key];
    // This takes a tenth of the time, and promises are the many.
    if (type === "PROMISE") resource[key] = value;
    else Object.defineProperty(resource, key, { value, writable: true, configurable: true });
  }
}

const executions = new Storage<Execution>();
let latest: Execution | null = null;

/** Runs on behalf of an execution: what is started inside belongs to it, however late it happens. */
export function within<T>(execution: Execution | null, run: () => T): T {
  return execution === null ? run() : executions.run(execution, run);
}

/** Does what is to be done before an execution ends, or until `stopped`; what goes wrong in it is told. */
export async function finish(
  execution: Execution,
  failed: (execution: Execution, error: unknown) => void,
  stopped?: Promise<void>,
): Promise<void> {
  for (const end of execution.ends ?? []) {
    const done = within(execution, async () => end()).catch((error: unknown) => failed(execution, error));
    await (stopped === undefined ? done : Promise.race([done, stopped]));
  }
  execution.ends = null;
}

/** Begins an execution: from now on what belongs to no other belongs to it. */
export function begin(execution: Execution): void {
  latest = execution;
}

/** The execution that the running code belongs to; the latest one where that is not known. */
export function currentExecution(): Execution | null {
  return executions.getStore() ?? latest;
}
