import {
  type NamedAttrMap,
  type NamedTensorInfoMap,
  type Tensor,
  type TensorInfo,
  engine,
  registerGradient,
  registerKernel,
} from "@tensorflow/tfjs-core";
import { type Approximate, composedGelu, composedGeluGrad, geluGradKernel, geluKernel } from "../nn/gelu";
import { erf } from "./erf";
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

/**
 * Registers GELU and its gradient as kernels of a backend: one pass in double over the values, rounded once, where the
 * composed operations round seven times and cancel.
 * @param largest the most elements to compute so; a larger tensor takes the composed operations
 */
export function registerGelu(backendName: string, lender: Lender, largest = Infinity): void {
  registerKernel({
    kernelName: geluKernel,
    backendName,
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { x, approximate } = argumentsOf(inputs, attrs);
      if (x.size > largest) return composedGelu(x, approximate);
      const isTanh = approximate === "tanh";
      return lender.write(backend, x.shape, (values) => {
        const from = lender.read(backend, x);
        for (let i = 0; i < from.length; i++) values[i] = from[i]! * cdf(from[i]!, isTanh);
      });
    },
  });
  registerKernel({
    kernelName: geluGradKernel,
    backendName,
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { x, approximate } = argumentsOf(inputs, attrs);
      const dy = inputs.dy as TensorInfo;
      if (x.size > largest) return composedGeluGrad(dy as Tensor, x, approximate);
      const isTanh = approximate === "tanh";
      return lender.write(backend, x.shape, (values) => {
        const [from, by] = [lender.read(backend, x), lender.read(backend, dy)];
        for (let i = 0; i < from.length; i++) {
          const value = from[i]!;
          values[i] = by[i]! * (cdf(value, isTanh) + value * slope(value, isTanh));
        }
      });
    },
  });
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

/** The engine hands a kernel the very tensors that it was called with. */
function argumentsOf(inputs: NamedTensorInfoMap, attrs: unknown): { x: Tensor; approximate: Approximate } {
  return { x: inputs.x as Tensor, approximate: (attrs as { approximate: Approximate }).approximate };
}
