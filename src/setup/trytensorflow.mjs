// @ts-check
// Run as a program of its own: whether native TensorFlow loads and computes; a broken library may end the process.
import { createRequire } from "node:module";
import util from "node:util";

// tfjs-node 4.22 calls functions of `util` that Node 23 removed.
/** @type {Record<string, unknown>} */
const functions = /** @type {any} */ (util);
functions.isNullOrUndefined ??= (/** @type {unknown} */ value) => value === null || value === undefined;
functions.isArray ??= Array.isArray;
functions.isString ??= (/** @type {unknown} */ value) => typeof value === "string";
functions.isNumber ??= (/** @type {unknown} */ value) => typeof value === "number";
functions.isBoolean ??= (/** @type {unknown} */ value) => typeof value === "boolean";

const tf = createRequire(import.meta.url)("@tensorflow/tfjs-node");
const product = tf.matMul(tf.tensor2d([[1, 2]]), tf.tensor2d([[3], [4]])).dataSync()[0];
if (tf.getBackend() !== "tensorflow" || product !== 11)
  throw new Error(`${tf.getBackend()}: 1*3 + 2*4 = ${product}`);
