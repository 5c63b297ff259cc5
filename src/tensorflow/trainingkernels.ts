import { type Tensor, type TensorInfo, neg, registerGradient, util } from "@tensorflow/tfjs-core";
import { fusedMultiplyAdd } from "../nn/fusedmultiplyadd";
import { type Kernels, runKernel } from "../nn/kernels";
import { installLayerKernel } from "./installkernel";
import type { TensorAccess } from "./tensoraccess";

// What training does beside the layers: the loss, an optimizer's steps, and the means of the gradients' magnitudes.

/** The sum of (a - b)², in double, and in `slopes` scale · (a - b). */
type Squares = (a: Float32Array, b: Float32Array, slopes: Float32Array, scale: number) => number;

const plainSquares: Squares = (a, b, slopes, scale) => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = a[i]! - b[i]!;
    sum += difference * difference;
    slopes[i] = scale * difference;
  }
  return sum;
};

/** Registers the mean squared error and its gradient as kernels of a backend. */
export function registerSquaredError(
  backendName: string,
  access: TensorAccess,
  squares = plainSquares,
): void {
  installLayerKernel(backendName, "MeanSquaredError", ({ inputs: { input, target }, backend }) => {
    if (!util.arraysEqual(input.shape, target.shape)) return null;
    const [loss, slopes] = access.writeAll(backend, [[], input.shape], ([loss, slopes]) => {
      const [a, b] = [access.read(backend, input), access.read(backend, target)];
      loss![0] = squares(a, b, slopes!, 2 / a.length) / a.length;
    }) as [TensorInfo, TensorInfo];
    return [loss, access.forGradient(slopes)];
  });
  // dy, one number, times the slopes; mostly it is the loss' own, 1.
  installLayerKernel(backendName, "MeanSquaredErrorGrad", ({ inputs, attrs: { shape }, backend }) =>
    access.write(backend, shape, (values) => {
      const factor = access.read(backend, inputs.dy)[0]!;
      values.set(access.read(backend, inputs.slopes, values.length));
      if (factor !== 1) for (let i = 0; i < values.length; i++) values[i]! *= factor;
    }),
  );
}

registerGradient({
  kernelName: "MeanSquaredError",
  outputsToSave: [false, true],
  gradFunc: (dys, saved, attrs) => {
    const inputs = { dy: (dys as Tensor[])[0]!, slopes: saved[0]! };
    const { shape } = attrs as unknown as Kernels["MeanSquaredError"]["attributes"];
    const along = (): Tensor => runKernel("MeanSquaredErrorGrad", inputs, { shape });
    return { input: along, target: () => neg(along()) };
  },
});

/** sum = a + alpha · b, of arrays of one length, rounded once as PyTorch's fused multiply-add is. */
export type ScaledSum = (a: Float32Array, b: Float32Array, alpha: number, sum: Float32Array) => void;

export const plainScaledSum: ScaledSum = (a, b, alpha, sum) => {
  for (let i = 0; i < a.length; i++) sum[i] = fusedMultiplyAdd(alpha, b[i]!, a[i]!);
};

/** Registers a + alpha · b as a kernel of a backend. */
export function registerAddScaled(
  backendName: string,
  access: TensorAccess,
  scaledSum = plainScaledSum,
): void {
  installLayerKernel(backendName, "AddScaled", ({ inputs: { a, b }, attrs: { alpha }, backend }) => {
    if (a.shape.join() !== b.shape.join()) return null;
    return access.write(backend, a.shape, (sum) =>
      scaledSum(access.read(backend, a), access.read(backend, b), Math.fround(alpha), sum),
    );
  });
}

/**
 * Registers the means of magnitudes as a kernel of a backend.
 * @param magnitude the sum of |value| over a stretch, in double
 */
export function registerMeanMagnitude(
  backendName: string,
  access: TensorAccess,
  magnitude: (values: Float32Array, from: number, length: number) => number = plainMagnitude,
): void {
  installLayerKernel(backendName, "MeanMagnitude", ({ inputs, attrs: { rows }, backend }) => {
    const tensors = Object.values(inputs);
    if (tensors.some(({ shape }) => util.sizeFromShape(shape) % rows !== 0)) return null;
    return access.write(backend, [tensors.length, rows], (values) => {
      for (const [i, tensor] of tensors.entries()) {
        const from = access.read(backend, tensor);
        const width = from.length / rows;
        for (let row = 0; row < rows; row++)
          values[i * rows + row] = magnitude(from, row * width, width) / width;
      }
    });
  });
}

function plainMagnitude(values: Float32Array, from: number, length: number): number {
  let sum = 0;
  for (let i = from; i < from + length; i++) sum += Math.abs(values[i]!);
  return sum;
}
