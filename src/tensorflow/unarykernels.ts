import { type Tensor, registerGradient } from "@tensorflow/tfjs-core";
import { type ActivationName, type Kernels, type RowAttributes, runKernel } from "../nn/kernels";
import { installLayerKernel } from "./installkernel";
import type { TensorAccess } from "./tensoraccess";

// Kernels of one tensor, with their gradients: activations, GELU, and layer norm's rows.

/** y of x, and by y the slope; in double, so that each value is rounded once. */
const functions: { readonly [name in ActivationName]: [(x: number) => number, (y: number) => number] } = {
  // Not by `Math.max`, which takes -0 for less than 0 where PyTorch leaves it.
  ReLU: [(x) => (x < 0 ? 0 : x), (y) => (y <= 0 ? 0 : 1)],
  Tanh: [Math.tanh, (y) => 1 - y * y],
  Sigmoid: [(x) => 1 / (1 + Math.exp(-x)), (y) => y * (1 - y)],
};

/**
 * Registers the activations and their gradients as kernels of a backend: TensorFlow's own approximate tanh, and take
 * numbers below 1.2e-38 for 0.
 */
export function registerActivations(backendName: string, access: TensorAccess): void {
  installLayerKernel(backendName, "Activation", ({ inputs: { x }, attrs: { name }, backend }) => {
    const [value] = functions[name];
    return access.write(backend, x.shape, (y) => {
      const from = access.read(backend, x);
      for (let i = 0; i < y.length; i++) y[i] = value(from[i]!);
    });
  });
  installLayerKernel(backendName, "ActivationGrad", ({ inputs: { dy, y }, attrs: { name }, backend }) => {
    if (y.shape.join() !== dy.shape.join()) return null;
    const [, slope] = functions[name];
    return access.write(backend, y.shape, (dx) => {
      const [by, from] = [access.read(backend, dy), access.read(backend, y)];
      for (let i = 0; i < dx.length; i++) {
        const factor = slope(from[i]!);
        // What does not pass is 0, an infinite dy as well.
        dx[i] = name === "ReLU" && factor === 0 ? 0 : by[i]! * factor;
      }
    });
  });
}

registerGradient({
  kernelName: "Activation",
  outputsToSave: [true],
  gradFunc: (dy, saved, attrs) => ({
    x: () =>
      runKernel(
        "ActivationGrad",
        { dy: dy as Tensor, y: saved[0]! },
        attrs as unknown as Kernels["ActivationGrad"]["attributes"],
      ),
  }),
});

const beta = Math.sqrt(2 / Math.PI);
const kappa = 0.044715;
const density = 1 / Math.sqrt(2 * Math.PI);

/** Φ(x), or its tanh approximation, in double as PyTorch computes it for float64. */
export function cdf(x: number, isTanh: boolean): number {
  return isTanh ? 0.5 * (1 + Math.tanh(beta * (x + kappa * x * x * x))) : 0.5 * (1 + erf(x * Math.SQRT1_2));
}

/** Φ'(x), or that of its tanh approximation. */
export function slope(x: number, isTanh: boolean): number {
  if (!isTanh) return density * Math.exp(-0.5 * x * x);
  const t = Math.tanh(beta * (x + kappa * x * x * x));
  return 0.5 * (1 - t * t) * beta * (1 + 3 * kappa * x * x);
}

/** How GELU is computed, on arrays of one length that is a multiple of `width`: in double, rounded once. */
export interface GeluArithmetic {
  /** y = gelu(x) */
  forward(x: Float32Array, y: Float32Array, width: number, isTanh: boolean): void;
  /** dx = dy · gelu'(x) */
  gradient(dy: Float32Array, x: Float32Array, dx: Float32Array, width: number, isTanh: boolean): void;
}

export const plainGelu: GeluArithmetic = {
  forward(x, y, _, isTanh) {
    for (let i = 0; i < x.length; i++) y[i] = x[i]! * cdf(x[i]!, isTanh);
  },
  gradient(dy, x, dx, _, isTanh) {
    for (let i = 0; i < x.length; i++) dx[i] = dy[i]! * (cdf(x[i]!, isTanh) + x[i]! * slope(x[i]!, isTanh));
  },
};

/**
 * Registers GELU and its gradient as kernels of a backend: one pass over the values, where the composed operations round
 * seven times and cancel.
 */
export function registerGelu(backendName: string, access: TensorAccess, arithmetic = plainGelu): void {
  installLayerKernel(backendName, "Gelu", ({ inputs: { x }, attrs: { approximate }, backend }) =>
    access.write(backend, x.shape, (y) =>
      arithmetic.forward(access.read(backend, x), y, x.shape.at(-1) ?? 1, approximate === "tanh"),
    ),
  );
  installLayerKernel(backendName, "GeluGrad", ({ inputs: { dy, x }, attrs: { approximate }, backend }) => {
    if (x.shape.join() !== dy.shape.join()) return null;
    return access.write(backend, x.shape, (dx) => {
      const [by, from] = [access.read(backend, dy), access.read(backend, x)];
      arithmetic.gradient(by, from, dx, x.shape.at(-1) ?? 1, approximate === "tanh");
    });
  });
}

