import {
  type NamedAttrMap,
  type NamedTensorMap,
  type Tensor,
  add,
  customGrad,
  div,
  engine,
  erf,
  exp,
  mul,
  square,
  sub,
  tidy,
} from "@tensorflow/tfjs-core";
import { type Approximate, checkApproximate } from "./approximate";
import { asFloats, usesKernel } from "./kernel";
import { Module } from "./module";

/** The kernels that a backend may bring for GELU: x to y, and dy and x to dx, with the form as `approximate`. */
export const geluKernel = "Gelu";
export const geluGradKernel = "GeluGrad";

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
 * gelu(x) = x Φ(x) and gelu'(x) = Φ(x) + x Φ'(x), with Φ' = exp(-x² / 2) / √(2π), or Φ (1 - Φ) 2 β (1 + 3 κ x²),
 * composed of TensorFlow.js's operations.
 */
export function composedGeluWithSlope(x: Tensor, approximate: Approximate): [Tensor, Tensor] {
  return tidy(() => {
    const cdf = share(x, approximate);
    const density =
      approximate === "none"
        ? mul(exp(mul(square(x), -0.5)), 1 / Math.sqrt(2 * Math.PI))
        : mul(mul(cdf, sub(1, cdf)), mul(add(mul(square(x), 3 * kappa), 1), 2 * beta));
    return [mul(x, cdf), add(cdf, mul(x, density))];
  });
}

/** gelu(x) alone, composed of TensorFlow.js's operations. */
export function composedGelu(x: Tensor, approximate: Approximate): Tensor {
  return tidy(() => mul(x, share(x, approximate)));
}

/** dy · gelu'(x), composed of TensorFlow.js's operations. */
export function composedGeluGrad(dy: Tensor, x: Tensor, approximate: Approximate): Tensor {
  return tidy(() => mul(dy, composedGeluWithSlope(x, approximate)[1]));
}

/**
 * The Gaussian error linear unit of every element.
 * Source: Hendrycks and Gimpel, "Gaussian Error Linear Units", 2016; PyTorch, `nn.functional.gelu`.
 * @throws TypeError where `input` is no tensor of numbers.
 */
export function gelu(input: Tensor, approximate: Approximate = "none"): Tensor {
  const tf = engine();
  const x = asFloats(input, "GELU's input");
  if (usesKernel(geluKernel)) {
    return tf.runKernel(geluKernel, { x } as NamedTensorMap, { approximate } as NamedAttrMap);
  }
  return customGrad((input, save) => {
    const x = input as Tensor;
    (save as (tensors: Tensor[]) => void)([x]);
    return {
      value: composedGelu(x, approximate),
      gradFunc: (dy: Tensor, saved: Tensor[]) => composedGeluGrad(dy, saved[0]!, approximate),
    };
  })(x);
}

/** PyTorch: `nn.GELU(approximate="none")`. */
export class GELU extends Module {
  readonly approximate: Approximate;

  /** @throws TypeError or RangeError for a form that is neither "none" nor "tanh". */
  constructor({ approximate = "none" }: { approximate?: Approximate } = {}) {
    super();
    checkApproximate(approximate);
    this.approximate = approximate;
  }

  forward(x: Tensor): Tensor {
    return gelu(x, this.approximate);
  }
}
