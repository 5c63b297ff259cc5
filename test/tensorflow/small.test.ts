import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { setBackend } from "../../dist/index.js";

const isThere = (() => {
  try {
    setBackend("native");
    return true;
  } catch {
    return false;
  }
})();

const operations: { [name: string]: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor } = {
  abs: (a) => tf.abs(a),
  add: (a, b) => tf.add(a, b),
  addRow: (a, b) => tf.add(a, tf.slice(b, [0, 0], [1, 3])),
  addNumber: (a) => tf.add(a, 2),
  cast: (a) => tf.cast(a, "int32"),
  toFloat: (a) => tf.cast(tf.cast(a, "bool"), "float32"),
  concat: (a, b) => tf.concat([a, b], 1),
  exp: (a) => tf.exp(a),
  fill: () => tf.fill([2, 3], 1.5),
  mul: (a, b) => tf.mul(a, b),
  neg: (a) => tf.neg(a),
  pow: (a) => tf.pow(a, 2),
  div: (a, b) => tf.div(a, b),
  divIntegers: (a, b) => tf.div(tf.cast(tf.mul(a, 7), "int32"), tf.cast(tf.mul(b, 3), "int32")),
  reshape: (a, b) => tf.matMul(tf.reshape(a, [3, -1]), b),
  reshapeThenTensorflow: (a) => tf.cumsum(tf.reshape(a, [3, 2]), 0),
  sqrt: (a) => tf.sqrt(tf.abs(a)),
  square: (a) => tf.square(a),
  squaredDifference: (a, b) => tf.squaredDifference(a, b),
  sub: (a, b) => tf.sub(a, b),
  sum: (a) => tf.sum(a),
  sumRows: (a) => tf.sum(a, 0, true),
  sumRowsThenTensorflow: (a) => tf.cumsum(tf.sum(a, 1, true), 1),
  sumAllThenTensorflow: (a) => tf.cumsum(tf.sum(a, [0, 1], true), 0),
  mean: (a) => tf.mean(a),
  meanRows: (a) => tf.mean(a, 1),
  afterTensorflow: (a, b) => tf.add(tf.cumsum(a, 1), b),
};

describe.skipIf(!isThere)("small tensors on native, which never reach TensorFlow", () => {
  beforeAll(() => setBackend("native"));

  it.each(Object.keys(operations))("%s is the CPU backend's", (name) => {
    const result = (backend: "native" | "cpu"): { shape: number[]; dtype: string; values: number[] } => {
      setBackend(backend);
      return tf.tidy(() => {
        const [a, b] = [
          tf.tensor([
            [-1.5, 2, 0.25],
            [3, -4, 5],
          ]),
          tf.tensor([
            [2, -3, 1],
            [4, 1, -2],
          ]),
        ];
        const y = operations[name]!(a, b);
        return { shape: y.shape, dtype: y.dtype, values: Array.from(y.dataSync()) };
      });
    };
    const [native, cpu] = [result("native"), result("cpu")];
    expect(native.shape).toEqual(cpu.shape);
    expect(native.dtype).toBe(cpu.dtype);
    native.values.forEach((value, i) => expect(value).toBeCloseTo(cpu.values[i]!, 5));
  });

  it("share no memory with what they were made of", () => {
    setBackend("native");
    const numbers = Float32Array.of(1, 2, 3, 4);
    const x = tf.tensor1d(numbers).reshape([2, 2]);
    numbers.fill(7);
    expect([...x.dataSync()]).toEqual([1, 2, 3, 4]);
  });

  it("of strings are TensorFlow's own", () => {
    setBackend("native");
    expect(tf.fill([2], "a" as unknown as number, "string" as "float32").dataSync()).toEqual(["a", "a"]);
  });

  it("leave no tensor and no value behind", () => {
    setBackend("native");
    const native = tf.engine().backend as unknown as { numDataIds(): number };
    const before = [tf.memory().numTensors, native.numDataIds()];
    for (const operation of Object.values(operations))
      tf.tidy(() => void operation(tf.ones([2, 3]), tf.ones([2, 3])).dataSync());
    expect([tf.memory().numTensors, native.numDataIds()]).toEqual(before);
  });
});