registerGradient({
  kernelName: "Gelu",
  inputsToSave: ["x"],
  gradFunc: (dy, saved, attrs) => {
    const inputs = { dy: dy as Tensor, x: saved[0]! };
    // At once: what is made inside a getter is disposed before it is used.
    const dx = runKernel("GeluGrad", inputs, attrs as unknown as Kernels["GeluGrad"]["attributes"]);
    return { x: () => dx };
  },
});

/** The mean of the row at `from`, and 1 / √(variance + eps), in double. */
function statistics(x: Float32Array, from: number, { width, eps }: RowAttributes): [number, number] {
  let sum = 0;
  for (let i = from; i < from + width; i++) sum += x[i]!;
  const mean = sum / width;
  let squares = 0;
  for (let i = from; i < from + width; i++) squares += (x[i]! - mean) ** 2;
  return [mean, 1 / Math.sqrt(squares / width + eps)];
}

/** Registers layer norm's rows and their gradient as kernels of a backend: sums in double, every value rounded once. */
export function registerLayerNorm(backendName: string, access: TensorAccess): void {
  installLayerKernel(backendName, "NormalizeRows", ({ inputs: { x }, attrs: row, backend }) =>
    access.write(backend, x.shape, (values) => {
      const from = access.read(backend, x);
      for (let at = 0; at + row.width <= from.length; at += row.width) {
        const [mean, scale] = statistics(from, at, row);
        for (let i = at; i < at + row.width; i++) values[i] = (from[i]! - mean) * scale;
      }
    }),
  );
  installLayerKernel(backendName, "NormalizeRowsGrad", ({ inputs: { dy, x }, attrs: row, backend }) => {
    if (x.shape.join() !== dy.shape.join()) return null;
    return access.write(backend, x.shape, (values) => {
      const [from, by] = [access.read(backend, x), access.read(backend, dy)];
      for (let at = 0; at + row.width <= from.length; at += row.width) rowGradient(values, from, by, at, row);
    });
  });
}

function rowGradient(
  values: Float32Array,
  x: Float32Array,
  dy: Float32Array,
  from: number,
  row: RowAttributes,
): void {
  const [mean, scale] = statistics(x, from, row);
  let sum = 0;
  let along = 0;
  for (let i = from; i < from + row.width; i++) {
    sum += dy[i]!;
    along += dy[i]! * (x[i]! - mean) * scale;
  }
  for (let i = from; i < from + row.width; i++) {
    values[i] = (dy[i]! - (sum + (x[i]! - mean) * scale * along) / row.width) * scale;
  }
}

registerGradient({
  kernelName: "NormalizeRows",
  inputsToSave: ["x"],
  gradFunc: (dy, saved, attrs) => ({
    x: () =>
      runKernel("NormalizeRowsGrad", { dy: dy as Tensor, x: saved[0]! }, attrs as unknown as RowAttributes),
  }),
});

// Taylor's series around the nearest multiple of 1/16: twelve terms reach a double's last bits.
const perUnit = 16;
const end = 6; // 1 - erf(6) is 2e-17
const terms = 12;
const table = taylorTable();

/**
 * The error function to double precision, where TensorFlow.js's own kernels are off by up to 1.5e-7.
 * Source: Abramowitz and Stegun, "Handbook of Mathematical Functions", 7.1.1, 7.1.6 and 7.1.19.
 */
export function erf(x: number): number {
  const v = Math.abs(x);
  if (!(v < end) || v === 0) return Math.sign(x);
  const center = Math.round(v * perUnit);
  const h = v - center / perUnit;
  let sum = 0;
  for (let at = (center + 1) * terms - 1, last = center * terms; at >= last; at--) sum = sum * h + table[at]!;
  return x < 0 ? -sum : sum;
}

function taylorTable(): Float64Array {
  const rows = end * perUnit + 1;
  const table = new Float64Array(rows * terms);
  for (let row = 0; row < rows; row++) {
    const c = row / perUnit;
    let slope = (2 / Math.sqrt(Math.PI)) * Math.exp(-c * c);
    let before = 0;
    table[row * terms] = erfBySeries(c, slope);
    // With g = erf', g' = -2 x g gives g's coefficients one from another, and erf's are theirs divided.
    for (let k = 1; k < terms; k++) {
      table[row * terms + k] = slope / k;
      [slope, before] = [(-2 * (c * slope + before)) / k, slope];
    }
  }
  return table;
}

/** erf(x) = erf'(x) Σ 2ⁿ x²ⁿ⁺¹ / (1·3·…·(2n+1)), all terms positive. */
function erfBySeries(x: number, slope: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; term > sum * 2 ** -54; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return slope * sum;
}
