import { type Tensor, type TensorInfo, util } from "@tensorflow/tfjs-core";
import { composedMeanMagnitudes, meanMagnitudeKernel } from "../nn/magnitude";
import { installKernel } from "./gate";
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
  const rowsOf = (attrs: unknown): number => (attrs as { rows: number }).rows;
  installKernel(
    backendName,
    meanMagnitudeKernel,
    ({ inputs, attrs, backend }) => {
      const tensors = Object.values(inputs) as TensorInfo[];
      const rows = rowsOf(attrs);
      if (tensors.some(({ shape }) => util.sizeFromShape(shape) % rows !== 0)) return null;
      return lender.write(backend, [tensors.length, rows], (values) => {
        for (const [i, tensor] of tensors.entries()) {
          const from = lender.read(backend, tensor);
          const width = from.length / rows;
          for (let row = 0; row < rows; row++)
            values[i * rows + row] = magnitude(from, row * width, width) / width;
        }
      });
    },
    // The engine hands a kernel the very tensors that it was called with.
    () =>
      ({ inputs, attrs }) =>
        composedMeanMagnitudes(Object.values(inputs) as Tensor[], rowsOf(attrs)),
  );
}

function plainMagnitude(values: Float32Array, from: number, length: number): number {
  let sum = 0;
  for (let i = from; i < from + length; i++) sum += Math.abs(values[i]!);
  return sum;
}
