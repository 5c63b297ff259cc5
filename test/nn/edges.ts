import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs-core";
import { expect } from "vitest";
import { ExampleDeepNeuralNetwork, type Generator, nn } from "../../dist/index.js";
import type { SGDWords } from "./secondact";

type Form = "none" | "tanh";
type Dtype = "float32" | "int32" | "bool";

/** A module as the reference names it: its kind, then its sizes or its form. */
export type Spec =
  | ["Linear", width: number, out: number, bias?: "no bias"]
  | ["GELU", Form]
  | ["LayerNorm", width: number]
  | ["Residual", width: number, Form];

/** A tensor's float64 truth, as make_edges.py sums it up. */
export interface Summary {
  shape: number[];
  at: number[];
  largest: number;
  sum: number;
  magnitude: number;
  error: number;
}

/** What PyTorch 2.13.0 computed: test/reference/make_edges.py says what each field holds. */
export const edges = JSON.parse(readFileSync("test/reference/edges.json", "utf8")) as {
  products: {
    seed: number;
    a: number[];
    b: number[];
    transpose_a: boolean;
    transpose_b: boolean;
    dtypes: [Dtype, Dtype];
    dtype: Dtype;
    output: Summary;
  }[];
  modules: {
    seed: number;
    modules: Spec[];
    x: number[];
    dtype: Dtype;
    x_bounds: [low: number, high: number];
    output: Summary;
    gradients: Summary[];
  }[];
  networks: ({
    seed: number;
    x: number[];
    scale: number;
    target: number;
    loss_f64: number;
    loss_error: number;
    gradient_mean_f64: Record<string, number>;
    error: number;
  } & (
    | { modules: Spec[]; layer_sizes?: undefined }
    | { modules?: undefined; layer_sizes: number[]; use_shortcut: boolean; gelu: Form }
  ))[];
  losses: {
    seed: number;
    input: number[];
    target: number[];
    dtype: Dtype;
    loss_f64: number;
    error: number;
    gradient: Summary;
  }[];
  steps: { seed: number; size: number; options: SGDWords; sha256: string[] }[];
  ensembles: {
    seed: number;
    networks: number;
    layer_sizes: number[];
    x: number[];
    scale: number;
    target: number;
    use_shortcut: boolean;
    gelu: Form;
    gradient_mean_f64: number[][];
    error: number[];
  }[];
  paths: {
    seed: number;
    layer_sizes: number[];
    shortcuts: boolean[];
    x: number[];
    gelu: Form;
    target: number;
    loss_f64: number;
    loss_error: number;
    parts: Record<string, [identity: number, branch: number]>;
    error: number;
  }[];
  quantiles: {
    seed: number;
    n: number;
    kind: "plain" | "wide" | "repeated" | "infinite" | "nan";
    shares: number[];
    results: (number | "inf" | "-inf" | "nan")[];
  }[];
  uniform: { seed: number; low: number; high: number; lengths: number[]; sha256: string[] }[];
};

/** The next draws of the stream as a tensor; see make_edges.py for what the dtypes make of them. */
export function draw(
  generator: Generator,
  shape: number[],
  dtype: Dtype = "float32",
  [low, high]: readonly [number, number] = [-1, 1],
): tf.Tensor {
  const values = generator.uniform(new Float32Array(tf.util.sizeFromShape(shape)), low, high);
  if (dtype === "int32")
    return tf.tensor(
      Int32Array.from(values, (u) => Math.floor(5 * u)),
      shape,
      dtype,
    );
  if (dtype === "bool")
    return tf.tensor(
      Uint8Array.from(values, (u) => Number(u > 0)),
      shape,
      dtype,
    );
  return tf.tensor(values, shape);
}

/** The modules one after the other; `generator` is the one that initialises layers. */
export function sequential(specs: Spec[], generator: Generator): nn.Sequential {
  return new nn.Sequential(...specs.map((spec) => moduleOf(spec, generator)));
}

function moduleOf(spec: Spec, generator: Generator): nn.Module {
  switch (spec[0]) {
    case "Linear":
      return new nn.Linear(spec[1], spec[2], { bias: spec.length === 3 });
    case "GELU":
      return new nn.GELU({ approximate: spec[1] });
    case "Residual":
      return new ExampleDeepNeuralNetwork([spec[1], spec[1]], { useShortcut: true, gelu: spec[2] });
    case "LayerNorm": {
      const norm = new nn.LayerNorm(spec[1]);
      norm.weight!.assign(draw(generator, [spec[1]], "float32", [0.5, 1.5]));
      norm.bias!.assign(draw(generator, [spec[1]]));
      return norm;
    }
  }
}

/** As `verify` judges: so far from the truth is allowed, or 4 times as far as PyTorch's own float32 is. */
export function allowed(error: number): number {
  return Math.max(2e-6, 4 * error);
}

/** Fails where a tensor has another shape or dtype than the truth, or values that are further from it than allowed. */
export function expectClose(found: tf.Tensor, truth: Summary, what: string, dtype: Dtype = "float32"): void {
  expect([what, found.dtype, found.shape]).toEqual([what, dtype, truth.shape]);
  const values = found.dataSync();
  // Whole numbers of this size are exact.
  const tolerance = dtype === "int32" ? 0 : allowed(truth.error);
  expect(farthest(values, truth), `${what}, values`).toBeLessThanOrEqual(tolerance);
  // Where there are many, their errors cancel, and one that is wrong has a small share.
  const many = values.length < 256 ? 1 : 4;
  expect(sumsOff(values, truth), `${what}, sums`).toBeLessThanOrEqual(tolerance / many);
}

function farthest(values: ArrayLike<number>, { at, largest }: Summary): number {
  const places = new Set(Array.from({ length: 8 }, (_, i) => Math.floor(((values.length - 1) * i) / 7)));
  const sampled = values.length === 0 ? [] : Array.from(places, (place) => values[place]!);
  expect(sampled).toHaveLength(at.length);
  return Math.max(0, ...sampled.map((value, i) => relative(Math.abs(value - at[i]!), largest)));
}

/** The sum's error and that of the sum of magnitudes, relative to the latter: what one wrong row or column shows in. */
function sumsOff(values: ArrayLike<number>, truth: Summary): number {
  let [sum, magnitude] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    sum += values[i]!;
    magnitude += Math.abs(values[i]!);
  }
  const off = Math.max(Math.abs(sum - truth.sum), Math.abs(magnitude - truth.magnitude));
  return relative(off, truth.magnitude);
}

function relative(difference: number, to: number): number {
  return difference === 0 ? 0 : difference / to;
}

/** A draw as one of the values whose quantiles were asked for. */
export function valueOf(u: number, kind: (typeof edges.quantiles)[number]["kind"]): number {
  if (kind === "plain") return u / 3;
  if (kind === "wide") return (u / 3) * 2 ** Math.floor(10 * u);
  if (kind === "nan" && u >= 0 && u < 0.1) return NaN;
  if (kind !== "repeated" && u >= 0.8) return Infinity;
  if (kind !== "repeated" && u < -0.8) return -Infinity;
  return Math.floor(3 * u);
}
