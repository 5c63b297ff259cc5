import { setImmediate } from "node:timers/promises";
import { isMainThread, parentPort } from "node:worker_threads";
import type { Figure } from "../figure";
import { gradientFigure } from "../gradientfigure";
import { networkFigure } from "../networkfigure";
import { keepScripts } from "./machinecode";
import { svgPng } from "./png";
import { figureSvg, plotly } from "./svg";

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

/** Draws figures that nobody sees until one is ordered: what plotly.js has done once it does in half the time. */
async function practise(): Promise<void> {
  plotly();
  const gradients = [1, 2].map((i) => ({ name: `layers.${i}.0.weight`, mean: 10 ** -i, shape: [i, 2] }));
  const series = [false, true].map((useShortcut) => ({ useShortcut, gradients }));
  for (const figure of [gradientFigure(series), networkFigure(series)]) {
    await setImmediate();
    if (ordered) return;
    const svg = await figureSvg(figure);
    await setImmediate();
    if (ordered) return;
    await svgPng(svg);
  }
}

let ordered = false;
let queue = practise();
// The set-up runs this program by itself, for the sake of what practising compiles.
if (isMainThread) void queue.then(keepScripts);
parentPort?.on("message", (order: Order) => {
  ordered = true;
  queue = queue.then(async () => parentPort?.postMessage(await draw(order)));
});
