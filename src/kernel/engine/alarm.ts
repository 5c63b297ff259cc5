import { readSync } from "node:fs";
import { workerData } from "node:worker_threads";

/** The pipe on which the front sends the number of an interrupt, a line each. */
const fromFront = 5;
/** How long the cell's own checks have before a signal is tried, in milliseconds. */
const grace = 1000;
const tries = 10;

const pending = workerData as Int32Array;
const bytes = Buffer.alloc(256);

/** This thread waits in a blocking read, so that it hears the front whatever the cells do. */
for (;;) {
  let length: number;
  try {
    length = readSync(fromFront, bytes);
  } catch (error) {
    if (["EAGAIN", "EINTR"].includes((error as NodeJS.ErrnoException).code ?? "")) continue;
    length = 0;
  }
  // The front is gone: a cell that never ends must not outlive it.
  if (length === 0) end();
  const sequence = Number(bytes.toString("latin1", 0, length).trim().split("\n").at(-1));
  Atomics.store(pending, 0, sequence);
  // A loop inside a library has no checks; Node stops a cell's own run at this signal.
  // It may come between two runs, so it comes again; in the end the front replaces this process.
  for (let i = 0; i < tries && Atomics.wait(pending, 0, sequence, grace) === "timed-out"; i++) {
    process.kill(process.pid, "SIGINT");
  }
}

function end(): never {
  try {
    process.kill(-process.pid, "SIGKILL");
  } catch {
    process.kill(process.pid, "SIGKILL");
  }
  for (;;) Atomics.wait(pending, 0, Atomics.load(pending, 0));
}
