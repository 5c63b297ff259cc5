import { readFileSync } from "node:fs";
import {
  type Backend,
  ExampleDeepNeuralNetwork,
  manualSeed,
  type optim,
  setBackend,
} from "../../dist/index.js";

/** What PyTorch 2.13.0 computed: test/reference/make_second_act.py. */
export const reference = JSON.parse(readFileSync("test/reference/second_act.json", "utf8")) as {
  layer_norm: {
    normalized_shape: number[];
    eps: number;
    x: [shape: number[], values: number[]];
    weight: number[] | null;
    bias: number[] | null;
    dy: number[];
    output: number[];
    dx: number[];
    dweight: number[] | null;
    dbias: number[] | null;
  }[];
  norm_networks: (Means & {
    seed: number;
    layer_sizes: number[];
    use_shortcut: boolean;
    x: number[][];
    loss: number;
    weights_sha256: string;
  })[];
  sgd: {
    use_shortcut: boolean;
    steps: number;
    options: SGDWords;
    losses: number[];
    losses_f64: number[];
    parameters: number[];
    parameters_f64: number[];
    gradient_mean_before_f64: Record<string, number>;
    gradient_mean_after_f64: Record<string, number>;
  }[];
  updates: { options: SGDWords; parameter: number[]; gradients: number[][]; values: number[][] }[];
  ensembles: {
    seeds: number[];
    layer_sizes: number[];
    use_shortcut: boolean;
    gelu: "none" | "tanh";
    x: number[][];
    target: number;
    weights_sha256: string[];
    gradient_mean: number[][];
    gradient_mean_f64: number[][];
    quantiles_f64: number[][];
  }[];
  paths: {
    seed: number;
    layer_sizes: number[];
    shortcuts: boolean[];
    gelu: "none" | "tanh";
    x: number[][];
    target: number;
    loss: number;
    parts: Record<string, [identity: number, branch: number]>;
  }[];
  underflow: Means & { seed: number; layer_sizes: number[] };
};

interface Means {
  gradient_mean: Record<string, number>;
  gradient_mean_f64: Record<string, number>;
}

/** `torch.optim.SGD`'s options, as Python names them. */
export interface SGDWords {
  lr: number;
  momentum?: number;
  dampening?: number;
  weight_decay?: number;
  nesterov?: boolean;
  maximize?: boolean;
}

/** The same as this package names them. */
export const optionsOf = ({ weight_decay: weightDecay = 0, ...rest }: SGDWords): optim.SGDOptions => ({
  ...rest,
  weightDecay,
});

const isThere = (backend: Backend): boolean => {
  try {
    setBackend(backend);
    return true;
  } catch {
    return false;
  }
};

/** Native TensorFlow is not there on every machine; that it is there where the set-up put it, test/setup shows. */
export const backends = (["native", "wasm", "cpu"] as Backend[]).filter(
  (backend) => isThere(backend) || backend !== "native",
);

/** The section's network as PyTorch initialises it. */
export function seeded(
  seed: number,
  layerSizes: number[],
  options: ConstructorParameters<typeof ExampleDeepNeuralNetwork>[1],
): ExampleDeepNeuralNetwork {
  manualSeed(seed);
  return new ExampleDeepNeuralNetwork(layerSizes, options);
}

/** The worst difference, relative to the largest expected value; those below 1e-7 count as none. */
export function worst(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (found.length !== expected.length) return Infinity;
  const largest = Math.max(...Array.from(expected, Math.abs), 1e-7);
  return Math.max(0, ...Array.from(expected, (value, i) => Math.abs(found[i]! - value) / largest));
}

/** The worst relative difference, each number by itself. */
export function worstOfEach(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (found.length !== expected.length) return Infinity;
  return Math.max(
    0,
    ...Array.from(expected, (value, i) =>
      found[i] === value ? 0 : Math.abs(found[i]! - value) / Math.abs(value),
    ),
  );
}
