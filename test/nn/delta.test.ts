import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import {
  ExampleDeepNeuralNetwork,
  Generator,
  layerGradients,
  manualSeed,
  nn,
  setBackend,
  tensor,
} from "../../dist/index.js";
import { recorded } from "./recorded";
import { backends, worstOfEach } from "./secondact";

/** Some network with its input, drawn from a seed: up to 8 layers, widths up to 40, either form, any shortcuts. */
function randomNetwork(seed: number, rows: number): { model: ExampleDeepNeuralNetwork; x: tf.Tensor } {
  const draws = new Generator().manualSeed(seed);
  const upTo = (most: number): number => 1 + (draws.random() % most);
  const width = upTo(40);
  const sizes = Array.from({ length: upTo(8) + 1 }, () => (draws.random() % 2 === 0 ? width : upTo(40)));
  manualSeed(seed);
  const model = new ExampleDeepNeuralNetwork(sizes, {
    useShortcut: sizes.slice(1).map(() => draws.random() % 2 === 0),
    gelu: draws.random() % 2 === 0 ? "none" : "tanh",
  });
  const x = tf.tensor(draws.uniform(new Float32Array(rows * sizes[0]!), -2, 2), [rows, sizes[0]!]);
  return { model, x };
}

const meanMagnitude = (x: tf.Tensor): number => tf.mean(tf.abs(x)).dataSync()[0]!;

describe.each(backends)("the gradient before the activation, on %s", (backend) => {
  beforeAll(() => setBackend(backend));

  it("times the mean |input| is the weight's gradient, in 100 networks with one row", () => {
    for (let seed = 0; seed < 100; seed++) {
      const { model, x } = randomNetwork(seed, 1);
      const inputs = [x, ...model.activations(x)].map(meanMagnitude);
      for (const [i, { mean, delta }] of layerGradients(model, x).gradients.entries()) {
        // Float32's rounding of each of the three means; a gradient that underflows is not among these.
        expect(Math.abs((delta! * inputs[i]!) / mean - 1), `seed ${seed}, layer ${i}`).toBeLessThan(2e-6);
      }
    }
  });

  it("bounds the weight's gradient by the sum over the rows where there are several", () => {
    let below = 0;
    for (let seed = 0; seed < 30; seed++) {
      const rows = 2 + (seed % 4);
      const { model, x } = randomNetwork(seed, rows);
      const whole = layerGradients(model, x).gradients;
      // The loss is a mean over the rows: each row's δ is that of the row alone, over their number.
      const ofRows = tf.split(x, rows).map((row) => {
        const inputs = [row, ...model.activations(row)].map(meanMagnitude);
        return layerGradients(model, row).gradients.map(({ delta }, i) => ({
          delta: delta! / rows,
          input: inputs[i]!,
        }));
      });
      for (const [i, { mean, delta }] of whole.entries()) {
        const own = ofRows.map((layers) => layers[i]!);
        const average = own.reduce((sum, { delta }) => sum + delta, 0) / rows;
        expect(Math.abs(delta! / average - 1), `seed ${seed}, layer ${i}`).toBeLessThan(2e-6);
        const bound = own.reduce((sum, { delta, input }) => sum + delta * input, 0);
        expect(mean / bound).toBeLessThan(1 + 2e-6);
        if (mean < 0.9 * bound) below++;
      }
    }
    // Rows do cancel each other.
    expect(below).toBeGreaterThan(20);
  });

  it("is the same for layers of any size, in any module, with or without a bias", () => {
    class Own extends nn.Module {
      readonly first = new nn.Linear(300, 40, { bias: false });
      readonly norm = new nn.LayerNorm(40);
      readonly last = new nn.Sequential(new nn.Linear(40, 40), new nn.GELU(), new nn.Linear(40, 2));
      forward(x: tf.Tensor): tf.Tensor {
        return this.last.forward(this.norm.forward(this.first.forward(x)));
      }
    }
    manualSeed(7);
    const own = new Own();
    const x = tf.fill([5, 300], 0.25);
    const { gradients } = layerGradients(own, x);
    expect(gradients.map(({ name, delta }) => [name, delta === undefined])).toEqual([
      ["first.weight", false],
      ["norm.weight", true],
      ["last.0.weight", false],
      ["last.2.weight", false],
    ]);
    // What is added to z has z's gradient: δ by TensorFlow.js itself.
    const [hidden, end] = [tf.zeros([5, 40]), tf.zeros([5, 2])];
    const loss = (zero: tf.Tensor, two: tf.Tensor): tf.Scalar => {
      const normed = own.norm.forward(own.first.forward(x));
      const z = tf.add(own.last[0]!.forward(normed), zero);
      const y = tf.add(own.last[2]!.forward(own.last[1]!.forward(z)), two);
      return tf.mean(tf.square(y));
    };
    const expected = tf.grads(loss)([hidden, end]).map(meanMagnitude);
    expect(Math.abs(gradients[2]!.delta! / expected[0]! - 1)).toBeLessThan(2e-6);
    expect(Math.abs(gradients[3]!.delta! / expected[1]! - 1)).toBeLessThan(2e-6);
  });

  it("is the mean over all its runs where one layer is run twice, and keeps no tensor", () => {
    class Twice extends nn.Module {
      readonly layer = new nn.Linear(3, 3);
      forward(x: tf.Tensor): tf.Tensor {
        return this.layer.forward(this.layer.forward(x));
      }
    }
    manualSeed(1);
    const twice = new Twice();
    const x = tensor([[1, 0, -1]]);
    const [{ delta }] = layerGradients(twice, x).gradients as unknown as [{ delta: number }];
    const y = twice.forward(x);
    const last = tf.mul(y, 2 / 3);
    const first = tf.matMul(last as tf.Tensor2D, twice.layer.weight as tf.Tensor as tf.Tensor2D);
    expect(Math.abs(delta / ((meanMagnitude(first) + meanMagnitude(last)) / 2) - 1)).toBeLessThan(2e-6);
    const before = tf.memory().numTensors;
    layerGradients(twice, x);
    expect(() => layerGradients(twice, tf.fill([1, 3], Infinity))).toThrow("The input holds");
    expect(tf.memory().numTensors).toBeLessThanOrEqual(before + 1);
  });

  // The section's network, and with three rows: test/reference/make_modules.py.
  it.each(recorded.deltas)(
    "is PyTorch's: shortcuts $use_shortcut, rows $x",
    ({ use_shortcut: useShortcut, x, deltas }) => {
      manualSeed(123);
      const model = new ExampleDeepNeuralNetwork([3, 3, 3, 3, 3, 1], { useShortcut });
      const found = layerGradients(model, tensor(x)).gradients.map(({ delta }) => delta!);
      expect(worstOfEach(found, deltas)).toBeLessThan(2e-6);
    },
  );
});
