import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { backward, layerGradients, manualSeed, nn, setBackend, tensor } from "../../dist/index.js";
import type { ActivationName } from "../../dist/nn/kernels.js";
import { composedActivation, composedActivationGrad } from "../../dist/nn/operations.js";
import { sampleRow } from "../../dist/nn/architecture.js";
import { recorded } from "./recorded";
import { backends, worstOfEach } from "./secondact";

/** The section's network with that activation in GELU's place. */
class ActivatedNetwork extends nn.Module {
  readonly layers: nn.ModuleList<nn.Sequential>;

  constructor(
    sizes: number[],
    name: ActivationName,
    private readonly useShortcut: boolean,
  ) {
    super();
    this.layers = new nn.ModuleList(
      sizes.slice(1).map((size, i) => new nn.Sequential(new nn.Linear(sizes[i]!, size), new nn[name]())),
    );
  }

  forward(x: tf.Tensor): tf.Tensor {
    for (const layer of this.layers) {
      const y = layer.forward(x);
      x = this.useShortcut && x.shape.join() === y.shape.join() ? tf.add(x, y) : y;
    }
    return x;
  }
}

/** Each number within 2e-6 of the float64 truth, or 4 times PyTorch's own worst error, as `verify` judges. */
function expectAsPrecise(found: ArrayLike<number>, theirs: number[], truth: number[]): void {
  // Below 1e-30 float32's next numbers are far apart, and PyTorch's tanh is 0 where ours is not yet.
  const places = truth.flatMap((value, i) => (Math.abs(value) > 1e-30 ? [i] : []));
  const at = (values: ArrayLike<number>): number[] => places.map((i) => values[i]!);
  const tolerance = Math.max(2e-6, 4 * worstOfEach(at(theirs), at(truth)));
  expect(worstOfEach(at(found), at(truth))).toBeLessThan(tolerance);
  for (const [i, value] of truth.entries())
    if (!places.includes(i)) expect(Math.abs(found[i]! - value)).toBeLessThan(1e-37);
}

describe.each(backends)("activations on %s", (backend) => {
  beforeAll(() => setBackend(backend));

  it.each(recorded.activations)("nn.$name gives PyTorch's output and gradient", (entry) => {
    class Whole extends nn.Module {
      readonly x = new nn.Parameter(Float32Array.from(entry.x), [entry.x.length]);
      readonly own = new nn[entry.name]();
      forward(): tf.Tensor {
        return this.own.forward(this.x);
      }
    }
    const whole = new Whole();
    backward(whole, () => tf.sum(tf.mul(whole.forward(), tensor(entry.dy))));
    const y = whole.forward().dataSync();
    const dx = whole.x.grad!.dataSync();
    if (entry.name === "ReLU") {
      expect(Array.from(y)).toEqual(entry.output);
      expect(Array.from(dx, Math.abs)).toEqual(entry.dx.map(Math.abs));
    } else {
      expectAsPrecise(y, entry.output, entry.output_f64);
      // By the output, whose rounding is all that is left of 1 - y² where it nears 0: judged by what float32 holds there.
      const error = dx.map((value, i) => Math.abs(value - entry.dx_f64[i]!));
      expect(Math.max(...error)).toBeLessThan(3e-7);
    }
  });

  it.each(recorded.activation_networks)(
    "keeps PyTorch's gradients through layers of nn.$name, shortcuts $use_shortcut, $layer_sizes",
    (entry) => {
      manualSeed(123);
      const model = new ActivatedNetwork(entry.layer_sizes, entry.name, entry.use_shortcut);
      const { loss, gradients } = layerGradients(model, tensor([sampleRow(entry.layer_sizes[0]!)]));
      expect(gradients.map(({ name }) => name)).toEqual(Object.keys(entry.gradient_mean_f64));
      const truth = Object.values(entry.gradient_mean_f64);
      const tolerance = Math.max(2e-6, 4 * worstOfEach(Object.values(entry.gradient_mean), truth));
      expect(
        worstOfEach(
          gradients.map(({ mean }) => mean),
          truth,
        ),
      ).toBeLessThan(tolerance);
      expect(Math.abs(loss - entry.loss)).toBeLessThan(2e-6 * Math.abs(entry.loss) + 1e-12);
    },
  );

  it.each(["ReLU", "Tanh", "Sigmoid"] as const)(
    "nn.%s is what its operations make, and has a second derivative",
    (name) => {
      const x = tensor([-2, -0.5, 0.25, 1.5]);
      const dy = tensor([1, -2, 3, 0.5]);
      const own = new nn[name]();
      const y = own.forward(x);
      const close = (a: tf.Tensor, b: tf.Tensor): void => {
        const expected = b.dataSync();
        a.dataSync().forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 5));
      };
      close(composedActivation(x, name), y);
      const dx = tf.grad((x: tf.Tensor) => own.forward(x))(x, dy);
      close(composedActivationGrad(dy, y, name), dx);
      // (f(x + h) - f(x - h)) / 2h of the derivative.
      const slope = (x: tf.Tensor): tf.Tensor => tf.grad((x: tf.Tensor) => own.forward(x))(x);
      const h = 1 / 64;
      const numeric = tf.div(tf.sub(slope(tf.add(x, h)), slope(tf.sub(x, h))), 2 * h);
      const second = tf.grad(slope)(x).dataSync();
      numeric.dataSync().forEach((value, i) => expect(second[i]).toBeCloseTo(value, 3));
    },
  );

  it("keeps what is not a number, infinities and no numbers at all", () => {
    const x = tf.tensor1d([NaN, Infinity, -Infinity]);
    expect(Array.from(new nn.ReLU().forward(x).dataSync())).toEqual([NaN, Infinity, 0]);
    expect(Array.from(new nn.Tanh().forward(x).dataSync())).toEqual([NaN, 1, -1]);
    expect(Array.from(new nn.Sigmoid().forward(x).dataSync())).toEqual([NaN, 1, 0]);
    expect(new nn.Tanh().forward(tf.zeros([0, 3])).shape).toEqual([0, 3]);
  });
});

it("refuses what is no tensor of numbers", () => {
  expect(() => new nn.ReLU().forward(3 as never)).toThrow("ReLU's input is 3; expected a tensor");
  expect(() => new nn.Tanh().forward(tf.tensor(["a"]))).toThrow("Tanh's input has the dtype string");
  expect(Array.from(new nn.ReLU().forward(tf.tensor1d([-2, 3], "int32")).dataSync())).toEqual([0, 3]);
});
