import { createHash } from "node:crypto";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { backward, layerGradients, manualSeed, nn, setBackend, tensor } from "../../dist/index.js";
import { composedNormalize, composedNormalizeGrad } from "../../dist/nn/operations.js";
import { backends, reference, worst, worstOfEach } from "./secondact";

/** A LayerNorm before each layer of the section's network, as a notebook's cell writes it. */
class NormNetwork extends nn.Module {
  readonly layers: nn.ModuleList<nn.Sequential>;

  constructor(
    sizes: number[],
    private readonly useShortcut: boolean,
  ) {
    super();
    this.layers = new nn.ModuleList(
      sizes
        .slice(1)
        .map(
          (size, i) =>
            new nn.Sequential(new nn.LayerNorm(sizes[i]!), new nn.Linear(sizes[i]!, size), new nn.GELU()),
        ),
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

describe.each(backends)("nn.LayerNorm on %s", (backend) => {
  beforeAll(() => setBackend(backend));

  it.each(reference.layer_norm.map((norm, i) => [i, norm] as const))(
    "gives PyTorch's output and gradients: case %i",
    (_, { normalized_shape, eps, x: [shape, values], dy, ...norm }) => {
      const layer = new nn.LayerNorm(normalized_shape, {
        eps,
        elementwiseAffine: norm.weight !== null,
        bias: norm.bias !== null,
      });
      for (const name of ["weight", "bias"] as const) {
        const given = norm[name];
        expect(layer[name]?.shape ?? null).toEqual(given && normalized_shape);
        if (given !== null) layer[name]!.assign(tf.tensor(given, normalized_shape));
      }
      const x = new nn.Parameter(Float32Array.from(values), shape);
      const weights = tf.tensor(dy, shape);
      class Whole extends nn.Module {
        readonly x = x;
        readonly layer = layer;
        forward(): tf.Tensor {
          return tf.sum(tf.mul(this.layer.forward(this.x), weights));
        }
      }
      const whole = new Whole();
      backward(whole, () => whole.forward());
      const output = layer.forward(x).dataSync();
      // Float32's own rounding of each value, and of the few sums over rows.
      expect(worst(output, norm.output)).toBeLessThan(2e-7);
      expect(worst(x.grad!.dataSync(), norm.dx)).toBeLessThan(2e-7);
      if (norm.dweight) expect(worst(layer.weight!.grad!.dataSync(), norm.dweight)).toBeLessThan(5e-7);
      if (norm.dbias) expect(worst(layer.bias!.grad!.dataSync(), norm.dbias)).toBeLessThan(5e-7);
    },
  );

  it("says the same composed of operations, as large tensors of native TensorFlow take it", () => {
    const [{ x, dy, eps, normalized_shape }] = reference.layer_norm.slice(8) as [
      (typeof reference.layer_norm)[0],
    ];
    const row = { width: normalized_shape[0]!, eps };
    const plain = new nn.LayerNorm(normalized_shape, { eps, elementwiseAffine: false });
    // The second row: the first is without variance, where float32 sums leave their own rounding alone.
    const [input, by] = [tf.tensor2d([x[1].slice(300)]), tf.tensor2d([dy.slice(300)])];
    const y = plain.forward(input);
    expect(worst(composedNormalize(input, row).dataSync(), y.dataSync())).toBeLessThan(2e-6);
    const dx = tf.grad((input: tf.Tensor) => plain.forward(input))(input, by);
    expect(worst(composedNormalizeGrad(by, input, row).dataSync(), dx.dataSync())).toBeLessThan(2e-6);
  });

  it.each(reference.norm_networks)(
    "keeps PyTorch's gradients through 30 layers, with shortcuts: $use_shortcut",
    (network) => {
      manualSeed(network.seed);
      const model = new NormNetwork(network.layer_sizes, network.use_shortcut);
      const hash = createHash("sha256");
      for (const parameter of model.parameters()) {
        const values = parameter.dataSync();
        hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
      }
      expect(hash.digest("hex")).toBe(network.weights_sha256);
      const { gradients, loss } = layerGradients(model, tensor(network.x));
      expect(gradients.map(({ name }) => name)).toEqual(Object.keys(network.gradient_mean_f64));
      const truth = Object.values(network.gradient_mean_f64);
      // As `verify` judges: within 2e-6 of the float64 truth, or 4 times PyTorch's own worst error.
      const tolerance = Math.max(2e-6, 4 * worstOfEach(Object.values(network.gradient_mean), truth));
      expect(
        worstOfEach(
          gradients.map(({ mean }) => mean),
          truth,
        ),
      ).toBeLessThan(tolerance);
      expect(Math.abs(loss / network.loss - 1)).toBeLessThan(2e-5);
    },
  );
});

describe("nn.LayerNorm", () => {
  it("starts with ones and zeros, and names its parameters", () => {
    const norm = new nn.LayerNorm([2, 3]);
    expect(norm.namedParameters().map(([name, { shape }]) => [name, shape])).toEqual([
      ["weight", [2, 3]],
      ["bias", [2, 3]],
    ]);
    expect(Array.from(norm.weight!.dataSync())).toEqual([1, 1, 1, 1, 1, 1]);
    expect(Array.from(norm.bias!.dataSync())).toEqual([0, 0, 0, 0, 0, 0]);
    expect(norm.eps).toBe(1e-5);
  });

  it.each([
    [0, RangeError, "normalizedShape is 0; expected a whole number of 1 or more."],
    ["3", TypeError, 'normalizedShape is "3"; expected a whole number'],
    [[], RangeError, "normalizedShape is []; expected at least one size"],
    [[3, 2.5], RangeError, "normalizedShape[1] is 2.5"],
    [undefined, TypeError, "normalizedShape is undefined"],
    [1e12, RangeError, "LayerNorm(1000000000000) would take"],
  ])("refuses the shape %s", (shape, kind, problem) => {
    expect(() => new nn.LayerNorm(shape as number)).toThrow(kind);
    expect(() => new nn.LayerNorm(shape as number)).toThrow(problem);
  });

  it("refuses an eps that is none and an input of another width", () => {
    expect(() => new nn.LayerNorm(3, { eps: -1 })).toThrow(
      "eps is -1; expected a finite number of 0 or more.",
    );
    expect(() => new nn.LayerNorm(3, { eps: "1" as unknown as number })).toThrow(TypeError);
    expect(() => new nn.LayerNorm([2, 3]).forward(tensor([[1, 2]]))).toThrow(
      "LayerNorm(2, 3) got an input of shape [1, 2]; expected its last sizes to be 2, 3.",
    );
    expect(() => new nn.LayerNorm([2, 3]).forward(tensor([1, 2, 3]))).toThrow(RangeError);
  });
});
