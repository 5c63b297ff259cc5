/** What the running code belongs to: every storage's value. */
type Context = ReadonlyMap<object, unknown>;

const none: Context = new Map();
let current: Context = none;

/** The part of Node's AsyncLocalStorage that the kernel uses; browsers have none. */
export class AsyncLocalStorage<T> {
  run<R>(store: T, run: () => R): R {
    return within(new Map(current).set(this, store), run);
  }

  getStore(): T | undefined {
    return current.get(this) as T | undefined;
  }
}

/** Node's AsyncResource: what is bound runs on behalf of the code that bound it. */
export const AsyncResource = { bind };

function bind<A extends unknown[], R>(run: (...args: A) => R): (...args: A) => R {
  const context = current;
  return (...args) => within(context, () => run(...args));
}

function within<R>(context: Context, run: () => R): R {
  const before = current;
  current = context;
  try {
    return run();
  } finally {
    current = before;
  }
}

/** Taken before an `await`, for `back` after it. */
export function here(): Context {
  return current;
}

/** After an `await` the code belongs to what it belonged to before, until it waits again. */
export function back<T>(context: Context, value: T): T {
  current = context;
  queueTask(() => {
    if (current === context) current = none;
  });
  return value;
}

const queueTask = globalThis.queueMicrotask.bind(globalThis);

/** The timers that may still run, by whom they belong to. */
const timers = new Map<unknown, Set<number>>();

/** Timers belong to the code that sets them. @param owner whom that belongs to @param ran is called before each */
export function bindTimers(owner: () => unknown, ran: () => void): void {
  for (const name of ["setTimeout", "setInterval"] as const) {
    const original = globalThis[name].bind(globalThis) as (...args: unknown[]) => number;
    const bound = (run: unknown, ...rest: unknown[]): number => {
      const known = timers.get(owner()) ?? new Set();
      timers.set(owner(), known);
      const work = bind((...args: unknown[]) => {
        if (name === "setTimeout") known.delete(id);
        ran();
        (run as (...args: unknown[]) => void)(...args);
      });
      const id = original(typeof run === "function" ? work : run, ...rest);
      known.add(id);
      return id;
    };
    Object.assign(globalThis, { [name]: bound });
  }
  Object.assign(globalThis, { queueMicrotask: (run: () => void) => queueTask(bind(run)) });
}

/** Ends the timers that belong to one. */
export function endTimers(owner: unknown): void {
  for (const id of timers.get(owner) ?? []) globalThis.clearTimeout(id);
  timers.delete(owner);
}
