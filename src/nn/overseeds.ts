import { Tensor } from "@tensorflow/tfjs-core";
import { drawEnsemble, ensembleMeans } from "./ensemble";
import { type Approximate, checkApproximate } from "./approximate";
import { checkMemory } from "./memory";
import { checkShortcuts, shortcutsOf } from "./network";
import { quantiles } from "./quantile";
import { quote } from "./quote";
import { checkSeed } from "./random";
import { sampleRow } from "./sample";
import { checkLayerSizes } from "./sizes";
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
  const parameters = outputs.reduce((sum, size, i) => sum + (layerSizes[i]! + 1) * size, 0);
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
