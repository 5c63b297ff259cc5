import type { KernelFunc, TensorInfo } from "@tensorflow/tfjs-core";
import type { Lender } from "./lender";

/**
 * A matrix product whose sums are double, for matrices so small that it costs less than a call into the backend; a
 * larger product goes to `original`. Where a gradient passes through zero, float32 sums cost most of its digits.
 * @param limit the most multiplications to do here
 */
export function preciseProduct(lender: Lender, limit: number, original: KernelFunc): KernelFunc {
  return (call) => {
    const { a, b } = call.inputs as { a: TensorInfo; b: TensorInfo };
    const { transposeA, transposeB } = call.attrs as { transposeA: boolean; transposeB: boolean };
    const [m = 0, k = 0] = transposeA ? [...a.shape].reverse() : a.shape;
    const n = b.shape[transposeB ? 0 : 1] ?? 0;
    const isPlain =
      a.shape.length === 2 && b.shape.length === 2 && a.dtype === "float32" && b.dtype === "float32";
    if (!isPlain || m * k * n > limit) return original(call);
    const [rowStep, leftStep] = transposeA ? [1, m] : [k, 1];
    const [columnStep, rightStep] = transposeB ? [k, 1] : [1, n];
    return lender.write(call.backend, [m, n], (values) => {
      const left = lender.read(call.backend, a);
      const right = lender.read(call.backend, b);
      for (let row = 0; row < m; row++) {
        for (let column = 0; column < n; column++) {
          let sum = 0;
          for (let i = 0; i < k; i++) {
            sum += left[row * rowStep + i * leftStep]! * right[column * columnStep + i * rightStep]!;
          }
          values[row * n + column] = sum;
        }
      }
    });
  };
}
