import * as tf from "@tensorflow/tfjs-core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  ExampleDeepNeuralNetwork,
  backward,
  layerGradients,
  manualSeed,
  nn,
  tensor,
} from "../../dist/index.js";

const x = tensor([[1, 0, -1]]);
let warn = vi.spyOn(console, "warn");
beforeEach(() => {
  warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
});
afterEach(() => {
  warn.mockRestore();
});

describe("nn.Linear", () => {
  it("names its parameters and keeps PyTorch's shapes", () => {
    const linear = new nn.Linear(3, 2);
    expect(linear.namedParameters().map(([name, { shape }]) => [name, shape])).toEqual([
      ["weight", [2, 3]],
      ["bias", [2]],
    ]);
    expect(new nn.Linear(3, 2, { bias: false }).namedParameters()).toHaveLength(1);
  });

  it("starts from PyTorch's values", () => {
    manualSeed(123);
    // torch.manual_seed(123); nn.Linear(3, 3).weight.flatten()[:4], as pytorch.json's first_weights say.
    expect(Array.from(new nn.Linear(3, 3).weight.dataSync().slice(0, 4))).toEqual([
      -0.23542964458465576, 0.019124476239085197, -0.28674593567848206, 0.21772661805152893,
    ]);
  });

  it("takes inputs of any rank", () => {
    const linear = new nn.Linear(3, 2);
    expect(linear.forward(tensor([1, 2, 3])).shape).toEqual([2]);
    expect(linear.forward(tf.zeros([4, 5, 3])).shape).toEqual([4, 5, 2]);
  });

  it.each([
    [0, RangeError, "0"],
    [-3, RangeError, "-3"],
    [2.5, RangeError, "2.5"],
    [NaN, RangeError, "NaN"],
    ["3", TypeError, '"3"'],
    [undefined, TypeError, "undefined"],
    [[3], TypeError, "[3]"],
  ])("refuses the size %s without a draw", (size, kind, shown) => {
    const next = manualSeed(1).random();
    manualSeed(1);
    expect(() => new nn.Linear(size as number, 3)).toThrow(kind);
    expect(() => new nn.Linear(3, size as number)).toThrow(
      `outFeatures is ${shown}; expected a whole number of 1 or more.`,
    );
    expect(manualSeed(1).random()).toBe(next);
  });

  it("says how much memory it would take, before allocating", () => {
    expect(() => new nn.Linear(1e6, 1e6)).toThrow(/Linear\(1000000, 1000000\) would take 8000\.0 GB .* free/);
  });

  it("refuses an input of another width", () => {
    expect(() => new nn.Linear(3, 2).forward(tensor([[1, 2]]))).toThrow(
      "Linear(3, 2) got an input of shape [1, 2]; expected its last size to be 3.",
    );
  });
});

