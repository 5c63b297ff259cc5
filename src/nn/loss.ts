import {
  type NamedTensorMap,
  type Tensor,
  broadcastTo,
  engine,
  mean,
  squaredDifference,
  tidy,
} from "@tensorflow/tfjs-core";
import { hasKernel } from "./kernel";
import { Module } from "./module";

/**
 * The kernels that a backend may bring for it: input and target, of one shape, to the error and its slopes,
 * 2 (input - target) / n; and for its gradient dy, one number, and the slopes to their product.
 */
export const squaredErrorKernel = "MeanSquaredError";
export const squaredErrorGradKernel = "MeanSquaredErrorGrad";

function squaredError(input: Tensor, target: Tensor): Tensor {
  const tf = engine();
  if (!hasKernel(squaredErrorKernel)) return mean(squaredDifference(input, target));
  return tf.runKernel<Tensor[]>(squaredErrorKernel, { input, target } as NamedTensorMap)[0]!;
}

/** The mean squared error over all elements. PyTorch: `nn.MSELoss`. */
export class MSELoss extends Module {
  /**
   * @returns a scalar
   * Where the shapes differ they are broadcast, with a warning, as in PyTorch.
   * @throws RangeError where they cannot be.
   */
  forward(input: Tensor, target: Tensor): Tensor {
    return tidy(() => {
      if (input.shape.join() === target.shape.join()) return squaredError(input, target);
      const shape = broadcastShape(input.shape, target.shape);
      console.warn(
        `MSELoss got an input of shape [${input.shape.join(", ")}] and a target of shape [${target.shape.join(", ")}]; the values are repeated to [${shape.join(", ")}], which may not be what was meant.`,
      );
      return squaredError(broadcastTo(input, shape), broadcastTo(target, shape));
    });
  }
}

function broadcastShape(a: number[], b: number[]): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const [p, q] = [a[i - rank + a.length] ?? 1, b[i - rank + b.length] ?? 1];
    if (p !== q && p !== 1 && q !== 1) {
      throw new RangeError(
        `MSELoss got an input of shape [${a.join(", ")}] and a target of shape [${b.join(", ")}]; expected sizes that are equal or 1.`,
      );
    }
    return p === 1 ? q : p;
  });
}
