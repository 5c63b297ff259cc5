import { createHash } from "node:crypto";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import {
  ExampleDeepNeuralNetwork,
  Generator,
  layerGradients,
  layerGradientsOverSeeds,
  manualSeed,
  nn,
  optim,
  pathGradients,
  quantile,
  setBackend,
} from "../../dist/index.js";
import { loadAddon } from "../../dist/tensorflow/addon.js";
import { useMachine } from "../../dist/nn/resources.js";
import { allowed, draw, edges, expectClose, sequential, valueOf } from "./edges";
import { backends, optionsOf, worstOfEach } from "./secondact";

/** The cases with a title each that says which one it is. */
function titled<T extends { seed: number }>(cases: T[], ...names: (keyof T)[]): [string, T][] {
  return cases.map((one) => {
    const named = names.flatMap((name) => (one[name] === undefined ? [] : [JSON.stringify(one[name])]));
    return [`${named.join(" ")}, seed ${one.seed}`, one];
  });
}

function sha256(values: Float32Array): string {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return createHash("sha256").update(bytes).digest("hex");
}

/** As `verify` does: TensorFlow's own operations flush denormals to 0 where PyTorch keeps them. */
function flushed(means: Iterable<number>): number[] {
  return Array.from(means, (mean) => (Math.abs(mean) < 1e-36 ? 0 : mean));
}

