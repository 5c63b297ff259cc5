import { createRequire, syncBuiltinESMExports } from "node:module";
import { Storage } from "./execution";
import { isInterrupt } from "./interrupt";

type Timer = NodeJS.Timeout | NodeJS.Immediate;
type Start = (callback: unknown, ...rest: unknown[]) => Timer;

/** Of each run of a timer's callback, and of what it awaits: the timer itself and those that it has set. */
const runs = new Storage<Set<Timer>>();

/** Lets `stopTimers` know which timers a callback would come back by. */
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
    const setter = runs.getStore();
    function run(this: Timer, ...args: unknown[]): unknown {
      if (!repeats) setter?.delete(timer);
      return runs.run(new Set([timer]), () => {
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

/** Ends what the running callback, or what it left waiting, would come back by. */
export function stopTimers(): void {
  for (const timer of runs.getStore() ?? []) {
    clearTimeout(timer as NodeJS.Timeout);
    clearImmediate(timer as NodeJS.Immediate);
  }
}
