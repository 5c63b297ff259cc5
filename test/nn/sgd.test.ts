import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import {
  type Backend,
  ExampleDeepNeuralNetwork,
  backward,
  layerGradients,
  nn,
  optim,
  setBackend,
  tensor,
} from "../../dist/index.js";
import { composedAddScaled } from "../../dist/nn/operations.js";
import { backends, optionsOf, reference, seeded, worst, worstOfEach } from "./secondact";

const x = [[1, 0, -1]];

describe.each(backends)("optim.SGD on %s", (backend: Backend) => {
  beforeAll(() => setBackend(backend));

  it.each(reference.updates)("steps as PyTorch does, bit for bit: $options", (update) => {
    const parameter = new nn.Parameter(Float32Array.from(update.parameter), [4, 5]);
    const optimizer = new optim.SGD([parameter], optionsOf(update.options));
    for (const [i, gradient] of update.gradients.entries()) {
      parameter.setGrad(tf.tensor(gradient, [4, 5]));
      optimizer.step();
      expect(Array.from(parameter.dataSync())).toEqual(update.values[i]);
    }
  });

  it.each(reference.sgd)("goes PyTorch's way for $steps steps: $options, shortcuts: $use_shortcut", (run) => {
    const model = seeded(123, [3, 3, 3, 3, 3, 1], { useShortcut: run.use_shortcut });
    const input = tensor(x);
    const target = tensor([[0]]);
    const optimizer = new optim.SGD(model.parameters(), optionsOf(run.options));
    const means = () => layerGradients(model, input).gradients.map(({ mean }) => mean);
    expect(worstOfEach(means(), Object.values(run.gradient_mean_before_f64))).toBeLessThan(1e-6);
    const losses: number[] = [];
    for (let step = 0; step < run.steps; step++) {
      optimizer.zeroGrad();
      losses.push(backward(model, () => new nn.MSELoss().forward(model.forward(input), target)));
      optimizer.step();
    }
    // Rounding grows along the way, in PyTorch too: judged by the float64 way, and by how far PyTorch's float32 strays.
    const strayed = worst(run.losses, run.losses_f64);
    expect(worst(losses, run.losses_f64)).toBeLessThan(Math.max(1e-6, 4 * strayed));
    const own = worst(run.parameters, run.parameters_f64);
    const values = model.parameters().flatMap((parameter) => Array.from(parameter.dataSync()));
    expect(worst(values, run.parameters_f64)).toBeLessThan(Math.max(1e-6, 4 * own));
    // A loss at its least has a gradient that is a difference of nearly equal numbers: the output is 2e-5 then.
    const least = Math.min(...run.losses_f64);
    const tolerance = least < 1e-8 ? 2e-3 : least < 1e-5 ? 2e-4 : 1e-5;
    expect(worst(means(), Object.values(run.gradient_mean_after_f64))).toBeLessThan(tolerance);
  });

  it("says the same composed of operations, as large tensors of native TensorFlow take it", () => {
    const [a, b] = [tf.tensor([1, -2, 3e-3]), tf.tensor([0.5, 0.25, -7])];
    expect(worst(composedAddScaled(a, b, -0.1).dataSync(), [0.95, -2.025, 0.703])).toBeLessThan(2e-7);
  });

  it("keeps no tensor of 3,000 steps", () => {
    const model = new ExampleDeepNeuralNetwork([3, 3, 1], { useShortcut: true });
    const optimizer = new optim.SGD(model.parameters(), {
      lr: 1e-3,
      momentum: 0.9,
      weightDecay: 0.01,
      nesterov: true,
    });
    const before = tf.memory().numTensors;
    const input = tensor(x);
    const target = tensor([[0]]);
    const loss = () => new nn.MSELoss().forward(model.forward(input), target);
    backward(model, loss);
    optimizer.step();
    const after = tf.memory().numTensors;
    for (let step = 0; step < 3000; step++) {
      if (step % 2 === 0) backward(model, loss);
      optimizer.step();
    }
    expect(tf.memory().numTensors).toBe(after);
    optimizer.zeroGrad();
    optimizer.dispose();
    input.dispose();
    target.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe("optim.SGD", () => {
  const parameter = () => new nn.Parameter(new Float32Array([1, 2]), [2]);

  it("leaves a parameter without a gradient alone, and follows a changed lr", () => {
    const [moved, still] = [parameter(), parameter()];
    const optimizer = new optim.SGD([moved, still], { lr: 1 });
    moved.setGrad(tensor([1, 1]));
    optimizer.lr = 0.5;
    optimizer.step();
    expect(Array.from(moved.dataSync())).toEqual([0.5, 1.5]);
    expect(Array.from(still.dataSync())).toEqual([1, 2]);
    optimizer.lr = NaN;
    expect(() => optimizer.step()).toThrow("lr is NaN; expected a finite number of 0 or more.");
    expect(Array.from(moved.dataSync())).toEqual([0.5, 1.5]);
    optimizer.zeroGrad();
    expect(moved.grad).toBeNull();
  });

  it("keeps the gradient that a momentum begins with", () => {
    const moved = parameter();
    const optimizer = new optim.SGD([moved], { lr: 1, momentum: 0.5 });
    moved.setGrad(tensor([1, 1]));
    optimizer.step();
    optimizer.step();
    expect(Array.from(moved.grad!.dataSync())).toEqual([1, 1]);
    // 1 - 1 - (0.5 · 1 + 1), 2 - 1 - 1.5
    expect(Array.from(moved.dataSync())).toEqual([-1.5, -0.5]);
  });

  it.each<[unknown, unknown, typeof TypeError | typeof RangeError, string]>([
    [[], { lr: 1 }, RangeError, "SGD got no parameter"],
    [undefined, { lr: 1 }, TypeError, "SGD got undefined; expected parameters, such as model.parameters()."],
    [[3], { lr: 1 }, TypeError, "SGD got 3 at place 0"],
    [[parameter()], undefined, TypeError, "SGD's options are undefined"],
    [[parameter()], {}, TypeError, "lr is undefined; expected a finite number of 0 or more."],
    [[parameter()], { lr: -1 }, RangeError, "lr is -1"],
    [[parameter()], { lr: 1, momentum: -0.1 }, RangeError, "momentum is -0.1"],
    [[parameter()], { lr: 1, weightDecay: Infinity }, RangeError, "weightDecay is Infinity"],
    [[parameter()], { lr: 1, dampening: "0" }, TypeError, 'dampening is "0"; expected a finite number.'],
    [[parameter()], { lr: 1, nesterov: true }, RangeError, "nesterov got the momentum 0"],
    [
      [parameter()],
      { lr: 1, nesterov: true, momentum: 0.9, dampening: 0.1 },
      RangeError,
      "the dampening 0.1; expected a momentum above 0 and no dampening.",
    ],
  ])("refuses %j with %j", (parameters, options, kind, problem) => {
    const make = () => new optim.SGD(parameters as nn.Parameter[], options as optim.SGDOptions);
    expect(make).toThrow(kind);
    expect(make).toThrow(problem);
  });
});
