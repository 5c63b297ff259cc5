import {
  type Tensor,
  abs,
  add,
  broadcastTo,
  customGrad,
  div,
  erf,
  exp,
  expandDims,
  matMul,
  mean,
  mul,
  relu,
  reshape,
  sigmoid,
  sqrt,
  square,
  squaredDifference,
  stack,
  step,
  sub,
  sum,
  tanh,
  tidy,
} from "@tensorflow/tfjs-core";
import type { Approximate } from "./architecture";
import {
  type ActivationName,
  type KernelName,
  type Kernels,
  type RowAttributes,
  runKernel,
  usesKernel,
} from "./kernels";

/**
 * What every kernel computes, composed of TensorFlow.js's operations: for a backend that has no such kernel, for what the
 * kernel does not take, and where a gradient is differentiated in turn.
 */
export const composed: {
  readonly [N in KernelName]: (
    inputs: Kernels[N]["inputs"],
    attributes: Kernels[N]["attributes"],
  ) => Kernels[N]["output"];
} = {
  Activation: ({ x }, { name }) => composedActivation(x, name),
  ActivationGrad: ({ dy, y }, { name }) => composedActivationGrad(dy, y, name),
  Gelu: ({ x }, { approximate }) => tidy(() => mul(x, share(x, approximate))),
  GeluGrad: ({ dy, x }, { approximate }) => tidy(() => mul(dy, geluWithSlope(x, approximate)[1])),
  DenseGelu: ({ x, weight, bias }, { approximate, shortcut }) =>
    tidy(() => {
      const [y, slope] = geluWithSlope(linearMap(x, weight, bias), approximate);
      return [shortcut ? add(x, y) : y, slope];
    }),
  DenseGeluGrad: ({ dy, slope, x, weight }, { shortcut, withDelta }) =>
    tidy(() => {
      const dz = mul(dy, slope);
      const dx = inputGradient(dz, weight, dy, shortcut);
      return [dx, weightGradient(dz, x), sum(dz, dz.rank - 2), ...(withDelta ? [dz] : [])];
    }),
  DenseGeluSlope: ({ dy, slope }) =>
    tidy(() => {
      const dz = mul(dy, slope);
      return [dz, sum(dz, dz.rank - 2)];
    }),
  DenseGeluInputGrad: ({ dz, weight, dy }, { shortcut }) => inputGradient(dz, weight, dy, shortcut),
  NormalizeRows: ({ x }, row) => composedNormalize(x, row),
  NormalizeRowsGrad: ({ dy, x }, row) => composedNormalizeGrad(dy, x, row),
  MeanSquaredError: ({ input, target }) => [
    composedSquaredError(input, target),
    tidy(() => mul(sub(input, target), 2 / input.size)),
  ],
  MeanSquaredErrorGrad: ({ dy, slopes }) => mul(slopes, dy),
  AddScaled: ({ a, b }, { alpha }) => composedAddScaled(a, b, alpha),
  MeanMagnitude: (tensors, { rows }) =>
    tidy(() => stack(Object.values(tensors).map((x) => mean(abs(reshape(x, [rows, x.size / rows])), 1)))),
};

/**
 * An operation of one tensor: by the backend's kernel, which has its gradient registered, or composed.
 * @param gradient composes dx of dy and x
 */
export function unary<N extends "Activation" | "Gelu" | "NormalizeRows">(
  name: N,
  x: Tensor,
  attributes: Kernels[N]["attributes"],
  gradient: (dy: Tensor, x: Tensor) => Tensor,
): Tensor {
  if (usesKernel(name)) return runKernel(name, { x }, attributes);
  return customGrad((input, save) => {
    const x = input as Tensor;
    (save as (tensors: Tensor[]) => void)([x]);
    return {
      value: composed[name]({ x }, attributes),
      gradFunc: (dy: Tensor, saved: Tensor[]) => gradient(dy, saved[0]!),
    };
  })(x);
}

/** The mean squared error of tensors of one shape. */
export function squaredError(input: Tensor, target: Tensor): Tensor {
  if (!usesKernel("MeanSquaredError")) return composedSquaredError(input, target);
  return runKernel("MeanSquaredError", { input, target }, { shape: input.shape })[0]!;
}

/** a + alpha · b, with alpha in float32; it has no gradient. PyTorch: `torch.add(a, b, alpha=alpha)`. */
export function addScaled(a: Tensor, b: Tensor, alpha: number): Tensor {
  return run("AddScaled", { a, b }, { alpha });
}

/**
 * The means of the magnitudes of many tensors in one call, each tensor a whole, or by its first axis, of size `rows`. They
 * have no gradient.
 * @returns shape [tensors, rows]
 */
export function meanMagnitudes(tensors: readonly Tensor[], rows = 1): Tensor {
  const inputs = Object.fromEntries(tensors.entries()) as { [number: number]: Tensor };
  return run("MeanMagnitude", inputs, { rows });
}

function run<N extends KernelName>(
  name: N,
  inputs: Kernels[N]["inputs"],
  attributes: Kernels[N]["attributes"],
): Kernels[N]["output"] {
  return usesKernel(name) ? runKernel(name, inputs, attributes) : composed[name](inputs, attributes);
}

