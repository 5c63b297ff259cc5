import { parentPort } from "node:worker_threads";
import type { Figure } from "../figure";
import { plotly } from "./page";
import { svgPng } from "./png";
import { figureSvg } from "./svg";

/** What a figure looks like where nothing moves. */
export interface Pictures {
  svg: string;
  /** Base64. */
  png: string;
}

/** A figure to be drawn, and what became of it. */
export interface Order {
  number: number;
  figure: Figure;
}
export type Delivery = { number: number } & ({ pictures: Pictures } | { error: unknown });

/** The thread's own program: it draws one figure after another, since its page holds one at a time. */
async function draw({ number, figure }: Order): Promise<Delivery> {
  try {
    const svg = await figureSvg(figure);
    const png = (await svgPng(svg)).toString("base64");
    return { number, pictures: { svg, png } };
  } catch (error) {
    return { number, error };
  }
}

let queue = Promise.resolve();
parentPort?.on("message", (order: Order) => {
  queue = queue.then(async () => parentPort?.postMessage(await draw(order)));
});

// Ready before the first figure comes.
plotly();
