import {
  type NamedAttrMap,
  type NamedTensorMap,
  type Tensor,
  type TensorInfo,
  engine,
  mul,
  neg,
  registerGradient,
  util,
} from "@tensorflow/tfjs-core";
import {
  composedErrorSlopes,
  composedSquaredError,
  squaredErrorGradKernel,
  squaredErrorKernel,
} from "../nn/loss";
import { installKernel } from "./gate";
import type { Lender } from "./lender";

/** The sum of (a - b)², in double, and in `slopes` scale · (a - b). */
export type Squares = (a: Float32Array, b: Float32Array, slopes: Float32Array, scale: number) => number;

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
export function registerSquaredError(backendName: string, lender: Lender, squares = plainSquares): void {
  installKernel(
    backendName,
    squaredErrorKernel,
    ({ inputs, backend }) => {
      const [input, target] = [inputs.input!, inputs.target!];
      if (!util.arraysEqual(input.shape, target.shape)) return null;
      const [loss, slopes] = lender.writeAll(backend, [[], input.shape], ([loss, slopes]) => {
        const [a, b] = [lender.read(backend, input), lender.read(backend, target)];
        loss![0] = squares(a, b, slopes!, 2 / a.length) / a.length;
      }) as [TensorInfo, TensorInfo];
      return [loss, lender.inward(slopes)];
    },
    // The engine hands a kernel the very tensors that it was called with.
    () =>
      ({ inputs }) => {
        const [input, target] = [inputs.input as Tensor, inputs.target as Tensor];
        return [composedSquaredError(input, target), composedErrorSlopes(input, target)];
      },
  );
  installKernel(
    backendName,
    squaredErrorGradKernel,
    // dy, one number, times the slopes; mostly it is the loss' own, 1.
    ({ inputs, attrs, backend }) => {
      const { shape } = attrs as { shape: number[] };
      return lender.write(backend, shape, (values) => {
        const factor = lender.read(backend, inputs.dy!)[0]!;
        values.set(lender.read(backend, inputs.slopes!, values.length));
        if (factor !== 1) for (let i = 0; i < values.length; i++) values[i]! *= factor;
      });
    },
    () =>
      ({ inputs }) =>
        mul(inputs.slopes as Tensor, inputs.dy as Tensor),
  );
}

registerGradient({
  kernelName: squaredErrorKernel,
  outputsToSave: [false, true],
  gradFunc: (dys, saved, attrs) => {
    const inputs = { dy: (dys as Tensor[])[0]!, slopes: saved[0]! } as NamedTensorMap;
    const along = (): Tensor => engine().runKernel(squaredErrorGradKernel, inputs, attrs as NamedAttrMap);
    return { input: along, target: () => neg(along()) };
  },
});
