import { type NamedAttrMap, type Tensor, engine, registerGradient } from "@tensorflow/tfjs-core";
import {
  type RowAttributes,
  composedNormalize,
  composedNormalizeGrad,
  normalizeGradKernel,
  normalizeKernel,
} from "../nn/layernorm";
import { installKernel } from "./gate";
import type { Lender } from "./lender";

/** The mean of the row at `from`, and 1 / √(variance + eps), in double. */
function statistics(x: Float32Array, from: number, { width, eps }: RowAttributes): [number, number] {
  let sum = 0;
  for (let i = from; i < from + width; i++) sum += x[i]!;
  const mean = sum / width;
  let squares = 0;
  for (let i = from; i < from + width; i++) squares += (x[i]! - mean) ** 2;
  return [mean, 1 / Math.sqrt(squares / width + eps)];
}

/** Registers layer norm's rows and their gradient as kernels of a backend: sums in double, every value rounded once. */
export function registerLayerNorm(backendName: string, lender: Lender): void {
  installKernel(
    backendName,
    normalizeKernel,
    ({ inputs, attrs, backend }) => {
      const [x, row] = [inputs.x!, attrs as unknown as RowAttributes];
      return lender.write(backend, x.shape, (values) => {
        const from = lender.read(backend, x);
        for (let at = 0; at + row.width <= from.length; at += row.width) {
          const [mean, scale] = statistics(from, at, row);
          for (let i = at; i < at + row.width; i++) values[i] = (from[i]! - mean) * scale;
        }
      });
    },
    // The engine hands a kernel the very tensors that it was called with.
    () =>
      ({ inputs, attrs }) =>
        composedNormalize(inputs.x as Tensor, attrs as unknown as RowAttributes),
  );
  installKernel(
    backendName,
    normalizeGradKernel,
    ({ inputs, attrs, backend }) => {
      const [x, dy, row] = [inputs.x!, inputs.dy!, attrs as unknown as RowAttributes];
      if (x.shape.join() !== dy.shape.join()) return null;
      return lender.write(backend, x.shape, (values) => {
        const [from, by] = [lender.read(backend, x), lender.read(backend, dy)];
        for (let at = 0; at + row.width <= from.length; at += row.width) gradient(values, from, by, at, row);
      });
    },
    () =>
      ({ inputs, attrs }) =>
        composedNormalizeGrad(inputs.dy as Tensor, inputs.x as Tensor, attrs as unknown as RowAttributes),
  );
}

function gradient(
  values: Float32Array,
  x: Float32Array,
  dy: Float32Array,
  from: number,
  row: RowAttributes,
): void {
  const [mean, scale] = statistics(x, from, row);
  let sum = 0;
  let along = 0;
  for (let i = from; i < from + row.width; i++) {
    sum += dy[i]!;
    along += dy[i]! * (x[i]! - mean) * scale;
  }
  for (let i = from; i < from + row.width; i++) {
    values[i] = (dy[i]! - (sum + (x[i]! - mean) * scale * along) / row.width) * scale;
  }
}

registerGradient({
  kernelName: normalizeKernel,
  inputsToSave: ["x"],
  gradFunc: (dy, saved, attrs) => ({
    x: () =>
      engine().runKernel<Tensor>(
        normalizeGradKernel,
        { dy: dy as Tensor, x: saved[0]! },
        attrs as NamedAttrMap,
      ),
  }),
});
