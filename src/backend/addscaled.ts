import type { Tensor } from "@tensorflow/tfjs-core";
import { addScaledKernel, composedAddScaled } from "../nn/addscaled";
import { fusedMultiplyAdd } from "../nn/fma";
import { installKernel } from "./gate";
import type { Lender } from "./lender";

/** sum = a + alpha · b, of arrays of one length, rounded once as PyTorch's fused multiply-add is. */
export type ScaledSum = (a: Float32Array, b: Float32Array, alpha: number, sum: Float32Array) => void;

export const plainScaledSum: ScaledSum = (a, b, alpha, sum) => {
  for (let i = 0; i < a.length; i++) sum[i] = fusedMultiplyAdd(alpha, b[i]!, a[i]!);
};

/** Registers a + alpha · b as a kernel of a backend. */
export function registerAddScaled(backendName: string, lender: Lender, scaledSum = plainScaledSum): void {
  installKernel(
    backendName,
    addScaledKernel,
    ({ inputs, attrs, backend }) => {
      const [a, b] = [inputs.a!, inputs.b!];
      if (a.shape.join() !== b.shape.join()) return null;
      const { alpha } = attrs as { alpha: number };
      return lender.write(backend, a.shape, (sum) =>
        scaledSum(lender.read(backend, a), lender.read(backend, b), Math.fround(alpha), sum),
      );
    },
    // The engine hands a kernel the very tensors that it was called with.
    () =>
      ({ inputs, attrs }) =>
        composedAddScaled(inputs.a as Tensor, inputs.b as Tensor, (attrs as { alpha: number }).alpha),
  );
}
