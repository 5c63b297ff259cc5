import { ports } from "./ports";

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

let latest: Execution | null = null;

/** Runs on behalf of an execution: what is started inside belongs to it, however late it happens. */
export function within<T>(execution: Execution | null, run: () => T): T {
  return execution === null ? run() : ports.owners.run(execution, run);
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
  return (ports.owners.getStore() as Execution | undefined) ?? latest;
}

/** What an interrupted cell ends with. */
export class Interrupted extends Error {
  override name = "Interrupted";
  constructor() {
    super("The cell was interrupted.");
  }
}

/** Whether a thrown value is an interrupt's, of ours or of Node's own. */
export function isInterrupt(thrown: unknown): boolean {
  return (
    thrown instanceof Interrupted ||
    (thrown instanceof Error && (thrown as { code?: unknown }).code === "ERR_SCRIPT_EXECUTION_INTERRUPTED")
  );
}
