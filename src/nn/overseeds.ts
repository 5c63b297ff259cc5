import {
  customGrad,
  engine,
  mul,
  reshape,
  square,
  sub,
  sum,
  Tensor,
  tensor as makeTensor,
  tidy,
} from "@tensorflow/tfjs-core";
import {
  type Approximate,
  checkApproximate,
  checkLayerSizes,
  checkShortcuts,
  parametersOf,
  sampleRow,
  shortcutsOf,
} from "./architecture";
import { fusedMultiplyAddDouble } from "./fusedmultiplyadd";
import type { LayerAttributes } from "./kernels";
import { dense, resetLinear } from "./linear";
import { meanMagnitudes } from "./operations";
import { quote } from "./quote";
import { checkSeed, Generator } from "./random";
import { checkMemory } from "./resources";
import { type Nested, tensor } from "./tensor";

/** What `layerGradientsOverSeeds` computes. */
export interface SeedsOptions {
  layerSizes: readonly number[];
  /** How many seeds, counted from 0, or the seeds themselves. */
  seeds: number | readonly (number | bigint)[];
  /** Shape [batch, first of layerSizes]; by default one row, 1, 0, -1 repeated. */
  input?: Tensor | Nested;
  /** A number for every output, or the output's shape; 0 by default. */
  target?: Tensor | Nested;
  /** As `ExampleDeepNeuralNetwork` takes it. */
  useShortcut?: boolean | readonly boolean[];
  gelu?: Approximate;
}

/** One weight's gradients over the seeds. */
export interface LayerOverSeeds {
  /** The parameter's name, such as `layers.0.0.weight`. */
  name: string;
  /** The weight's shape, [out, in]. */
  shape: number[];
  /** The mean of |d loss / d weight|, for each seed in order. */
  means: Float32Array;
  /** The median of the means; of an even count the mean of the middle two. */
  median: number;
  /** Percentiles of the means, interpolated linearly as `quantile` does. */
  percentiles: { 5: number; 25: number; 75: number; 95: number };
}

/** Every layer's gradients over the seeds. */
export interface GradientsOverSeeds {
  seeds: (number | bigint)[];
  layers: LayerOverSeeds[];
  useShortcut: boolean;
}

const mostSeeds = 1_000_000;
/** More numbers than these are not held at once: further networks follow in a further computation. */
const mostNumbers = 2 ** 22;

/**
 * Each layer's gradient means for many seeds, all networks in one batched computation; every seed's parameters are bit
 * for bit PyTorch's. The default generator stays where it is.
 * @throws TypeError or RangeError naming the value; nothing is computed then.
 */
export function layerGradientsOverSeeds(options: SeedsOptions): GradientsOverSeeds {
  const { layerSizes, useShortcut = false, gelu = "none", target = 0 } = options ?? {};
  checkLayerSizes(layerSizes);
  checkApproximate(gelu);
  const seeds = seedsOf(options.seeds);
  const outputs = layerSizes.slice(1);
  const wanted = checkShortcuts(useShortcut, outputs.length);
  const attributes = shortcutsOf(layerSizes, wanted).map((shortcut) => ({ approximate: gelu, shortcut }));
  const parameters = parametersOf(layerSizes);
  checkMemory(`A network of the sizes [${layerSizes.join(", ")}]`, parameters);

  const given: Tensor[] = [];
  const hold = (value: Tensor | Nested): Tensor => {
    if (value instanceof Tensor) return value;
    const made = tensor(value);
    given.push(made);
    return made;
  };
  try {
    const x = hold(options.input ?? [sampleRow(layerSizes[0]!)]);
    checkShape("The input", x, [null, layerSizes[0]!]);
    const batch = x.shape[0]!;
    const goal = typeof target === "number" ? target : hold(target);
    if (typeof goal !== "number") checkShape("The target", goal, [batch, outputs.at(-1)!]);
    else if (!Number.isFinite(goal)) throw new RangeError(`The target is ${goal}; expected a finite number.`);

    const means = outputs.map(() => new Float32Array(seeds.length));
    const numbers = parameters + batch * outputs.reduce((sum, size) => sum + size, 0);
    const atOnce = Math.max(1, Math.floor(mostNumbers / numbers));
    for (let from = 0; from < seeds.length; from += atOnce) {
      const layers = drawEnsemble(layerSizes, seeds.slice(from, from + atOnce));
      ensembleMeans(layerSizes, layers, x, goal, attributes).forEach((part, i) => means[i]!.set(part, from));
    }
    return {
      seeds,
      layers: means.map((means, i) => layerOf(i, [outputs[i]!, layerSizes[i]!], means)),
      useShortcut: wanted.includes(true),
    };
  } finally {
    for (const made of given) made.dispose();
  }
}

