// @ts-check
// Runs In [1] of a notebook once and In [2] to In [5] again and again through tslab's executor; prints as JSON the most
// tensors there were after a run, and what a model prints at the end that another variable has kept since the start.
// Usage: node rerun.mjs NOTEBOOK RUNS
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { setTimeout } from "node:timers/promises";

const require = createRequire(import.meta.url);
const { createExecutor } = require("tslab/dist/executor");
const { createConverter } = require("tslab/dist/converter");

const [file = "", runs = "1000"] = process.argv.slice(2);
process.chdir(dirname(file));
/** @type {{ cell_type: string, source: string[] }[]} */
const cells = JSON.parse(readFileSync(file.replace(/^.*[\\/]/, ""), "utf8")).cells;
const [first = "", ...again] = cells
  .filter(({ cell_type }) => cell_type === "code")
  .slice(0, 5)
  .map(({ source }) => source.join(""));

// Type checking is nearly all of a cell's time, and a cell run again converts to the same: once is enough. Then the
// converter goes, whose memory would make every collection of garbage ten times as long.
/** @type {import("tslab/dist/converter").Converter | undefined} */
let converter = createConverter();
const known = new Map();
/** @param {string} declarations @param {string} source */
function convert(declarations, source) {
  const key = `${declarations}\0${source}`;
  if (!known.has(key)) known.set(key, converter?.convert(declarations, source));
  return known.get(key);
}

/** @type {string[]} */
const printed = [];
console.log = (line) => void printed.push(line);
/** @type {unknown[]} */
const errors = [];
const executor = createExecutor(
  process.cwd(),
  /** @type {any} */ ({ node: { convert }, browser: null, close() {} }),
  { log() {}, error: (/** @type {unknown[]} */ ...error) => void errors.push(...error) },
);
/** @param {string[]} sources */
async function run(...sources) {
  for (const source of sources) {
    if (!(await executor.execute(source))) throw new Error(`A cell failed: ${errors.join(" ")}\n${source}`);
    // A kernel's next cell comes in a task of its own, and never sooner than this.
    await setTimeout(1);
  }
}

const keep = "let kept = modelWithShortcut;";
const last = "printGradients(kept, sampleInput);";
await run(first, ...again, keep, ...again, last, ...again, last);
converter?.close();
converter = undefined;

let most = 0;
for (let i = 0; i < Number(runs); i++) {
  await run(...again);
  most = Math.max(most, executor.locals.tf.memory().numTensors);
}
await run(last);
process.stdout.write(JSON.stringify({ most, kept: printed.at(-1), runs: printed.length }), () =>
  process.exit(),
);
