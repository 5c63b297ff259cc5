import { expect, it } from "vitest";
import { loadAddon } from "../../dist/tensorflow/addon.js";
import { getBackend, nn, tf } from "../../dist/index.js";

const addon = loadAddon();

it("begins wide parameters and what is computed of them at a whole cache line", ({ skip }) => {
  skip(getBackend() !== "native" || addon === null, "native TensorFlow or the compiled kernels are not here");
  const { weight } = new nn.Linear(256, 256);
  const values = tf.matMul(tf.ones([64, 256]), weight).dataSync();
  for (const { buffer, byteOffset } of [values, weight.dataSync()])
    expect(byteOffset).toBe(addon?.align(buffer as ArrayBuffer));
  expect(values).toHaveLength(64 * 256);
});

it("fills tensors of any type, anew each time", () => {
  const [first, second] = [tf.fill([64, 256], 2.5), tf.fill([64, 256], -1)];
  expect([first.dtype, first.shape]).toEqual(["float32", [64, 256]]);
  expect(new Set(first.dataSync())).toEqual(new Set([2.5]));
  expect(new Set(second.dataSync())).toEqual(new Set([-1]));
  expect([...tf.fill([2], 7, "int32").dataSync()]).toEqual([7, 7]);
  expect([...tf.fill([2], "a").dataSync()]).toEqual(["a", "a"]);
});