function layerOf(index: number, shape: number[], means: Float32Array): LayerOverSeeds {
  const [p5, p25, median, p75, p95] = quantiles(means, [0.05, 0.25, 0.5, 0.75, 0.95]) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return {
    name: `layers.${index}.0.weight`,
    shape,
    means,
    median,
    percentiles: { 5: p5, 25: p25, 75: p75, 95: p95 },
  };
}

function seedsOf(seeds: unknown): (number | bigint)[] {
  const expected = `expected a whole number from 1 to ${mostSeeds.toLocaleString("en")}, or an array of so many seeds.`;
  if (Array.isArray(seeds)) {
    const list = seeds as (number | bigint)[];
    if (list.length < 1 || list.length > mostSeeds)
      throw new RangeError(`seeds has ${list.length} entries; ${expected}`);
    list.forEach(checkSeed);
    return [...list];
  }
  if (typeof seeds !== "number") throw new TypeError(`seeds is ${quote(seeds)}; ${expected}`);
  if (!Number.isInteger(seeds) || seeds < 1 || seeds > mostSeeds)
    throw new RangeError(`seeds is ${seeds}; ${expected}`);
  return Array.from({ length: seeds }, (_, seed) => seed);
}

function checkShape(what: string, value: Tensor, expected: (number | null)[]): void {
  const fits =
    value.rank === expected.length && expected.every((size, i) => size === null || size === value.shape[i]);
  if (!fits || value.size === 0) {
    const sizes = expected.map((size) => size ?? "batch").join(", ");
    throw new RangeError(`${what} has the shape [${value.shape.join(", ")}]; expected [${sizes}].`);
  }
  const stray = value.dataSync().find((number) => !Number.isFinite(number));
  if (stray !== undefined) throw new RangeError(`${what} holds ${stray}; expected finite numbers.`);
}

/** One layer's parameters of many networks. */
export interface EnsembleLayer {
  /** Shape [networks, out, in]. */
  weight: Float32Array;
  /** Shape [networks, out]. */
  bias: Float32Array;
}

const generator = new Generator();

/**
 * The parameters that every seed gives the section's network, each network's bit for bit those of
 * `torch.manual_seed(seed)` and its construction. The default generator stays where it is.
 */
export function drawEnsemble(
  layerSizes: readonly number[],
  seeds: readonly (number | bigint)[],
): EnsembleLayer[] {
  const layers = layerSizes.slice(1).map((out, i) => ({
    weight: new Float32Array(seeds.length * out * layerSizes[i]!),
    bias: new Float32Array(seeds.length * out),
  }));
  for (const [network, seed] of seeds.entries()) {
    generator.manualSeed(seed);
    for (const [i, { weight, bias }] of layers.entries()) {
      const [width, out] = [layerSizes[i]!, layerSizes[i + 1]!];
      resetLinear(
        weight.subarray(network * out * width, (network + 1) * out * width),
        bias.subarray(network * out, (network + 1) * out),
        width,
        generator,
      );
    }
  }
  return layers;
}

/**
 * Runs all networks forward and backward at once, with the mean squared error of each.
 * @param x shape [batch, features]
 * @param target a number, or a tensor of the output's shape
 * @param attributes of each layer
 * @returns for each layer the mean of |d loss / d weight| of every network
 */
