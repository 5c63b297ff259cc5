import { type Tensor, registerKernel } from "@tensorflow/tfjs-core";
import { addScaledKernel, composedAddScaled } from "../nn/addscaled";
import type { Lender } from "./lender";

/**
 * Registers a + alpha · b as a kernel of a backend, rounded once as PyTorch's fused multiply-add is.
 * @param largest the most elements to compute so; a larger tensor takes the composed operations
 */
export function registerAddScaled(backendName: string, lender: Lender, largest = Infinity): void {
  registerKernel({
    kernelName: addScaledKernel,
    backendName,
    kernelFunc: ({ inputs, attrs, backend }) => {
      // The engine hands a kernel the very tensors that it was called with.
      const [a, b] = [inputs.a as Tensor, inputs.b as Tensor];
      const { alpha } = attrs as { alpha: number };
      if (a.size > largest) return composedAddScaled(a, b, alpha);
      const factor = Math.fround(alpha);
      return lender.write(backend, a.shape, (values) => {
        const [to, by] = [lender.read(backend, a), lender.read(backend, b)];
        for (let i = 0; i < to.length; i++) values[i] = to[i]! + factor * by[i]!;
      });
    },
  });
}
