import { writeSync } from "node:fs";
import { Socket } from "node:net";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { Frame } from "../../runtime/ports";
import { encode, FrameReader } from "../pipe";
import { heedThose } from "./interrupt";

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