/** y of x, and y' by the output y: relu' is 1 where y is above 0, tanh' = 1 - y², sigmoid' = y (1 - y). */
const activations: {
  readonly [name in ActivationName]: [value: (x: Tensor) => Tensor, slope: (y: Tensor) => Tensor];
} = {
  ReLU: [relu, (y) => step(y)],
  Tanh: [tanh, (y) => sub(1, mul(y, y))],
  Sigmoid: [sigmoid, (y) => mul(y, sub(1, y))],
};

export function composedActivation(x: Tensor, name: ActivationName): Tensor {
  const [value] = activations[name];
  return value(x);
}

/** dy · y', by the output y. */
export function composedActivationGrad(dy: Tensor, y: Tensor, name: ActivationName): Tensor {
  const [, slope] = activations[name];
  return tidy(() => mul(dy, slope(y)));
}

const beta = Math.sqrt(2 / Math.PI);
const kappa = 0.044715;

/**
 * Φ(x) = (1 + erf(x / √2)) / 2, or its approximation (1 + tanh u) / 2 = 1 / (1 + e^-2u), u = β (x + κ x³), which loses
 * nothing where 1 + tanh u cancels.
 */
function share(x: Tensor, approximate: Approximate): Tensor {
  if (approximate === "none") return mul(add(erf(mul(x, Math.SQRT1_2)), 1), 0.5);
  return div(1, add(exp(mul(mul(x, add(mul(square(x), kappa), 1)), -2 * beta)), 1));
}

/**
 * gelu(x) = x Φ(x) and gelu'(x) = Φ(x) + x Φ'(x), with Φ' = exp(-x² / 2) / √(2π), or Φ (1 - Φ) 2 β (1 + 3 κ x²).
 */
function geluWithSlope(x: Tensor, approximate: Approximate): [Tensor, Tensor] {
  return tidy(() => {
    const cdf = share(x, approximate);
    const density =
      approximate === "none"
        ? mul(exp(mul(square(x), -0.5)), 1 / Math.sqrt(2 * Math.PI))
        : mul(mul(cdf, sub(1, cdf)), mul(add(mul(square(x), 3 * kappa), 1), 2 * beta));
    return [mul(x, cdf), add(cdf, mul(x, density))];
  });
}

/** z = x weightᵀ + bias, of one network or of many, each with parameters of its own. */
export function linearMap(x: Tensor, weight: Tensor, bias: Tensor): Tensor {
  if (weight.rank === 2) return add(matMul(x, weight, false, true), bias);
  const networks = weight.shape[0]!;
  const own = x.shape[0] === networks ? x : broadcastTo(x, [networks, ...x.shape.slice(1)]);
  return add(matMul(own, weight, false, true), expandDims(bias, 1));
}

/** dz weight, and with a shortcut dy besides. */
function inputGradient(dz: Tensor, weight: Tensor, dy: Tensor, shortcut: boolean): Tensor {
  return tidy(() => {
    const through = matMul(dz, weight);
    return shortcut ? add(dy, through) : through;
  });
}

/** dzᵀ x, of every network; an input that they share is every network's. */
export function weightGradient(dz: Tensor, x: Tensor): Tensor {
  const own = x.shape[0] === dz.shape[0] ? x : broadcastTo(x, [dz.shape[0]!, ...x.shape.slice(1)]);
  return matMul(dz, own, true, false);
}

/** Each row less its mean, and over its standard deviation. */
export function composedNormalize(x: Tensor, { width, eps }: RowAttributes): Tensor {
  return tidy(() => {
    const centred = sub(rows(x, width), mean(rows(x, width), 1, true));
    return reshape(div(centred, deviation(centred, eps)), x.shape);
  });
}

/** With y the normalised row: dx = (dy - mean(dy) - y mean(dy y)) / √(variance + eps). */
export function composedNormalizeGrad(dy: Tensor, x: Tensor, { width, eps }: RowAttributes): Tensor {
  return tidy(() => {
    const centred = sub(rows(x, width), mean(rows(x, width), 1, true));
    const scale = deviation(centred, eps);
    const [by, y] = [rows(dy, width), div(centred, scale)];
    const along = mul(y, mean(mul(by, y), 1, true));
    return reshape(div(sub(sub(by, mean(by, 1, true)), along), scale), x.shape);
  });
}

/** Not by `rsqrt`, which WebAssembly only approximates. */
function deviation(centred: Tensor, eps: number): Tensor {
  return sqrt(add(mean(square(centred), 1, true), eps));
}

function rows(x: Tensor, width: number): Tensor {
  return reshape(x, [x.size / width, width]);
}

function composedSquaredError(input: Tensor, target: Tensor): Tensor {
  // A sum over how many, for that of nothing is nan everywhere.
  return tidy(() => mul(sum(squaredDifference(input, target)), 1 / input.size));
}

export function composedAddScaled(a: Tensor, b: Tensor, alpha: number): Tensor {
  return tidy(() => add(a, mul(b, alpha)));
}
