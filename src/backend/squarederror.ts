import {
  type Tensor,
  type NamedTensorMap,
  type TensorInfo,
  engine,
  mean,
  mul,
  neg,
  registerGradient,
  registerKernel,
  squaredDifference,
  sub,
  tidy,
} from "@tensorflow/tfjs-core";
import { squaredErrorGradKernel, squaredErrorKernel } from "../nn/loss";
import type { Lender } from "./lender";

/**
 * Registers the mean squared error as a kernel of a backend.
 * @param largest the most elements to compute so; a larger tensor takes the composed operations
 * @param squares see `plainSquares`
 */
export function registerSquaredError(
  backendName: string,
  lender: Lender,
  largest = Infinity,
  squares = plainSquares,
): void {
  registerGradKernel(backendName, lender);
  registerKernel({
    kernelName: squaredErrorKernel,
    backendName,
    kernelFunc: ({ inputs, backend }) => {
      // The engine hands a kernel the very tensors that it was called with.
      const [input, target] = [inputs.input as Tensor, inputs.target as Tensor];
      if (input.size > largest) return composed(input, target);
      return lender.writeAll(backend, [[], input.shape], ([loss, slopes]) => {
        const [a, b] = [lender.read(backend, input), lender.read(backend, target)];
        loss![0] = squares(a, b, slopes!, a.length, 2 / a.length) / a.length;
      });
    },
  });
}

/** dy, one number, times the slopes; mostly it is the loss' own, 1. */
function registerGradKernel(backendName: string, lender: Lender): void {
  registerKernel({
    kernelName: squaredErrorGradKernel,
    backendName,
    kernelFunc: ({ inputs, backend }) => {
      const [dy, slopes] = [inputs.dy as TensorInfo, inputs.slopes as TensorInfo];
      return lender.write(backend, slopes.shape, (values) => {
        const factor = lender.read(backend, dy)[0]!;
        values.set(lender.read(backend, slopes));
        if (factor !== 1) for (let i = 0; i < values.length; i++) values[i]! *= factor;
      });
    },
  });
}

/** The sum of (a - b)², in double, and in `slopes` scale · (a - b). */
function plainSquares(
  a: Float32Array,
  b: Float32Array,
  slopes: Float32Array,
  count: number,
  scale: number,
): number {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const difference = a[i]! - b[i]!;
    sum += difference * difference;
    slopes[i] = scale * difference;
  }
  return sum;
}

function composed(input: Tensor, target: Tensor): Tensor[] {
  return tidy(() => [mean(squaredDifference(input, target)), mul(sub(input, target), 2 / input.size)]);
}

registerGradient({
  kernelName: squaredErrorKernel,
  outputsToSave: [false, true],
  gradFunc: (dys, saved) => {
    const inputs = { dy: (dys as Tensor[])[0]!, slopes: saved[0]! } as NamedTensorMap;
    const along = (): Tensor => engine().runKernel(squaredErrorGradKernel, inputs);
    return { input: along, target: () => neg(along()) };
  },
});
