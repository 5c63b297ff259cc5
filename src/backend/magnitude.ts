import { type TensorInfo, registerKernel } from "@tensorflow/tfjs-core";
import { meanMagnitudeKernel } from "../nn/magnitude";
import type { Lender } from "./lender";

/** Registers the mean of |x| over all axes but the first as a kernel of a backend, with sums in double. */
export function registerMeanMagnitude(backendName: string, lender: Lender): void {
  registerKernel({
    kernelName: meanMagnitudeKernel,
    backendName,
    kernelFunc: ({ inputs, backend }) => {
      const x = inputs.x as TensorInfo;
      const rows = x.shape[0]!;
      return lender.write(backend, [rows], (values) => {
        const from = lender.read(backend, x);
        const width = from.length / rows;
        for (let row = 0, i = 0; row < rows; row++) {
          let sum = 0;
          for (const end = i + width; i < end; i++) sum += Math.abs(from[i]!);
          values[row] = sum / width;
        }
      });
    },
  });
}
