import { AsyncResource, AsyncLocalStorage } from "node:async_hooks";
import { jupyterDisplay } from "../runtime/display";
import { currentHost } from "../runtime/kernelhost";
import { inspectCustom } from "../runtime/ports";

/** What is called with a control's new value. */
export type Listener<T> = (value: T) => void | Promise<void>;

/**
 * The listeners of one control. While a listener is still at work on a value only the newest of those that come is
 * kept for it: it falls behind by one value at most, and the last one always reaches it.
 */
export class Listeners<T> {
  private readonly all = new Set<Delivery<T>>();

  /** @returns what ends it. */
  add(listener: Listener<T>): () => void {
    const delivery = new Delivery(listener);
    this.all.add(delivery);
    const end = (): void => {
      this.all.delete(delivery);
      delivery.end();
    };
    // As a cell's last expression it is nothing to look at.
    return Object.assign(end, { [jupyterDisplay]: () => ({}), [inspectCustom]: () => "listening" });
  }

  /** @param moved whether a reader moves the control, so that more may follow at once. */
  tell(value: T, moved: boolean): void {
    for (const delivery of [...this.all]) delivery.tell(value, moved);
  }

  clear(): void {
    for (const delivery of this.all) delivery.end();
    this.all.clear();
  }
}

/** One listener and the value that waits for it. */
class Delivery<T> {
  private readonly call: (value: T, moved: boolean) => void | Promise<void>;
  private readonly report: (error: unknown) => void;
  private next: { value: T; moved: boolean } | null = null;
  private busy = false;
  private ended = false;
  private lastError: unknown;

  constructor(listener: Listener<T>) {
    // On behalf of the cell that gave the listener, whoever moves the control.
    this.call = AsyncResource.bind((value: T, moved: boolean) =>
      moved ? whileMoving(() => listener(value)) : listener(value),
    );
    this.report = AsyncResource.bind(report);
  }

  tell(value: T, moved: boolean): void {
    this.next = { value, moved };
    if (!this.busy) this.work();
  }

  end(): void {
    this.ended = true;
    this.next = null;
  }

  private work(): void {
    this.busy = true;
    while (this.next !== null) {
      const { value, moved } = this.next;
      this.next = null;
      try {
        const work = this.call(value, moved);
        // A cell's promises need not be of this code's class: cells have globals of their own.
        if (typeof work?.then === "function") {
          void work.then(
            () => this.done(),
            (error: unknown) => this.done({ error }),
          );
          return;
        }
        this.lastError = undefined;
      } catch (error) {
        this.failed(error);
      }
    }
    this.busy = false;
  }

  private done(failure?: { error: unknown }): void {
    if (failure) this.failed(failure.error);
    else this.lastError = undefined;
    this.work();
  }

  /** A slider that is drawn over many values would say the same of each. */
  private failed(error: unknown): void {
    const message = messageOf(error);
    const kind = typeof message === "string" ? message.replace(/\d+/g, "#") : message;
    if (this.ended || kind === this.lastError) return;
    this.lastError = kind;
    this.report(error);
  }
}

function messageOf(thrown: unknown): unknown {
  try {
    return (thrown as { message?: unknown } | null)?.message ?? thrown;
  } catch {
    return thrown;
  }
}

/** Where nobody handles it the kernel shows it, as an error of the cell. */
function report(error: unknown): void {
  if (currentHost() !== null) void Promise.reject(error);
  else console.error(error);
}

const movements = new AsyncLocalStorage<true>();

/** Runs what a reader's hand in the page set off: more of it may follow at once. */
function whileMoving<T>(run: () => T): T {
  return movements.run(true, run);
}

/** Whether the running code was set off by a control that a reader moves. */
export function isMoving(): boolean {
  return movements.getStore() === true;
}