describe.each(backends)("beside PyTorch at every edge, on %s", (backend) => {
  beforeAll(() => {
    setBackend(backend);
    // Shapes that are broadcast are meant to be.
    vi.spyOn(console, "warn").mockImplementation(() => {});
  });
  afterAll(() => void vi.restoreAllMocks());
  beforeEach(() => tf.engine().startScope());
  afterEach(() => tf.engine().endScope());

  it.each(titled(edges.products, "a", "b", "transpose_a", "transpose_b", "dtypes"))(
    "matMul %s",
    (_, given) => {
      const generator = manualSeed(given.seed);
      const [a, b] = [draw(generator, given.a, given.dtypes[0]), draw(generator, given.b, given.dtypes[1])];
      const product = tf.matMul(a, b, given.transpose_a, given.transpose_b);
      expectClose(product, given.output, "product", given.dtype);
    },
  );

  it.each(titled(edges.modules, "modules", "x", "dtype", "x_bounds"))("modules %s", (_, given) => {
    const generator = manualSeed(given.seed);
    const model = sequential(given.modules, generator);
    const x = draw(generator, given.x, given.dtype, given.x_bounds);
    const dy = draw(generator, given.output.shape);
    const named: [string, tf.Tensor][] = model.namedParameters();
    if (given.dtype === "float32") named.unshift(["x", x]);
    if (named.length === 0) return expectClose(model.forward(x), given.output, "output");
    const inputs = named.map(([, tensor]) => tensor);
    const { value, grads } = tf.engine().gradients(() => model.forward(x), inputs, dy);
    expectClose(value, given.output, "output");
    expect(grads).toHaveLength(given.gradients.length);
    for (const [i, [name]] of named.entries())
      expectClose(grads[i]!, given.gradients[i]!, `gradient of ${name}`);
  });

  it.each(titled(edges.networks, "modules", "layer_sizes", "x", "scale"))("network %s", (_, given) => {
    const generator = manualSeed(given.seed);
    const model =
      given.layer_sizes === undefined
        ? sequential(given.modules, generator)
        : new ExampleDeepNeuralNetwork(given.layer_sizes, {
            useShortcut: given.use_shortcut,
            gelu: given.gelu,
          });
    const x = draw(generator, given.x, "float32", [-given.scale, given.scale]);
    const { loss, gradients } = layerGradients(model, x, given.target);
    const truth = given.gradient_mean_f64;
    expect(gradients.map(({ name }) => name)).toEqual(Object.keys(truth));
    const means = flushed(gradients.map(({ mean }) => mean));
    expect(worstOfEach(means, flushed(Object.values(truth)))).toBeLessThanOrEqual(allowed(given.error));
    expect(Math.abs(loss / given.loss_f64 - 1), "loss").toBeLessThanOrEqual(allowed(given.loss_error));
  });

  it.each(titled(edges.losses, "input", "target", "dtype"))("MSELoss %s", (_, given) => {
    const generator = manualSeed(given.seed);
    const x = draw(generator, given.input);
    const target = draw(generator, given.target, given.dtype);
    const { value, grads } = tf.engine().gradients(() => new nn.MSELoss().forward(x, target), [x]);
    const off = Math.abs(value.dataSync()[0]! / given.loss_f64 - 1);
    expect(off, "loss").toBeLessThanOrEqual(allowed(given.error));
    expectClose(grads[0]!, given.gradient, "gradient of the input");
  });

  it.each(titled(edges.steps, "size", "options"))("SGD, bit for bit, %s", (_, given) => {
    const generator = manualSeed(given.seed);
    const next = () => generator.uniform(new Float32Array(given.size), -1, 1);
    const parameter = new nn.Parameter(next(), [given.size]);
    const optimizer = new optim.SGD([parameter], optionsOf(given.options));
    const found = given.sha256.map(() => {
      parameter.setGrad(tf.tensor(next()));
      optimizer.step();
      return sha256(parameter.dataSync<"float32">());
    });
    expect(found).toEqual(given.sha256);
  });

  it.each(titled(edges.ensembles, "layer_sizes", "networks", "x"))("ensemble %s", (_, given) => {
    const { layers } = layerGradientsOverSeeds({
      layerSizes: given.layer_sizes,
      seeds: given.networks,
      input: draw(manualSeed(given.seed), given.x, "float32", [-given.scale, given.scale]),
      target: given.target,
      useShortcut: given.use_shortcut,
      gelu: given.gelu,
    });
    for (const [seed, truth] of given.gradient_mean_f64.entries()) {
      const means = layers.map(({ means }) => means[seed]!);
      const off = worstOfEach(flushed(means), flushed(truth));
      expect(off, `seed ${seed}`).toBeLessThanOrEqual(allowed(given.error[seed]!));
    }
  });

  it.each(titled(edges.paths, "layer_sizes", "shortcuts", "x"))("pathGradients %s", (_, given) => {
    const generator = manualSeed(given.seed);
    const { layer_sizes, shortcuts: useShortcut, gelu } = given;
    const model = new ExampleDeepNeuralNetwork(layer_sizes, { useShortcut, gelu });
    const { loss, paths } = pathGradients(model, draw(generator, given.x), given.target);
    expect(Math.abs(loss / given.loss_f64 - 1), "loss").toBeLessThanOrEqual(allowed(given.loss_error));
    expect(paths.map(({ name }) => name)).toEqual(Object.keys(given.parts));
    for (const { name, identity, branch } of paths) {
      const [first, second] = given.parts[name]!;
      const off = Math.max(Math.abs(identity - first), Math.abs(branch - second));
      expect(off, name).toBeLessThanOrEqual(allowed(given.error));
    }
  });
});

describe("beside PyTorch at every edge", () => {
  it.each(titled(edges.quantiles, "n", "kind"))("quantile, the same double, %s", (_, given) => {
    const draws = new Generator().manualSeed(given.seed).uniform(new Float32Array(given.n), -1, 1);
    const values = Array.from(draws, (u) => valueOf(u, given.kind));
    const expected = given.results.map((result) => Number(String(result).replace("inf", "Infinity")));
    // Which of two equal zeros is taken, -0 or 0, is no matter.
    const found = given.shares.map((share) => quantile(values, share) + 0);
    expect(found).toEqual(expected.map((value) => value + 0));
  });

  describe.each(["as compiled", "in JavaScript"])("uniform, bit for bit, drawn %s", (way) => {
    beforeAll(() => useMachine({ drawBlocks: way === "as compiled" ? loadAddon()?.draw : undefined }));
    afterAll(() => useMachine({ drawBlocks: loadAddon()?.draw }));
    it.each(titled(edges.uniform, "low", "high", "lengths"))("%s", (_, given) => {
      const generator = new Generator().manualSeed(given.seed);
      const draws = given.lengths.map((n) => generator.uniform(new Float32Array(n), given.low, given.high));
      expect(draws.map(sha256)).toEqual(given.sha256);
    });
  });
});
