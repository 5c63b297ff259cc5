import { describe, expect, it } from "vitest";
import { type Addon, loadAddon } from "../../dist/tensorflow/addon.js";
import { nn, setBackend, tensor, tf } from "../../dist/index.js";
import { backends } from "../nn/secondact";

const addon = loadAddon();

describe.each(backends)("what passes the gate, on %s", (backend) => {
  const on = <T>(work: () => T): T => {
    setBackend(backend);
    return tf.tidy(work as never) as T;
  };
  const valuesOf = (work: () => tf.Tensor): { dtype: string; shape: number[]; values: number[] } =>
    on(() => {
      const y = work();
      return { dtype: y.dtype, shape: y.shape, values: Array.from(y.dataSync()) };
    });

  // The sentence is TensorFlow.js's own, of its CPU backend.
  it.each<[number[], number[], boolean, boolean, string]>([
    [[2, 3], [4, 5], false, false, "inner shapes (3) and (4) of Tensors with shapes 2,3 and 4,5"],
    [[1, 2], [1, 2], false, false, "inner shapes (2) and (1)"],
    [[100, 50], [40, 100], false, false, "inner shapes (50) and (40)"],
    [[300, 40_000], [2, 600], false, false, "inner shapes (40000) and (2)"],
    [[2, 3], [2, 3], true, true, "inner shapes (2) and (3)"],
    [[3, 2], [3, 4], false, true, "inner shapes (2) and (4)"],
    [[5, 2, 3], [5, 4, 5], false, false, "inner shapes (3) and (4)"],
    [[2, 0], [3, 2], false, false, "inner shapes (0) and (3)"],
  ])("refuses to multiply %j by %j", (a, b, transposeA, transposeB, problem) => {
    for (const dtype of ["float32", "int32"] as const)
      expect(() => on(() => tf.matMul(tf.ones(a, dtype), tf.ones(b, dtype), transposeA, transposeB))).toThrow(
        problem,
      );
  });

  it("multiplies nothing to zeros, whatever memory held before", () => {
    const fill = (): void => on(() => void tf.mul(tf.ones([2, 30, 30]), 7).dataSync());
    for (const [a, b, shape] of [
      [
        [2, 30, 0],
        [2, 0, 30],
        [2, 30, 30],
      ],
      [
        [2, 0],
        [0, 3],
        [2, 3],
      ],
      [
        [1, 4, 0],
        [5, 0, 2],
        [5, 4, 2],
      ],
      [
        [0, 3],
        [3, 2],
        [0, 2],
      ],
    ] as [number[], number[], number[]][]) {
      fill();
      const size = shape.reduce((product, length) => product * length, 1);
      expect(valuesOf(() => tf.matMul(tf.ones(a), tf.ones(b)))).toEqual({
        dtype: "float32",
        shape,
        values: Array<number>(size).fill(0),
      });
    }
  });

  it("multiplies integers and booleans as numbers", () => {
    const [row, column] = [
      [1, 0],
      [3, 4],
    ];
    const product = (a: tf.DataType, b: tf.DataType) =>
      valuesOf(() => tf.matMul(tf.tensor(row, [1, 2], a), tf.tensor(column, [2, 1], b)));
    expect(product("int32", "int32")).toEqual({ dtype: "int32", shape: [1, 1], values: [3] });
    expect(product("int32", "float32")).toEqual({ dtype: "float32", shape: [1, 1], values: [3] });
    expect(product("bool", "float32")).toEqual({ dtype: "float32", shape: [1, 1], values: [3] });
    // Beyond 2^24 float32 would round.
    expect(
      valuesOf(() => tf.matMul(tf.tensor([[16_777_217]], [1, 1], "int32"), tf.ones([1, 1], "int32"))),
    ).toEqual({ dtype: "int32", shape: [1, 1], values: [16_777_217] });
  });

  it("adds broadcast products up as they are", () => {
    const [a, b] = [
      tf.tensor(
        Array.from({ length: 3 * 70 * 3 }, (_, i) => (i % 7) - 3),
        [3, 1, 70, 3],
      ),
      tf.tensor(
        Array.from({ length: 3 * 17 }, (_, i) => (i % 5) - 2),
        [1, 1, 3, 17],
      ),
    ];
    const { shape, values } = valuesOf(() => tf.matMul(a, b));
    expect(shape).toEqual([3, 1, 70, 17]);
    const [left, right] = [a.dataSync(), b.dataSync()];
    const expected = values.map((_, i) => {
      const [row, column] = [Math.floor(i / 17), i % 17];
      return [0, 1, 2].reduce((sum, k) => sum + left[row * 3 + k]! * right[k * 17 + column]!, 0);
    });
    expect(values).toEqual(expected);
  });

  it("says what nothing adds up to", () => {
    expect(valuesOf(() => tf.sum(tf.zeros([2, 0], "int32"), 1))).toEqual({
      dtype: "int32",
      shape: [2],
      values: [0, 0],
    });
    expect(valuesOf(() => tf.sum(tf.zeros([0, 2]), 0, true))).toEqual({
      dtype: "float32",
      shape: [1, 2],
      values: [0, 0],
    });
    const { values } = valuesOf(() => new nn.MSELoss().forward(tf.zeros([0, 3]), tf.zeros([0, 3])));
    expect(values).toEqual([NaN]);
  });

  it("keeps the numbers of integers and booleans that become floats", () => {
    const integers = (): tf.Tensor => tf.tensor1d([1, 2], "int32");
    expect(valuesOf(() => tf.mean(integers()))).toMatchObject({ dtype: "float32", values: [1.5] });
    expect(valuesOf(() => tf.maximum(integers(), 1.5)).values).toEqual([1.5, 2]);
    expect(valuesOf(() => tf.cast(integers(), "float32")).values).toEqual([1, 2]);
    expect(valuesOf(() => tf.mul(tf.cast(tf.tensor1d([true, false], "bool"), "float32"), 3)).values).toEqual([
      3, 0,
    ]);
    // numpy.linalg.qr([[1, 2], [3, 4]]): r = [[-3.16227766, -4.42718872], [0, -0.63245553]], up to signs
    const r = valuesOf(() =>
      tf.abs(
        tf.linalg.qr(
          tf.tensor2d([
            [1, 2],
            [3, 4],
          ]),
        )[1],
      ),
    );
    [3.16227766, 4.42718872, 0, 0.63245553].forEach((value, i) => expect(r.values[i]).toBeCloseTo(value, 5));
  });

  it("reads targets of any kind of number", () => {
    const loss = (target: tf.Tensor): number =>
      on(() => new nn.MSELoss().forward(tensor([1.5]), target).dataSync()[0]!);
    // torch.nn.MSELoss()(torch.tensor([1.5]), target): (1.5 - 1)²
    expect(loss(tf.tensor1d([1], "int32"))).toBe(0.25);
    expect(loss(tf.tensor1d([true], "bool"))).toBe(0.25);
    const wide = on(() =>
      new nn.MSELoss().forward(tf.ones([3000, 1000]), tf.ones([3000, 1000], "bool")).dataSync(),
    );
    expect(wide[0]).toBe(0);
    expect(() => loss(tf.tensor(["a"]))).toThrow(
      "MSELoss's target has the dtype string; expected numbers, of the dtype float32.",
    );
    expect(() => loss([1] as unknown as tf.Tensor)).toThrow(
      "MSELoss's target is [1]; expected a tensor, such as tensor([[1, 0, -1]]).",
    );
  });
});

