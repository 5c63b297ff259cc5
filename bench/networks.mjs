// @ts-check
// Forward, backward and means of networks from three neurons to two thousand, and uniform draws, beside PyTorch.
import { createRequire } from "node:module";
import { cpus } from "node:os";
import { root } from "../src/setup/paths.mjs";
import { startPeer } from "./peer.mjs";
import { row } from "./row.mjs";

/** @type {{ [name: string]: { sizes: number[], batch: number, repeats: number, most: number } }} */
const cases = {
  "the section's net": { sizes: [3, 3, 3, 3, 3, 1], batch: 1, repeats: 100, most: 0.3 },
  "5 x 256, batch 64": { sizes: Array(6).fill(256), batch: 64, repeats: 20, most: 1 },
  "5 x 768, batch 256": { sizes: Array(6).fill(768), batch: 256, repeats: 3, most: 1 },
  "5 x 2048, batch 256": { sizes: Array(6).fill(2048), batch: 256, repeats: 1, most: 0.6 },
  "40 layers x 64, batch 1": { sizes: Array(41).fill(64), batch: 1, repeats: 20, most: 0.5 },
};
const draws = 4_000_000;

/**
 * @param {number} rounds
 * @returns {Promise<import("./row.mjs").Row[]>}
 */
export async function networkRows(rounds) {
  const theirs = await startPeer("networks.py", { cases, draws, threads: cpus().length, root });
  try {
    const ours = ourSide();
    /** @type {{ [name: string]: { own: number[], peer: number[] } }} */
    const times = {};
    for (let round = 0; round < rounds; round++) {
      const peer = await theirs.round();
      for (const [name, { time, mean }] of Object.entries(ours())) {
        // Both sides must have computed the same.
        if (!(Math.abs(mean - peer[name].mean) <= 1e-4 * Math.abs(peer[name].mean)))
          throw new Error(`${name}: ${mean} is not PyTorch's ${peer[name].mean}`);
        const entry = (times[name] ??= { own: [], peer: [] });
        entry.own.push(time);
        entry.peer.push(peer[name].time);
      }
    }
    return Object.entries(times).map(([name, { own, peer }]) =>
      row({
        title: name === "draws" ? "4 million uniform draws" : `${name}: forward, backward, means`,
        ours: own,
        theirs: peer,
        peer: "PyTorch",
        most: cases[name]?.most ?? 1.2,
      }),
    );
  } finally {
    theirs.end();
  }
}

/** @returns {() => { [name: string]: { time: number, mean: number } }} a round */
function ourSide() {
  const require = createRequire(import.meta.url);
  /** @type {typeof import("../src/index.ts")} */
  const { ExampleDeepNeuralNetwork, layerGradients, manualSeed, tf } = require("../dist/index.js");
  const prepared = Object.entries(cases).map(([name, { sizes, batch, repeats }]) => {
    const generator = manualSeed(123);
    const model = new ExampleDeepNeuralNetwork(sizes, { useShortcut: true });
    const width = sizes[0] ?? 1;
    const x = tf.tensor(generator.uniform(new Float32Array(batch * width), -1, 1), [batch, width], "float32");
    const run = () => layerGradients(model, x).gradients[0]?.mean ?? NaN;
    for (let i = 0; i < 3; i++) run();
    return { name, repeats, run };
  });
  const values = new Float32Array(draws);
  manualSeed(123).uniform(values, -1, 1);
  return () => {
    const measured = Object.fromEntries(
      prepared.map(({ name, repeats, run }) => [name, timed(run, repeats)]),
    );
    // PyTorch goes on drawing where it was: its third row of draws is the one that its mean is of.
    const generator = manualSeed(123);
    const drawn = timed(() => generator.uniform(values, -1, 1)[0] ?? NaN, 3);
    const mean = values.reduce((sum, value) => sum + value, 0) / draws;
    return { ...measured, draws: { ...drawn, mean } };
  };
}

/**
 * @param {() => number} work
 * @param {number} repeats
 */
function timed(work, repeats) {
  let mean = NaN;
  const times = Array.from({ length: repeats }, () => {
    const start = performance.now();
    mean = work();
    return (performance.now() - start) / 1000;
  });
  times.sort((a, b) => a - b);
  return { time: times[repeats >> 1] ?? NaN, mean };
}
