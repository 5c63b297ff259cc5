// @ts-check
// Run as a program of its own, since a kernel that goes wrong may end its process:
// node run.mjs native|wasm|cpu ours|stock
import { createRequire } from "node:module";
import { inRoot } from "../../src/setup/paths.mjs";
import { specificationsBundle } from "./bundle.mjs";

/** @typedef {{ total: number, failed: Record<string, string> }} Outcome how many ran, and what those that failed said */

const require = createRequire(import.meta.url);
/** The backends, as TensorFlow.js names them. */
const names = { native: "tensorflow", wasm: "wasm", cpu: "cpu" };
const [backend = "", kernels] = process.argv.slice(2);
const name = names[/** @type {keyof typeof names} */ (backend)];
if (name === undefined || !(kernels === "ours" || kernels === "stock")) {
  throw new Error(`${process.argv.slice(2).join(" ")}; expected native|wasm|cpu ours|stock`);
}

// Standard output is for the outcome alone.
console.log = console.info = console.error;
Math.random = sameNumbers(42);

const tf = require("@tensorflow/tfjs-core");
if (kernels === "ours") startOurs();
else await startStock();
if (tf.getBackend() !== name) throw new Error(`The backend is ${tf.getBackend()}; expected ${name}.`);
keepBackend();

const jasmine = require("jasmine-core").boot();
require(await specificationsBundle()).declareSpecifications(name);
const runner = jasmine.getEnv();
/** @type {Map<string, string>} */
const specificationNames = new Map();
nameSpecifications(runner.topSuite());
/** @type {Outcome} */
const outcome = { total: 0, failed: {} };
runner.configure({ random: false });
runner.addReporter({ specDone: count });
await runner.execute();
process.stdout.write(JSON.stringify(outcome), () => process.exit());

function startOurs() {
  process.env.TSLAB_GRADIENTS_BACKEND = backend;
  require(inRoot("dist", "index.js"));
}

/** Starts the backend as TensorFlow.js's own packages do. */
async function startStock() {
  if (backend === "native") return void (await import("../../src/setup/trytensorflow.mjs"));
  require("@tensorflow/tfjs");
  if (backend === "wasm") {
    require("@tensorflow/tfjs-backend-wasm");
    // One thread, as ours has.
    tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  }
  await tf.setBackend(name);
}

/** Every group of specifications has the engine make its backend anew, and what ours adds to it would be lost. */
function keepBackend() {
  const engine = /** @type {any} */ (tf.engine());
  const started = engine.backend;
  started.dispose = () => {};
  engine.registryFactory[name].factory = () => started;
}

/**
 * Tells apart those of the same name.
 * @param {any} suite
 * @param {Map<string, number>} seen
 */
function nameSpecifications(suite, seen = new Map()) {
  for (const child of suite.children) {
    if (child.children) {
      nameSpecifications(child, seen);
      continue;
    }
    const fullName = child.getFullName();
    const times = (seen.get(fullName) ?? 0) + 1;
    seen.set(fullName, times);
    specificationNames.set(child.id, times === 1 ? fullName : `${fullName} (${times})`);
  }
}

/** @param {any} result */
function count({ id, status, failedExpectations }) {
  if (status !== "passed" && status !== "failed") return;
  outcome.total++;
  if (status === "failed") outcome.failed[specificationNames.get(id) ?? id] = failedExpectations[0].message;
}

/**
 * The mulberry32 generator: what the specifications say of random numbers' statistics holds every time or never.
 * @param {number} state
 */
function sameNumbers(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
