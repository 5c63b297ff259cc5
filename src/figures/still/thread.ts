import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { Figure } from "../figure";
import type { Delivery, Order, Pictures } from "./painter";

type Waiting = { resolve(pictures: Pictures): void; reject(error: unknown): void };

/** The thread that draws figures: plotly.js, its page and its fonts take longer to load than a figure to be drawn. */
class Painter {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private count = 0;

  constructor(ended: () => void) {
    // A thread is not asked before the process ends: what it writes is removed for it.
    const folder = join(tmpdir(), `tslab-gradients-${randomUUID()}`);
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
    const program = `require(${JSON.stringify(join(__dirname, "machinecode.js"))}).runPainter()`;
    this.worker = new Worker(program, { eval: true, workerData: { folder } });
    this.worker.unref();
    this.worker.on("message", (delivery: Delivery) => this.deliver(delivery));
    const end = (reason: unknown): void => {
      ended();
      for (const { reject } of this.waiting.values()) reject(reason);
      this.waiting.clear();
    };
    this.worker.on("error", end);
    // After an error, or without one, as where something in it ends it.
    this.worker.on("exit", (code) =>
      end(
        new Error(
          `The thread that draws figures ended, with exit code ${code}, before it had drawn this one.`,
        ),
      ),
    );
  }

  draw(figure: Figure): Promise<Pictures> {
    // A process lives as long as a figure is waited for, and no longer.
    this.worker.ref();
    const number = ++this.count;
    return new Promise((resolve, reject) => {
      this.waiting.set(number, { resolve, reject });
      // As JSON a figure holds nothing that cannot be sent.
      const order: Order = { number, figure: JSON.parse(JSON.stringify(figure)) as Figure };
      this.worker.postMessage(order);
    });
  }

  private deliver(delivery: Delivery): void {
    const waiting = this.waiting.get(delivery.number);
    this.waiting.delete(delivery.number);
    if (this.waiting.size === 0) this.worker.unref();
    if ("pictures" in delivery) waiting?.resolve(delivery.pictures);
    else waiting?.reject(delivery.error);
  }
}

let painter: Painter | null = null;

/** Starts the thread, so that the first figure need not wait for it. */
export function startPainter(): void {
  if (painter !== null) return;
  const started = new Painter(() => {
    if (painter === started) painter = null;
  });
  painter = started;
}

/** The figure's pictures, drawn while other code runs. */
export function paint(figure: Figure): Promise<Pictures> {
  startPainter();
  return painter!.draw(figure);
}
