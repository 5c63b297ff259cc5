import { type Tensor, fill, tidy } from "@tensorflow/tfjs-core";
import { type Deltas, backwardTo, watchDeltas } from "./backward";
import { asFloats } from "./kernels";
import { MSELoss } from "./loss";
import { type Contents, type Module, contentsOf } from "./module";
import { meanMagnitudes } from "./operations";
import { aligned, inspect, pythonFloat } from "./text";

/** One weight's gradient. */
export interface LayerGradient {
  /** The parameter's name, such as `layers.0.0.weight`. */
  name: string;
  /** The weight's shape, [out, in]. */
  shape: number[];
  /** The mean of |d loss / d weight| over the weight's elements, float32. */
  mean: number;
  /**
   * The mean of |δ| over the layer's units and the input's rows, float32: δ = d loss / d z, where z = x Wᵀ + b is what the
   * linear layer computes, before its activation. It is left out where no `nn.Linear` has the weight.
   *
   * The weight's gradient is Σ δᵀ x over the rows. Of a single row it is δᵀ x alone, and so mean = delta · mean |x|, but
   * for rounding. The terms of several rows can cancel: then mean ≤ Σ mean |δ of a row| · mean |x of that row|.
   */
  delta?: number;
}

/** What one forward and backward pass says of a model. */
export interface LayerGradients {
  /** The mean squared error, float32. */
  loss: number;
  /** The model's output, a row for every row of the input. */
  output: number[][];
  /** Every weight in the model's order; biases are left out, as in the section. */
  gradients: LayerGradient[];
  /** The model's own `useShortcut`, where it has one. */
  useShortcut?: boolean;
}

/**
 * Runs the model forward and backward with the mean squared error, leaving the gradients on its parameters.
 * @param x shape [batch, features]
 * @param target a number for every output, or a tensor of the output's shape; 0 by default
 * @throws TypeError where the input or the target is no tensor of numbers, RangeError where the input is not finite or has
 * another width.
 */
export function layerGradients(model: Module, x: Tensor, target: Tensor | number = 0): LayerGradients {
  let values: Float32Array = new Float32Array();
  let shape: number[] = [];
  const contents = contentsOf(model);
  const deltas: Deltas = new Map();
  const forward = (): Tensor => {
    const input = asFloats(x, "The input");
    const output = asFloats(model.forward(input), "The model's output");
    const goal = typeof target === "number" ? fill(output.shape, target) : target;
    const value = new MSELoss().forward(output, goal);
    // A loss that is finite cannot come of an input that is not: only now is it worth reading the input back.
    if (!Number.isFinite(value.dataSync()[0])) checkFinite(input);
    values = output.dataSync<"float32">();
    shape = output.shape;
    return value;
  };
  let loss: number;
  let gradients: LayerGradient[];
  try {
    loss = watchDeltas(deltas, () => backwardTo(contents, forward));
    gradients = weightGradients(contents, deltas);
  } finally {
    for (const taken of deltas.values()) for (const delta of taken) delta.dispose();
  }
  const width = shape.at(-1) ?? 1;
  let rows: number[][] | undefined;
  const result: LayerGradients = {
    loss,
    // Wide outputs take longer to write out than to compute, and are seldom read.
    get output() {
      return (rows ??= rowsOf(values, width));
    },
    gradients,
    ...("useShortcut" in model ? { useShortcut: Boolean(model.useShortcut) } : {}),
  };
  // It is no part of the data, which may be spread and compared.
  return Object.defineProperty(result, inspect, { value: () => summary(result, shape) });
}

/** As a cell's last expression the result shows as a table. */
function summary({ loss, gradients }: LayerGradients, output: readonly number[]): string {
  const rows = gradients.map(({ name, shape, mean }) => [name, `[${shape.join(", ")}]`, String(mean)]);
  const head = `Layer gradients: loss ${loss}, output [${output.join(", ")}]`;
  return `${head}\n${aligned([["weight", "shape", "mean |gradient|"], ...rows])}`;
}

function weightGradients({ parameters }: Contents, deltas: Deltas): LayerGradient[] {
  const weights = parameters.filter(
    ([name, parameter]) => name.includes("weight") && parameter.peekGrad() !== null,
  );
  if (weights.length === 0) return [];
  const taken = weights.map(([, parameter]) => deltas.get(parameter) ?? []);
  const grads = weights.map(([, parameter]) => parameter.peekGrad()!);
  // All in one call: a network's many small ones would take longer than its passes.
  const means = tidy(() => meanMagnitudes([...grads, ...taken.flat()]).dataSync());
  let next = weights.length;
  return weights.map(([name, { shape }], i) => {
    const gradient: LayerGradient = { name, shape: [...shape], mean: means[i]! };
    const runs = taken[i]!;
    if (runs.length > 0) gradient.delta = overRuns(runs, means.subarray(next, (next += runs.length)));
    return gradient;
  });
}

/** Of a layer that was run several times the mean over all its numbers. */
function overRuns(runs: readonly Tensor[], means: ArrayLike<number>): number {
  if (runs.length === 1) return means[0]!;
  const total = runs.reduce((sum, { size }) => sum + size, 0);
  return Math.fround(runs.reduce((sum, { size }, i) => sum + means[i]! * size, 0) / total);
}

/** A line for every weight, as `printGradients` prints them. */
export function gradientLines({ gradients }: LayerGradients): string {
  return gradients.map(({ name, mean }) => `${name} has gradient mean of ${pythonFloat(mean)}`).join("\n");
}

/**
 * Prints a line for every weight: `layers.0.0.weight has gradient mean of 0.00020174118981231004`, the number as
 * Python writes it. Source: the section's `print_gradients`.
 */
export function printGradients(model: Module, x: Tensor, target: Tensor | number = 0): void {
  // One message, not one a line: a kernel's socket takes only so many at a time.
  console.log(gradientLines(layerGradients(model, x, target)));
}

function checkFinite(x: Tensor): void {
  const value = x.dataSync().find((value) => !Number.isFinite(value));
  if (value === undefined) return;
  throw new RangeError(`The input holds ${value}; expected finite numbers.`);
}

function rowsOf(values: Float32Array, width: number): number[][] {
  const numbers = Array.from(values);
  return Array.from({ length: numbers.length / width }, (_, i) => numbers.slice(i * width, (i + 1) * width));
}
