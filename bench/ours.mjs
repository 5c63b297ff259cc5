// @ts-check
// Our side of bench/networks.py: the same networks, inputs and draws.
import { createRequire } from "node:module";

/**
 * Layer sizes, rows of input, the input's largest value, and for how long a round repeats the passes.
 * @typedef {{ sizes: number[], batch: number, reach: number, seconds: number }} Case
 */
/** The median time, and what was computed in it. @typedef {{ time: number, mean: number }} Timed */

/** For how long the first case runs before it is timed, in seconds: until what all cases share is compiled. */
const warming = 1;
/** A round of draws, in seconds; in bench/networks.py too. */
const drawing = 0.1;

/**
 * @param {{ [name: string]: Case }} cases
 * @param {number} draws
 * @returns {(name: string) => Timed} a round of one case, or of "draws"
 */
export function ourSide(cases, draws) {
  const require = createRequire(import.meta.url);
  /** @type {typeof import("../src/index.ts")} */
  const { ExampleDeepNeuralNetwork, layerGradients, manualSeed, tf } = require("../dist/index.js");
  /** @type {Map<string, () => Timed>} */
  const prepared = new Map();
  const prepare = (/** @type {Case} */ { sizes, batch, reach, seconds }) => {
    const generator = manualSeed(123);
    const model = new ExampleDeepNeuralNetwork(sizes, { useShortcut: true });
    const width = sizes[0] ?? 1;
    const input = generator.uniform(new Float32Array(batch * width), -reach, reach);
    const x = tf.tensor(input, [batch, width], "float32");
    const run = () => layerGradients(model, x).gradients[0]?.mean ?? NaN;
    // As often as PyTorch at least: both sides' first passes take fresh memory.
    for (let i = 0; i < 3; i++) run();
    timed(run, prepared.size === 0 ? warming : seconds);
    return () => {
      const { time, result } = timed(run, seconds);
      return { time, mean: result };
    };
  };
  const prepareDraws = () => {
    const values = new Float32Array(draws);
    const draw = () => manualSeed(123).uniform(values, -1, 1);
    draw();
    return () => {
      const { time, result } = timed(draw, drawing);
      return { time, mean: result.reduce((sum, value) => sum + value, 0) / draws };
    };
  };
  return (name) => {
    const known = cases[name];
    const run = prepared.get(name) ?? (known === undefined ? prepareDraws() : prepare(known));
    prepared.set(name, run);
    return run();
  };
}

/**
 * @template T
 * @param {() => T} work
 * @param {number} seconds for how long it is repeated; once at least
 * @returns {{ time: number, result: T }} the median of the repeats, and what the last returned
 */
export function timed(work, seconds) {
  const times = [];
  let sum = 0;
  let result;
  do {
    const start = performance.now();
    result = work();
    const time = (performance.now() - start) / 1000;
    times.push(time);
    sum += time;
  } while (sum < seconds);
  times.sort((a, b) => a - b);
  const half = times.length >> 1;
  return { time: ((times[(times.length - 1) >> 1] ?? NaN) + (times[half] ?? NaN)) / 2, result };
}
