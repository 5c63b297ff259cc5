import { type Tensor, registerGradient } from "@tensorflow/tfjs-core";
import { type RowAttributes, runKernel } from "../nn/kernels";
import { installLayerKernel } from "./installkernel";
import type { TensorAccess } from "./tensoraccess";

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
export function registerLayerNorm(backendName: string, access: TensorAccess): void {
  installLayerKernel(backendName, "NormalizeRows", ({ inputs: { x }, attrs: row, backend }) =>
    access.write(backend, x.shape, (values) => {
      const from = access.read(backend, x);
      for (let at = 0; at + row.width <= from.length; at += row.width) {
        const [mean, scale] = statistics(from, at, row);
        for (let i = at; i < at + row.width; i++) values[i] = (from[i]! - mean) * scale;
      }
    }),
  );
  installLayerKernel(backendName, "NormalizeRowsGrad", ({ inputs: { dy, x }, attrs: row, backend }) => {
    if (x.shape.join() !== dy.shape.join()) return null;
    return access.write(backend, x.shape, (values) => {
      const [from, by] = [access.read(backend, x), access.read(backend, dy)];
      for (let at = 0; at + row.width <= from.length; at += row.width) gradient(values, from, by, at, row);
    });
  });
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
  kernelName: "NormalizeRows",
  inputsToSave: ["x"],
  gradFunc: (dy, saved, attrs) => ({
    x: () =>
      runKernel("NormalizeRowsGrad", { dy: dy as Tensor, x: saved[0]! }, attrs as unknown as RowAttributes),
  }),
});