describe("the other modules", () => {
  it("refuses an unknown GELU form", () => {
    expect(() => new nn.GELU({ approximate: "quick" as "tanh" })).toThrow(
      'The GELU form is "quick"; expected "none"',
    );
    expect(() => new nn.GELU({ approximate: 1 as unknown as "tanh" })).toThrow(TypeError);
  });

  it("keeps a list in order, by index and by loop", () => {
    const list = new nn.ModuleList([new nn.Linear(3, 4), new nn.Linear(4, 5)]);
    list.append(new nn.Linear(5, 6));
    expect(list.length).toBe(3);
    expect([...list].map(({ outFeatures }) => outFeatures)).toEqual([4, 5, 6]);
    expect(list[1]?.outFeatures).toBe(5);
    expect(() => list.append(3 as unknown as nn.Linear)).toThrow(TypeError);
    expect(() => list.forward(x)).toThrow("ModuleList has no forward pass");
  });

  it("counts a shared parameter once, as PyTorch does", () => {
    const linear = new nn.Linear(3, 3);
    expect(new nn.Sequential(linear, linear).namedParameters().map(([name]) => name)).toEqual([
      "0.weight",
      "0.bias",
    ]);
  });

  it("broadcasts a narrower target with one warning, and refuses one that does not fit", () => {
    const loss = new nn.MSELoss().forward(tensor([[1, 2, 3]]), tensor([[0]]));
    expect(loss.dataSync()[0]).toBeCloseTo(14 / 3, 6); // torch.nn.MSELoss()(tensor([[1., 2., 3.]]), tensor([[0.]]))
    expect(warn.mock.calls).toEqual([
      [expect.stringMatching(/input of shape \[1, 3\].*target of shape \[1, 1\]/)],
    ]);
    expect(() => new nn.MSELoss().forward(tensor([[1, 2, 3]]), tensor([[1, 2]]))).toThrow(RangeError);
  });

  it("refuses sizes that are none, and leaves the model made before untouched", () => {
    const before = new ExampleDeepNeuralNetwork([3, 3, 1]);
    const { loss } = layerGradients(before, x);
    for (const sizes of [
      [],
      [3],
      [3, 0, 1],
      [3, -1],
      [3, 1.5],
      [3, NaN],
      "3,3",
      [3, "3"],
      null,
      [1e6, 1e6],
    ]) {
      expect(() => new ExampleDeepNeuralNetwork(sizes as number[])).toThrow(/^(layerSizes|A network)/);
    }
    expect(layerGradients(before, x).loss).toBe(loss);
  });
});

describe("backward", () => {
  const model = new ExampleDeepNeuralNetwork([3, 3, 1]);
  const loss = () => new nn.MSELoss().forward(model.forward(x), tensor([[0]]));
  const gradient = () => Array.from(model.parameters()[0]!.grad!.dataSync());

  it("replaces gradients, and adds them up when asked", () => {
    model.zeroGrad();
    expect(model.parameters()[0]!.grad).toBeNull();
    backward(model, loss);
    const once = gradient();
    backward(model, loss);
    expect(gradient()).toEqual(once);
    backward(model, loss, { accumulate: true });
    expect(gradient()).toEqual(once.map((value) => Math.fround(2 * value)));
  });

  it("leaves the gradients alone where the loss is none", () => {
    backward(model, loss);
    const before = gradient();
    expect(() => backward(model, () => model.forward(tf.zeros([2, 3])))).toThrow(
      "The loss has the shape [2, 1]",
    );
    expect(() => backward(model, () => tf.scalar(1))).toThrow("depends on no parameter");
    expect(() => layerGradients(model, tf.tensor2d([[1, NaN, 0]]))).toThrow("The input holds NaN");
    expect(gradient()).toEqual(before);
  });

  it("finds no gradient where a model names no weight", () => {
    class Scale extends nn.Module {
      readonly factor = new nn.Parameter(new Float32Array([2]), [1]);
      forward(x: tf.Tensor): tf.Tensor {
        return tf.mul(x, this.factor);
      }
    }
    const scale = new Scale();
    expect(layerGradients(scale, x).gradients).toEqual([]);
    // d mean((2x)²) / d factor = 2 · 2 · mean(x²)
    expect(scale.factor.grad?.dataSync()[0]).toBeCloseTo(8 / 3, 6);
  });

  it("shows overflow as what it is", () => {
    const wide = new ExampleDeepNeuralNetwork([3, 3, 1]);
    for (const parameter of wide.parameters()) parameter.assign(tf.fill(parameter.shape, 1e30));
    const { loss, gradients } = layerGradients(wide, x);
    expect(loss).toBe(Infinity);
    expect(gradients.every(({ mean }) => !Number.isFinite(mean))).toBe(true);
  });

  it("refuses a tensor that is not finite or not regular", () => {
    expect(() => tensor([[1, NaN, 0]])).toThrow("A value of the tensor is NaN; expected a finite number.");
    expect(() => tensor([[1], [1, 2]])).toThrow("expected rows of one length");
    expect(() => tensor([["1" as unknown as number]])).toThrow(TypeError);
  });
});
