import { AsyncLocalStorage } from "node:async_hooks";
import { createRequire, syncBuiltinESMExports } from "node:module";
import { inspect } from "node:util";
import { isInterrupt } from "../../runtime/execution";

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

/** What Node keeps on promises while it knows which cell they belong to. */
const keptByNode = /^(async_id_symbol|trigger_async_id_symbol|kResourceStore)$/;

/** What a timer shows is read of these. */
interface TimerInside {
  _destroyed: boolean;
  _idleTimeout: number;
  _repeat: number | null;
}

/** Lets promises and timers show what a reader can use, not how Node keeps them. */
export function showNodeObjects(): void {
  show(Promise.prototype, function (this: object) {
    for (const key of Object.getOwnPropertySymbols(this))
      if (keptByNode.test(key.description ?? "")) Object.defineProperty(this, key, { enumerable: false });
    // Node goes on with the object as it is.
    return this;
  });
  const [timeout, immediate] = [setTimeout(() => {}, 0), setImmediate(() => {})];
  clearTimeout(timeout);
  clearImmediate(immediate);
  show(Object.getPrototypeOf(timeout) as object, function (this: TimerInside) {
    const kind = this._repeat === null ? "Timeout" : "Interval";
    return `${kind} (${this._destroyed ? "over" : `${this._idleTimeout} ms`})`;
  });
  show(Object.getPrototypeOf(immediate) as object, () => "Immediate");
}

function show(prototype: object, how: (this: never) => unknown): void {
  Object.defineProperty(prototype, inspect.custom, { value: how, configurable: true, writable: true });
}

type Timer = NodeJS.Timeout | NodeJS.Immediate;
type Start = (callback: unknown, ...rest: unknown[]) => Timer;

/** For each run of a timer's callback, and for what it awaits: the timer itself and those that the callback has set. */
const timersOfRun = new Storage<Set<Timer>>();

/** Lets `stopTimers` know by which timers a callback would run again. */
export function knowTimers(): void {
  const own = Object.fromEntries(
    [setTimeout, setInterval, setImmediate].map((start) => [start.name, known(start as Start)]),
  );
  Object.assign(globalThis, own);
  // A cell may import them too.
  Object.assign(createRequire(__filename)("node:timers") as object, own);
  syncBuiltinESMExports();
}

function known(start: Start): Start {
  const repeats = start.name === "setInterval";
  const set: Start = (callback, ...rest) => {
    // What Node says of something else is its own.
    if (typeof callback !== "function") return start(callback, ...rest);
    const setter = timersOfRun.getStore();
    function run(this: Timer, ...args: unknown[]): unknown {
      if (!repeats) setter?.delete(timer);
      return timersOfRun.run(new Set([timer]), () => {
        try {
          return Reflect.apply(callback as () => unknown, this, args) as unknown;
        } catch (error) {
          // Who hears of it does so outside of this run.
          if (isInterrupt(error)) stopTimers();
          throw error;
        }
      });
    }
    const timer = start(run, ...rest);
    setter?.add(timer);
    return timer;
  };
  // Such as what `promisify` asks for.
  return Object.defineProperties(set, Object.getOwnPropertyDescriptors(start));
}

/** Ends the timers by which the running callback, or what it left waiting, would run again. */
export function stopTimers(): void {
  for (const timer of timersOfRun.getStore() ?? []) {
    clearTimeout(timer as NodeJS.Timeout);
    clearImmediate(timer as NodeJS.Immediate);
  }
}
