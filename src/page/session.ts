import type { ChineseTable } from "../kernel/chinese/translator";
import type { Frame } from "../runtime/ports";
import type { Compiled } from "./cell/compile";

/** What the worker is asked to run. */
export interface RunOrder extends Compiled {
  cell: string;
  source: string;
  count: number;
  /** The run's own number, by which later ones ask for what it gave. */
  stamp: number;
  /** The variables that it finds, with the stamps of the runs that gave them. */
  scope: [name: string, stamp: number][];
  /** The variables whose objects it may alter, as far as its text tells. */
  mayAlter: string[];
  /** Those whose functions may change what no look at them shows. */
  secretive: string[];
  /** Of what it declares, the imports, which nothing alters. */
  imports: string[];
  /** Runs whose values nobody asks for any more. */
  forgets: number[];
}

/** What became of a run. */
export interface RunAnswer {
  ok: boolean;
  /** The variables that it gave a value: see `Run.gave` of the plan. */
  gave: [name: string, value: string][];
  /** Those whose objects it altered. */
  altered: string[];
  /** Whether it drew from the default generator before it seeded it, and whether it left it otherwise than it was. */
  drew: boolean;
  moved: boolean;
}

export type State = "starting" | "ready" | "running" | "replaying";

/** The page's engine: a worker, which runs one cell at a time. */
export class Session {
  private worker: Worker;
  private id = 0;
  private readonly listeners = new Map<number, (frame: Frame) => void>();
  private done: ((answer: RunAnswer | null) => void) | null = null;
  private isReady: Promise<void> = Promise.resolve();

  /**
   * @param script the worker's, as a Blob's address
   * @param changed is told that the worker starts, and that it is ready
   * @param ready is told what the worker offers
   * @param chinese puts what cells are told into Chinese; null where it stays English
   */
  constructor(
    private readonly script: string,
    private readonly changed: (state: State) => void,
    private readonly ready: (operations: string[]) => void,
    private readonly chinese: Promise<ChineseTable | null>,
  ) {
    this.worker = this.start();
  }

  /**
   * Runs a cell; the one before must be done.
   * @param hear is told what it says, also after it is done: Jupyter's output messages and `comm_…`, in their order
   * @returns null where the engine was ended before
   */
  async run(order: RunOrder, hear: (frame: Frame) => void): Promise<RunAnswer | null> {
    const { worker } = this;
    await this.isReady;
    if (worker !== this.worker) return null;
    const id = ++this.id;
    this.listeners.set(id, hear);
    return new Promise((resolve) => {
      this.done = resolve;
      worker.postMessage({ op: "execute", id, ...order });
    });
  }

  /** Ends what runs. A worker can only be ended whole: its variables are gone, and another starts. */
  end(): void {
    this.worker.terminate();
    this.listeners.clear();
    const { done } = this;
    this.done = null;
    this.worker = this.start();
    done?.(null);
  }

  /** Says something to the running cells: a control's value, or a line that was asked for. */
  send(frame: Frame): void {
    this.worker.postMessage(frame);
  }

  /** The names of a value's properties, for completion. */
  members(path: string[]): Promise<string[]> {
    if (this.done !== null) return Promise.resolve([]);
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

  private start(): Worker {
    this.changed("starting");
    const worker = new Worker(this.script);
    const isThere = new Promise<void>((resolve) => {
      worker.addEventListener("message", ({ data }: MessageEvent<Frame>) => {
        if (data.op === "ready") {
          this.ready(data.operations as string[]);
          resolve();
          if (worker === this.worker) this.changed("ready");
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
      const { done } = this;
      this.done = null;
      done?.(frame as unknown as RunAnswer);
      // Its listener stays: what its timers and controls print later is shown too.
    } else this.listeners.get(frame.parent as number)?.(frame);
  }
}