export function ensembleMeans(
  layerSizes: readonly number[],
  layers: readonly EnsembleLayer[],
  x: Tensor,
  target: Tensor | number,
  attributes: readonly LayerAttributes[],
): Float32Array[] {
  let means: Float32Array = new Float32Array();
  const networks = layers[0]!.bias.length / layerSizes[1]!;
  // Nothing is returned from inside: `tidy` would look for tensors in every number.
  tidy(() => {
    const weights = layers.map(({ weight }, i) =>
      makeTensor(weight, [networks, layerSizes[i + 1]!, layerSizes[i]!]),
    );
    const biases = layers.map(({ bias }, i) => makeTensor(bias, [networks, layerSizes[i + 1]!]));
    const outputs = x.shape[0]! * layerSizes.at(-1)!;
    const loss = (): Tensor => {
      let y: Tensor = reshape(x, [1, ...x.shape]);
      for (const [i, weight] of weights.entries()) y = dense(y, weight, biases[i]!, attributes[i]!);
      return squaredError(y, target, outputs);
    };
    const { grads } = engine().gradients(loss, weights);
    means = meanMagnitudes(grads, networks).dataSync<"float32">();
  });
  return layers.map((_, i) => means.subarray(i * networks, (i + 1) * networks));
}

/** The sum of all networks' mean squared errors, of which each network's parameters change their own and no other. */
function squaredError(y: Tensor, target: Tensor | number, outputs: number): Tensor {
  // With its gradient at hand, 2 (y - target) / outputs: derived from the operations it is three times as many calls.
  return customGrad((y, save) => {
    const difference = sub(y as Tensor, target);
    (save as (tensors: Tensor[]) => void)([difference]);
    return {
      value: mul(sum(square(difference)), 1 / outputs),
      gradFunc: (dy: Tensor, saved: Tensor[]) => mul(saved[0]!, mul(dy, 2 / outputs)),
    };
  })(y);
}

/**
 * The value below which a share `q` of the values lies, from 0 to 1; between two values it is interpolated linearly, so
 * that 0.5 of an even count is the mean of the middle two. A value that is nan makes it nan, and so do neighbours whose
 * difference is: inf - inf, and half of inf or more taken from inf.
 * PyTorch: `torch.quantile(values, q, interpolation="linear")` of float64, on AVX2 and newer to the last bit.
 * @throws TypeError or RangeError where `q` is not a number from 0 to 1 or there is no value.
 */
export function quantile(values: ArrayLike<number>, q: number): number {
  return quantiles(values, [q])[0]!;
}

/** Several quantiles of the same values. */
export function quantiles(values: ArrayLike<number>, shares: readonly number[]): number[] {
  for (const q of shares) checkShare(q);
  if (!(values?.length > 0)) {
    throw new RangeError(`quantile got ${quote(values)}; expected an array of one number or more.`);
  }
  for (let i = 0; i < values.length; i++)
    if (typeof values[i] !== "number")
      throw new TypeError(`A value of quantile's is ${quote(values[i])}; expected a number.`);
  const sorted = Float64Array.from(values).sort();
  const last = sorted.length - 1;
  return shares.map((q) => {
    // A typed array sorts nan to its end.
    if (Number.isNaN(sorted[last])) return NaN;
    const lower = Math.floor(q * last);
    const [a, b] = [sorted[lower]!, sorted[Math.ceil(q * last)]!];
    // PyTorch's lerp, which begins at the nearer of the two.
    const weight = q * last - lower;
    return weight < 0.5
      ? fusedMultiplyAddDouble(weight, b - a, a)
      : fusedMultiplyAddDouble(weight - 1, b - a, b);
  });
}

function checkShare(q: unknown): void {
  const problem = `q is ${quote(q)}; expected a number from 0 to 1.`;
  if (typeof q !== "number") throw new TypeError(problem);
  if (!(q >= 0 && q <= 1)) throw new RangeError(problem);
}
