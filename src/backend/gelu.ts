import { type NamedAttrMap, type Tensor, engine, registerGradient } from "@tensorflow/tfjs-core";
import type { Approximate } from "../nn/approximate";
import { composedGelu, composedGeluGrad, geluGradKernel, geluKernel } from "../nn/gelu";
import { erf } from "./erf";
import { installKernel } from "./gate";
import type { Lender } from "./lender";

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
export function registerGelu(backendName: string, lender: Lender, arithmetic = plainGelu): void {
  const form = (attrs: unknown): Approximate => (attrs as { approximate: Approximate }).approximate;
  installKernel(
    backendName,
    geluKernel,
    ({ inputs, attrs, backend }) => {
      const x = inputs.x!;
      return lender.write(backend, x.shape, (y) =>
        arithmetic.forward(lender.read(backend, x), y, x.shape.at(-1) ?? 1, form(attrs) === "tanh"),
      );
    },
    // The engine hands a kernel the very tensors that it was called with.
    () =>
      ({ inputs, attrs }) =>
        composedGelu(inputs.x as Tensor, form(attrs)),
  );
  installKernel(
    backendName,
    geluGradKernel,
    ({ inputs, attrs, backend }) => {
      const [x, dy] = [inputs.x!, inputs.dy!];
      if (x.shape.join() !== dy.shape.join()) return null;
      return lender.write(backend, x.shape, (dx) => {
        const [by, from] = [lender.read(backend, dy), lender.read(backend, x)];
        arithmetic.gradient(by, from, dx, x.shape.at(-1) ?? 1, form(attrs) === "tanh");
      });
    },
    () =>
      ({ inputs, attrs }) =>
        composedGeluGrad(inputs.dy as Tensor, inputs.x as Tensor, form(attrs)),
  );
}

registerGradient({
  kernelName: geluKernel,
  inputsToSave: ["x"],
  gradFunc: (dy, saved, attrs) => {
    const inputs = { dy: dy as Tensor, x: saved[0]! };
    // At once: what is made inside a getter is disposed before it is used.
    const dx = engine().runKernel<Tensor>(geluGradKernel, inputs, attrs as NamedAttrMap);
    return { x: () => dx };
  },
});
