import { Socket } from "node:net";
import { workerData } from "node:worker_threads";

/** The pipe on which the front sends the number of an interrupt, a line each. */
const fromFront = 5;
/** How long the cell's own checks have before a signal is tried, in milliseconds. */
const grace = 1000;
const tries = 10;

const interrupts = workerData as Int32Array;
let timer: NodeJS.Timeout | undefined;

// This thread has nothing else to do, so that it hears the front whatever the cells do. It never blocks: a report of
// the process (`process.report`, which native packages read as they load) waits for an answer of every thread.
const front = new Socket({ fd: fromFront, readable: true, writable: false });
front.on("data", (bytes) => {
  const sequence = Number(bytes.toString("latin1").trim().split("\n").at(-1));
  Atomics.store(interrupts, 0, sequence);
  clearInterval(timer);
  let left = tries;
  timer = setInterval(() => {
    if (left-- === 0 || Atomics.load(interrupts, 1) >= sequence) clearInterval(timer);
    // A loop inside a library has no checks; Node stops a cell's own run at this signal.
    // It may come between two runs, so it comes again; in the end the front replaces this process.
    // On Windows it would end this process at once.
    else if (process.platform !== "win32") process.kill(process.pid, "SIGINT");
  }, grace);
});
front.on("close", end);
front.on("error", () => {});

/** The front is gone: a cell that never ends must not outlive it. */
function end(): void {
  try {
    process.kill(-process.pid, "SIGKILL");
  } catch {
    process.kill(process.pid, "SIGKILL");
  }
}
