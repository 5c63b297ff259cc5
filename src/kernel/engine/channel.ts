import { writeSync } from "node:fs";
import { Socket } from "node:net";
import { encode, type Frame, FrameReader } from "../pipe";

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
