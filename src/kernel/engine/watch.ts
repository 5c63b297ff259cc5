import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { heedThose } from "./interrupt";

/** Starts the thread that hears interrupts while a cell computes. */
export function watch(): void {
  const interrupts = new Int32Array(new SharedArrayBuffer(8));
  heedThose(interrupts);
  new Worker(join(__dirname, "alarm.js"), { workerData: interrupts }).unref();
  // Node ends a process that gets this signal outside a cell's own code; the front tells us by other means too.
  process.on("SIGINT", () => {});
}
