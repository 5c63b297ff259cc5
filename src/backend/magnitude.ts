import { type TensorInfo, registerKernel } from "@tensorflow/tfjs-core";
import { meanMagnitudeKernel } from "../nn/magnitude";
import type { Lender } from "./lender";

/**
 * Registers the means of magnitudes as a kernel of a backend.
 * @param magnitude the sum of |value| over a stretch, in double
 */
export function registerMeanMagnitude(
  backendName: string,
  lender: Lender,
  magnitude: (values: Float32Array, from: number, length: number) => number = plainMagnitude,
): void {
  registerKernel({
    kernelName: meanMagnitudeKernel,
    backendName,
    kernelFunc: ({ inputs, attrs, backend }) => {
      const tensors = Object.values(inputs) as TensorInfo[];
      const { rows } = attrs as { rows: number };
      return lender.write(backend, [tensors.length, rows], (values) => {
        for (const [i, tensor] of tensors.entries()) {
          const from = lender.read(backend, tensor);
          const width = from.length / rows;
          for (let row = 0; row < rows; row++)
            values[i * rows + row] = magnitude(from, row * width, width) / width;
        }
      });
    },
  });
}

function plainMagnitude(values: Float32Array, from: number, length: number): number {
  let sum = 0;
  for (let i = from; i < from + length; i++) sum += Math.abs(values[i]!);
  return sum;
}
