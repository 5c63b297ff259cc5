// Runs 50,000 passes in one synchronous stretch, as a cell does that does not await, and prints how the memory grew.
// Usage: node --expose-gc passes.mjs BACKEND layerGradients|backward|step|anew PASSES
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const {
  ExampleDeepNeuralNetwork,
  backward,
  layerGradients,
  nn,
  optim,
  setBackend,
  tensor,
  tf,
} = require("../../dist/index.js");

const [, , backend = "", kind = "", count] = process.argv;
const passes = Number(count);
setBackend(/** @type {"native" | "wasm" | "cpu"} */ (backend));
const sizes = [3, 3, 3, 3, 3, 1];
const make = () => new ExampleDeepNeuralNetwork(sizes, { useShortcut: true });
const model = make();
const [x, goal] = [tensor([[1, 0, -1]]), tensor([[0]])];
const optimizer = new optim.SGD(model.parameters(), { lr: 1e-4, momentum: 0.9 });
const descend = () => backward(model, () => new nn.MSELoss().forward(model.forward(x), goal));
const kinds = {
  layerGradients: () => layerGradients(model, x),
  backward: descend,
  step: () => {
    descend();
    optimizer.step();
    optimizer.zeroGrad();
  },
  anew: () => layerGradients(make(), x),
};
const pass = kinds[/** @type {keyof typeof kinds} */ (kind)];

const { gc } = globalThis;
if (gc === undefined) throw new Error("expected node --expose-gc");
const resident = () => process.memoryUsage.rss();
const living = () => {
  gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};
// Machine code and the heap grow to their working size first.
for (let i = 0; i < passes / 5; i++) pass();
const before = { living: living(), bytes: resident(), tensors: tf.memory().numTensors };
let most = 0;
for (let i = 0; i < passes; i++) {
  pass();
  if (i % 500 === 0) most = Math.max(most, resident());
}
const grown = {
  megabytes: (most - before.bytes) / 1e6,
  living: (living() - before.living) / 1e6,
  tensors: tf.memory().numTensors - before.tensors,
};
console.log(JSON.stringify(grown));
