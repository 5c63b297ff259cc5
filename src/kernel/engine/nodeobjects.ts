import { inspect } from "node:util";

/** What Node keeps on promises while it knows which cell they belong to. */
const kept = /^(async_id_symbol|trigger_async_id_symbol|kResourceStore)$/;

/** What is read of a timer. */
interface Timer {
  _destroyed: boolean;
  _idleTimeout: number;
  _repeat: number | null;
}

/** Promises and timers show what a reader can use, not how Node keeps them. */
export function showNodeObjects(): void {
  show(Promise.prototype, function (this: object) {
    for (const key of Object.getOwnPropertySymbols(this))
      if (kept.test(key.description ?? "")) Object.defineProperty(this, key, { enumerable: false });
    // Node goes on with the object as it is.
    return this;
  });
  const [timeout, immediate] = [setTimeout(() => {}, 0), setImmediate(() => {})];
  clearTimeout(timeout);
  clearImmediate(immediate);
  show(Object.getPrototypeOf(timeout) as object, function (this: Timer) {
    const kind = this._repeat === null ? "Timeout" : "Interval";
    return `${kind} (${this._destroyed ? "over" : `${this._idleTimeout} ms`})`;
  });
  show(Object.getPrototypeOf(immediate) as object, () => "Immediate");
}

function show(prototype: object, how: (this: never) => unknown): void {
  Object.defineProperty(prototype, inspect.custom, { value: how, configurable: true, writable: true });
}
