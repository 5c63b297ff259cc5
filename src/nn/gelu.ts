import { type Tensor, add, customGrad, div, erf, exp, mul, square, sub, tidy } from "@tensorflow/tfjs-core";
import { Module } from "./module";
import { quote } from "./quote";

/** "none" is x Φ(x) with the error function, "tanh" its approximation. */
export type Approximate = "none" | "tanh";

const forms: readonly unknown[] = ["none", "tanh"];

/** @throws TypeError or RangeError where `approximate` is neither "none" nor "tanh". */
export function checkApproximate(approximate: unknown): asserts approximate is Approximate {
  if (forms.includes(approximate)) return;
  const problem = `The GELU form is ${quote(approximate)}; expected "none" (exact) or "tanh".`;
  throw typeof approximate === "string" ? new RangeError(problem) : new TypeError(problem);
}

// gelu(x) = x Φ(x),  gelu'(x) = Φ(x) + x φ(x),  Φ(x) = (1 + erf(x / √2)) / 2,  φ(x) = exp(-x² / 2) / √(2π)
const exact = customGrad((input, save) => {
  const x = input as Tensor;
  const cdf = mul(add(erf(mul(x, Math.SQRT1_2)), 1), 0.5);
  (save as (tensors: Tensor[]) => void)([x, cdf]);
  return {
    value: mul(x, cdf),
    gradFunc: (dy: Tensor, saved: Tensor[]) => {
      const [x, cdf] = saved as [Tensor, Tensor];
      const density = mul(exp(mul(square(x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
      return mul(dy, add(cdf, mul(x, density)));
    },
  };
});

// gelu(x) ≈ x (1 + tanh u) / 2 = x σ with σ = 1 / (1 + e^-2u), 2u = β (x + κ x³), which loses nothing where 1 + tanh u
// cancels; gelu'(x) ≈ σ + x σ (1 - σ) β (1 + 3 κ x²);  β = 2 √(2/π),  κ = 0.044715
const beta = 2 * Math.sqrt(2 / Math.PI);
const kappa = 0.044715;
const approximated = customGrad((input, save) => {
  const x = input as Tensor;
  const s = div(1, add(exp(mul(mul(x, add(mul(square(x), kappa), 1)), -beta)), 1));
  (save as (tensors: Tensor[]) => void)([x, s]);
  return {
    value: mul(x, s),
    gradFunc: (dy: Tensor, saved: Tensor[]) => {
      const [x, s] = saved as [Tensor, Tensor];
      const inner = mul(add(mul(square(x), 3 * kappa), 1), beta);
      const slope = mul(mul(x, sub(1, s)), inner);
      return mul(dy, mul(s, add(slope, 1)));
    },
  };
});

/**
 * The Gaussian error linear unit of every element.
 * Source: Hendrycks and Gimpel, "Gaussian Error Linear Units", 2016; PyTorch, `nn.functional.gelu`.
 */
export function gelu(x: Tensor, approximate: Approximate = "none"): Tensor {
  return tidy(() => (approximate === "tanh" ? approximated(x) : exact(x)));
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
