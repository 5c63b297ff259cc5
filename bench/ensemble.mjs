// @ts-check
// The section's net for 1,000 seeds beside PyTorch: a loop over the seeds, and torch.func.vmap.
import { createRequire } from "node:module";
import { root } from "../src/setup/paths.mjs";
import { startPeer } from "./peer.mjs";
import { timed } from "./ours.mjs";
import { row } from "./row.mjs";

const layerSizes = [3, 3, 3, 3, 3, 1];
const seeds = 1000;
/** For how long a round repeats what takes milliseconds. */
const seconds = 0.1;
export const ensembleNames = ["seeds-whole", "seeds-ready"];

/**
 * @param {number} rounds
 * @returns {Promise<import("./row.mjs").Row[]>}
 */
export async function ensembleRows(rounds) {
  const theirs = await startPeer("ensemble.py", { layer_sizes: layerSizes, seeds, seconds, root });
  try {
    const ours = ourEnsemble();
    /** @type {{ loop: number, vmap: number }[]} */
    const peers = [];
    /** @type {{ whole: number, alone: number }[]} */
    const own = [];
    while (own.length < rounds) {
      const { mean, ...times } = await theirs.round();
      peers.push(times);
      own.push({ whole: timed(ours.whole, seconds).time, alone: timed(ours.alone, seconds).time });
      const stray = ours.first().findIndex((found, i) => Math.abs(found / mean[i] - 1) > 1e-5);
      if (stray >= 0) throw new Error(`layer ${stray} has another mean gradient than PyTorch's`);
    }
    return [
      row({
        name: "seeds-whole",
        title: {
          en: "layer gradients of 1,000 seeds, with their initialisation",
          zh: "1,000 个种子的各层梯度，含初始化",
        },
        ours: own.map(({ whole }) => whole),
        theirs: peers.map(({ loop }) => loop),
        peer: "PyTorch loop",
        most: 0.033,
      }),
      row({
        name: "seeds-ready",
        title: {
          en: "layer gradients of 1,000 seeds, parameters ready",
          zh: "1,000 个种子的各层梯度，参数已备好",
        },
        ours: own.map(({ alone }) => alone),
        theirs: peers.map(({ vmap }) => vmap),
        peer: "torch.func.vmap",
        most: 1,
      }),
    ];
  } finally {
    theirs.end();
  }
}

function ourEnsemble() {
  const require = createRequire(import.meta.url);
  /** @type {typeof import("../src/index.ts")} */
  const { layerGradientsOverSeeds, tensor } = require("../dist/index.js");
  /** @type {typeof import("../src/nn/overseeds.ts")} */
  const { drawEnsemble, ensembleMeans } = require("../dist/nn/overseeds.js");
  const whole = () => layerGradientsOverSeeds({ layerSizes, seeds, useShortcut: true });
  const x = tensor([[1, 0, -1]]);
  const layers = drawEnsemble(layerSizes, [...Array(seeds).keys()]);
  const attributes = layers.map((_, i) => ({
    approximate: /** @type {const} */ ("none"),
    shortcut: layerSizes[i] === layerSizes[i + 1],
  }));
  const alone = () => ensembleMeans(layerSizes, layers, x, 0, attributes);
  for (let i = 0; i < 10; i++) {
    whole();
    alone();
  }
  const first = () => whole().layers.map(({ means }) => means[0] ?? NaN);
  return { whole, alone, first };
}
