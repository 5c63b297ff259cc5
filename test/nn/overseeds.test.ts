import { createHash } from "node:crypto";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import {
  type SeedsOptions,
  layerGradients,
  layerGradientsOverSeeds,
  manualSeed,
  quantile,
  setBackend,
  tensor,
} from "../../dist/index.js";
import { drawEnsemble } from "../../dist/nn/overseeds.js";
import { backends, reference, seeded, worstOfEach } from "./secondact";

const section = [3, 3, 3, 3, 3, 1];

describe.each(backends)("layerGradientsOverSeeds on %s", (backend) => {
  beforeAll(() => setBackend(backend));

  it.each(reference.ensembles)(
    "gives PyTorch's means for $layer_sizes, $gelu GELU, shortcuts: $use_shortcut",
    (ensemble) => {
      const { seeds, layers } = layerGradientsOverSeeds({
        layerSizes: ensemble.layer_sizes,
        seeds: ensemble.seeds,
        input: ensemble.x,
        target: ensemble.target,
        useShortcut: ensemble.use_shortcut,
        gelu: ensemble.gelu,
      });
      expect(seeds).toEqual(ensemble.seeds);
      for (const k of seeds.keys()) {
        const of = (rows: ArrayLike<number>[]) => rows.map((row) => row[k]!);
        const truth = of(ensemble.gradient_mean_f64);
        // Some of so many networks have gradients that nearly cancel: PyTorch's own float32 means are then off by 5e-5.
        const tolerance = Math.max(3e-6, 4 * worstOfEach(of(ensemble.gradient_mean), truth));
        expect(worstOfEach(of(layers.map(({ means }) => means)), truth)).toBeLessThan(tolerance);
      }
      layers.forEach(({ median, percentiles, name, shape }, i) => {
        expect(name).toBe(`layers.${i}.0.weight`);
        expect(shape).toEqual([ensemble.layer_sizes[i + 1], ensemble.layer_sizes[i]]);
        const found = [percentiles[5], percentiles[25], median, percentiles[75], percentiles[95]];
        expect(worstOfEach(found, ensemble.quantiles_f64[i]!)).toBeLessThan(5e-5);
      });
    },
  );

  it("says what one network at a time says, wide and with many rows", () => {
    const rows = Array.from({ length: 40 }, (_, i) =>
      Array.from({ length: 48 }, (_, k) => Math.sin(48 * i + k)),
    );
    for (const [layerSizes, input] of [
      [[48, 48, 30, 30], rows],
      [[48, 48, 30, 30], rows.slice(0, 3)],
    ] as const) {
      const useShortcut = [true, true, false];
      const { layers } = layerGradientsOverSeeds({
        layerSizes,
        seeds: [5, 6],
        input,
        target: 0.5,
        useShortcut,
      });
      for (const [k, seed] of [5, 6].entries()) {
        const model = seeded(seed, [...layerSizes], { useShortcut });
        const { gradients } = layerGradients(model, tensor(input), 0.5);
        const found = layers.map(({ means }) => means[k]!);
        expect(
          worstOfEach(
            found,
            gradients.map(({ mean }) => mean),
          ),
        ).toBeLessThan(5e-6);
      }
    }
  });

  it("says the same in parts, where one computation would be too large", () => {
    const layerSizes = [64, 96, 96, 1];
    const whole = layerGradientsOverSeeds({ layerSizes, seeds: 300 }).layers;
    const alone = layerGradientsOverSeeds({ layerSizes, seeds: [299] }).layers;
    expect(whole.map(({ means }) => means[299])).toEqual(alone.map(({ means }) => means[0]));
  });

  it("keeps no tensor", () => {
    const before = tf.memory().numTensors;
    layerGradientsOverSeeds({ layerSizes: section, seeds: 10, input: [[1, 2, 3]], target: [[1]] });
    expect(() => layerGradientsOverSeeds({ layerSizes: section, seeds: 10, input: [[1, 2]] })).toThrow();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe("layerGradientsOverSeeds", () => {
  it.each(reference.ensembles)("draws PyTorch's parameters, bit for bit, for $layer_sizes", (ensemble) => {
    const sizes = ensemble.layer_sizes;
    const layers = drawEnsemble(sizes, ensemble.seeds);
    for (const [k, expected] of ensemble.weights_sha256.entries()) {
      const hash = createHash("sha256");
      for (const [i, { weight, bias }] of layers.entries()) {
        const [width, out] = [sizes[i]!, sizes[i + 1]!];
        for (const values of [
          weight.slice(k * out * width, (k + 1) * out * width),
          bias.slice(k * out, (k + 1) * out),
        ])
          hash.update(new Uint8Array(values.buffer));
      }
      expect(hash.digest("hex")).toBe(expected);
    }
  });

  it("counts seeds from 0, takes tensors, and leaves the default generator where it is", () => {
    const next = manualSeed(9).random();
    manualSeed(9);
    const input = tensor([[1, 0, -1]]);
    const counted = layerGradientsOverSeeds({ layerSizes: section, seeds: 3, input });
    expect(manualSeed(9).random()).toBe(next);
    expect(counted.seeds).toEqual([0, 1, 2]);
    expect(counted.layers).toHaveLength(5);
    expect(counted).toEqual(
      layerGradientsOverSeeds({ layerSizes: section, seeds: [0, 1, 2], target: tensor([[0]]) }),
    );
    expect(input.isDisposed).toBe(false);
    expect(counted.useShortcut).toBe(false);
  });

  it.each<[Partial<SeedsOptions>, typeof TypeError | typeof RangeError, string]>([
    [{ seeds: 0 }, RangeError, "seeds is 0; expected a whole number from 1 to 1,000,000"],
    [{ seeds: 1e9 }, RangeError, "seeds is 1000000000"],
    [{ seeds: 1.5 }, RangeError, "seeds is 1.5"],
    [{ seeds: "9" as unknown as number }, TypeError, 'seeds is "9"'],
    [{ seeds: [] }, RangeError, "seeds has 0 entries"],
    [{ seeds: [1, NaN] }, RangeError, "The seed is NaN"],
    [{ layerSizes: [3] }, RangeError, "expected at least two entries"],
    [{ layerSizes: [1e6, 1e6] }, RangeError, "A network of the sizes [1000000, 1000000] would take"],
    [{ gelu: "quick" as "tanh" }, RangeError, "The GELU form is"],
    [{ useShortcut: [true] }, TypeError, "useShortcut is [true]"],
    [{ input: [[1, 2]] }, RangeError, "The input has the shape [1, 2]; expected [batch, 3]."],
    [{ input: [] }, RangeError, "The input has the shape [0]"],
    [{ input: tf.tensor([[1, NaN, 0]]) }, RangeError, "The input holds NaN; expected finite numbers."],
    [{ target: [[1, 2]] }, RangeError, "The target has the shape [1, 2]; expected [1, 1]."],
    [{ target: Infinity }, RangeError, "The target is Infinity"],
  ])("refuses %j", (wrong, kind, problem) => {
    const call = () => layerGradientsOverSeeds({ layerSizes: section, seeds: 2, ...wrong });
    expect(call).toThrow(kind);
    expect(call).toThrow(problem);
  });
});

describe("quantile", () => {
  it("is torch.quantile's", () => {
    // torch.quantile(torch.tensor([3., 1., 4., 1.5], dtype=float64), torch.tensor([0, .1, .5, .9, 1.], dtype=float64))
    expect([0, 0.1, 0.5, 0.9, 1].map((q) => quantile([3, 1, 4, 1.5], q))).toEqual([1, 1.15, 2.25, 3.7, 4]);
    expect(quantile([7], 0.3)).toBe(7);
    expect(quantile(new Float32Array([2, NaN, 1]), 0.5)).toBeNaN();
    // Between two infinities it is nan, as inf - inf is.
    expect(quantile([1, Infinity, Infinity], 0.9)).toBeNaN();
  });

  it("refuses what is no share, and no values", () => {
    expect(() => quantile([1], 95)).toThrow("q is 95; expected a number from 0 to 1.");
    expect(() => quantile([1], "1" as unknown as number)).toThrow(TypeError);
    expect(() => quantile([], 0.5)).toThrow("quantile got []; expected an array of one number or more.");
  });
});
