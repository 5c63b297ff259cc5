import { writeSync } from "node:fs";
import { Socket } from "node:net";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { currentExecution, Interrupted } from "../../runtime/execution";
import type { Frame } from "../../runtime/ports";
import { encode, FrameReader } from "../pipe";

/** The pipes that the front gave this process. */
const toFront = 3;
const fromFront = 4;

/**
 * Says something to the front. It is written before this returns, so that what a cell prints shows while it still
 * computes, and a flood waits until the front has read.
 */
export function tell(frame: Frame): void {
  const bytes = encode(frame);
  for (let offset = 0; offset < bytes.length;) {
    try {
      offset += writeSync(toFront, bytes, offset);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
    }
  }
}

/** Hears the front until it is gone; then this process has nothing left to do. */
export function listen(heard: (frame: Frame) => void): void {
  const reader = new FrameReader();
  const pipe = new Socket({ fd: fromFront, readable: true, writable: false });
  pipe.on("data", (chunk: Buffer) => {
    for (const frame of reader.read(chunk)) heard(frame);
  });
  pipe.on("close", () => process.kill(process.pid, "SIGKILL"));
}

/** Starts the thread that hears interrupts while a cell computes. */
export function watch(): void {
  const interrupts = new Int32Array(new SharedArrayBuffer(8));
  heedThose(interrupts);
  new Worker(join(__dirname, "alarm.js"), { workerData: interrupts }).unref();
  // Node ends a process that gets this signal outside a cell's own code; the front tells us by other means too.
  process.on("SIGINT", () => {});
}

/** Under this symbol the code of the cells finds the checks that were compiled into it. */
const interruptKey = Symbol.for("tslab-gradients.interrupt");

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
function heedThose(counted: Int32Array): void {
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