describe.skipIf(!backends.includes("native"))("small tensors on native are TensorFlow's own", () => {
  // Of TensorFlow itself: C's pow, its cast of numbers too large, and what it refuses.
  it.each<[string, () => tf.Tensor, (number | boolean)[]]>([
    ["pow(1, nan)", () => tf.pow(tensor([1, 1]), tf.tensor1d([NaN, Infinity])), [1, 1]],
    ["3e9 to int32", () => tf.cast(tensor([3e9]), "int32"), [-(2 ** 31)]],
    ["65536² in int32", () => tf.square(tf.tensor1d([65_536], "int32")), [0]],
  ])("%s", (_, work, expected) => {
    setBackend("native");
    expect(Array.from(tf.tidy(work).dataSync())).toEqual(expected);
  });

  it("with TensorFlow's own refusals", () => {
    setBackend("native");
    expect(() => tf.concat([tf.tensor1d([1], "int32"), tensor([1.5]) as tf.Tensor1D])).toThrow("ConcatV2");
    expect(() => tf.add(tf.tensor1d([true], "bool"), tf.tensor1d([true], "bool"))).toThrow("bool");
  });
});

describe.skipIf(addon === null)("the compiled kernels check what they are given", () => {
  const kernels = addon as Addon;
  const floats = (length: number): Float32Array => new Float32Array(length);
  const wrong = (call: unknown): (() => void) => call as () => void;

  it.each<[string, () => void, string]>([
    [
      "a factor too short",
      () => kernels.product(floats(2), 3, 1, floats(6), 2, 1, null, floats(4), 2, 2, 3),
      "product got an array of 2 numbers as argument 0; expected 6",
    ],
    [
      "a result too short",
      () => kernels.product(floats(6), 3, 1, floats(6), 2, 1, null, floats(3), 2, 2, 3),
      "argument 7; expected 4",
    ],
    [
      "steps too far",
      () => kernels.product(floats(6), 1000, 1, floats(6), 2, 1, null, floats(4), 2, 2, 3),
      "argument 0; expected 1003",
    ],
    [
      "a base too short",
      () => kernels.product(floats(6), 3, 1, floats(6), 2, 1, floats(1), floats(4), 2, 2, 3),
      "argument 6",
    ],
    [
      "a slope too short",
      () =>
        kernels.forward(
          floats(3),
          floats(9),
          floats(3),
          floats(3),
          floats(2),
          1,
          1,
          3,
          3,
          false,
          false,
          false,
        ),
      "forward got an array of 2 numbers as argument 4; expected 3",
    ],
    [
      "a shortcut between two widths",
      () =>
        kernels.forward(
          floats(3),
          floats(6),
          floats(2),
          floats(2),
          floats(2),
          1,
          1,
          3,
          2,
          false,
          true,
          false,
        ),
      "a shortcut between layers of two widths",
    ],
    [
      "a gradient too short",
      () =>
        kernels.backward(
          ...([floats(3), floats(3), floats(3), floats(9), floats(3), floats(8), floats(3)] as const),
          ...([1, 1, 3, 3, false, false, false] as const),
        ),
      "backward got an array of 8 numbers as argument 5; expected 9",
    ],
    ["a stretch beyond the end", () => void kernels.magnitude(floats(2), 1, 2), "argument 0; expected 3"],
    [
      "a size below 0",
      () => void kernels.squares(floats(2), floats(2), floats(2), -1, 1),
      "a size that is no",
    ],
    [
      "a size that is no number",
      wrong(() => kernels.activate(null, null, floats(2), floats(2), NaN, 1, true)),
      "a size that is no",
    ],
    ["doubles", wrong(() => kernels.magnitude(new Float64Array(2) as never, 0, 2)), "no array of its type"],
    [
      "a plain array",
      wrong(() => kernels.addScaled([1, 2] as never, floats(2), 1, floats(2), 2)),
      "no array of its type",
    ],
    [
      "draws of doubles",
      wrong(() => kernels.draw(new Int32Array(624), new Float64Array(2000) as never, 0, 2, 1, 0)),
      "draw got no array of its type as argument 1; expected 1248",
    ],
    [
      "a state too short",
      () => kernels.draw(new Int32Array(623), floats(624), 0, 1, 1, 0),
      "draw got an array of 623",
    ],
    [
      "a depth beyond what loops count",
      () => kernels.product(floats(1), 0, 0, floats(1), 0, 0, null, floats(100), 10, 10, 2 ** 31 - 1),
      "a size that is no",
    ],
    ["nothing at all", wrong(() => (kernels.slope as () => void)()), "a size that is no"],
  ])("%s", (_, call, problem) => {
    expect(call).toThrow(RangeError);
    expect(call).toThrow(problem);
  });

  it("a product of depth 0 is its base, or zeros", () => {
    const [c, base] = [floats(4).fill(9), Float32Array.of(1, 2, 3, 4)];
    kernels.product(floats(0), 0, 1, floats(0), 2, 1, null, c, 2, 2, 0);
    expect([...c]).toEqual([0, 0, 0, 0]);
    kernels.product(floats(0), 0, 1, floats(0), 2, 1, base, c, 2, 2, 0);
    expect([...c]).toEqual([1, 2, 3, 4]);
  });
});
