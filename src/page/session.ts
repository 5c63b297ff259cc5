import type { Failure } from "../runtime/execution";
import type { ChineseTable } from "../kernel/chinese/translator";
import type { Frame } from "../runtime/ports";
import { compile, type Compiled } from "./cell/compile";
import type { Words } from "./pagewords";

/** What a run of a cell tells. */
export interface Listener {
  started(count: number): void;
  /** Jupyter's output messages, and `comm_…`, in their order. */
  heard(frame: Frame): void;
  ended(ok: boolean): void;
}

/** A cell that ran, so that it can be run again. */
interface Run {
  cell: string;
  source: string;
  compiled: Compiled;
  count: number;
  listener: Listener;
}

export type State = "starting" | "ready" | "running" | "replaying";

/** The page's engine and what it has been asked: a worker, and the cells that ran in it. */
export class Session {
  private worker: Worker;
  private count = 0;
  private id = 0;
  private ran: Run[] = [];
  /** Those that are being run again and have not been yet. */
  private again: Run[] = [];
  private queue: Promise<void> = Promise.resolve();
  /** Grows when what waits is called off. */
  era = 0;
  private listeners = new Map<number, { run: Run; done: (ok: boolean) => void }>();
  private isReady: Promise<void> = Promise.resolve();
  private busy = false;

  /**
   * @param script the worker's, as a Blob's address
   * @param changed is told of every state
   * @param ready is told what the worker offers
   * @param chinese puts what cells are told into Chinese; null where it stays English
   */
  constructor(
    private readonly script: string,
    private readonly words: Words,
    private readonly changed: (state: State) => void,
    private readonly ready: (operations: string[]) => void,
    private readonly chinese: Promise<ChineseTable | null>,
  ) {
    this.worker = this.start();
  }

  /** Runs a cell when those before it are done. @returns whether it ran without an error. */
  run(cell: string, source: string, listener: Listener): Promise<boolean> {
    const { era } = this;
    return this.later(async () => {
      if (era !== this.era) return false;
      const count = ++this.count;
      listener.started(count);
      const compiled = compile(source, `In[${count}]`, this.words);
      if ("failure" in compiled) return fail(listener, compiled.failure);
      const run = { cell, source, compiled, count, listener };
      this.changed("running");
      const ok = await this.execute(run);
      // A cell that failed has changed what it changed before: it too belongs to the state.
      if (era === this.era) this.ran.push(run);
      this.changed("ready");
      return ok;
    });
  }

  /** Whether a cell runs or waits. */
  get isBusy(): boolean {
    return this.busy;
  }

  /**
   * Ends what runs and what waits. A worker can only be ended whole: the cells that had run are run again in another.
   * @returns how many were
   */
  async stop(): Promise<number> {
    const again = [...this.ran, ...this.again];
    this.end();
    this.again = [...again];
    await this.later(async () => {
      const { era } = this;
      this.changed("replaying");
      for (const run of again) {
        if (era !== this.era) return;
        run.listener.started(run.count);
        await this.execute(run);
        if (era === this.era) this.ran.push(this.again.shift()!);
      }
      this.changed("ready");
    });
    return new Set(again.map(({ cell }) => cell)).size;
  }

  /** Forgets all that ran. */
  reset(): void {
    this.end();
    this.count = 0;
  }

  /** Says something to the running cells: a control's value, or a line that was asked for. */
  send(frame: Frame): void {
    this.worker.postMessage(frame);
  }

  /** The names of a value's properties, for completion. */
  members(path: string[]): Promise<string[]> {
    if (this.busy) return Promise.resolve([]);
    return new Promise((resolve) => {
      const { worker } = this;
      const heard = ({ data }: MessageEvent<Frame>): void => {
        if (data.op !== "members") return;
        worker.removeEventListener("message", heard);
        resolve(data.names as string[]);
      };
      worker.addEventListener("message", heard);
      worker.postMessage({ op: "members", path });
    });
  }

  private end(): void {
    this.era++;
    this.worker.terminate();
    [this.ran, this.again] = [[], []];
    const ended = [...this.listeners.values()];
    this.listeners.clear();
    this.worker = this.start();
    for (const { done } of ended) done(false);
  }

  private later<T>(work: () => Promise<T>): Promise<T> {
    const done = this.queue.then(async () => {
      this.busy = true;
      await this.isReady;
      return work();
    });
    this.queue = done.then(
      () => void (this.busy = false),
      () => void (this.busy = false),
    );
    return done;
  }

  private execute(run: Run): Promise<boolean> {
    const id = ++this.id;
    return new Promise((resolve) => {
      const done = (ok: boolean): void => {
        run.listener.ended(ok);
        resolve(ok);
      };
      this.listeners.set(id, { run, done });
      const { cell, source, count, compiled } = run;
      this.worker.postMessage({ op: "execute", id, cell, source, count, ...compiled });
    });
  }

  private start(): Worker {
    this.changed("starting");
    const worker = new Worker(this.script);
    const isThere = new Promise<void>((resolve) => {
      worker.addEventListener("message", ({ data }: MessageEvent<Frame>) => {
        if (data.op === "ready") {
          this.ready(data.operations as string[]);
          this.changed("ready");
          resolve();
        } else this.hear(data);
      });
    });
    this.isReady = this.chinese.then((table) => {
      if (table !== null) worker.postMessage({ op: "chinese", table });
      return isThere;
    });
    return worker;
  }

  private hear(frame: Frame): void {
    if (frame.op === "done") {
      const known = this.listeners.get(frame.id as number);
      // It stays: what its timers and controls print later is shown too.
      known?.done(frame.ok as boolean);
    } else this.listeners.get(frame.parent as number)?.run.listener.heard(frame);
  }
}

function fail(listener: Listener, failure: Failure): boolean {
  listener.heard({ op: "publish", type: "error", content: { ...failure } });
  listener.ended(false);
  return false;
}
