import { currentExecution, Interrupted } from "../../runtime/execution";

/** Under this symbol the code of the cells finds the checks that were compiled into it. */
export const interruptKey = Symbol.for("tslab-gradients.interrupt");

/** The numbers of the newest interrupt, which a thread of its own writes, and of the newest that was heeded. */
let interrupts: Int32Array = new Int32Array(2);

/** At the start of every loop's body. Atomics: a plain read could be moved out of the loop by the optimiser. */
function loop(): void {
  if (Atomics.load(interrupts, 0) > Atomics.load(interrupts, 1)) throw new Interrupted();
}

/** After every await: a cell that was stopped does not go on when what it awaited comes after all. */
function resume<T>(value: T): T {
  if (currentExecution()?.cancelled === true) throw new Interrupted();
  return value;
}

/** Lets cells see the interrupts that are counted here. */
export function heedThose(counted: Int32Array): void {
  interrupts = counted;
  (globalThis as { [interruptKey]?: unknown })[interruptKey] = { loop, resume };
}

/** The interrupt of this number was heeded, whether or not the thread has heard of it yet. */
export function heed(sequence: number): void {
  Atomics.store(interrupts, 1, sequence);
}

/** All that came were heeded: what else runs is not meant. */
export function heedAll(): void {
  heed(Atomics.load(interrupts, 0));
}
