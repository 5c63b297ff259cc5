import {
  type NamedAttrMap,
  type NamedTensorMap,
  type Tensor,
  broadcastTo,
  engine,
  mul,
  squaredDifference,
  sub,
  sum,
  tidy,
  util,
} from "@tensorflow/tfjs-core";
import { asFloats, usesKernel } from "./kernel";
import { Module } from "./module";

/**
 * The kernels that a backend may bring for it, both with the input's `shape`: input and target, of that shape, to the error
 * and its slopes, 2 (input - target) / n; and for its gradient dy, one number, and the slopes to their product.
 */
export const squaredErrorKernel = "MeanSquaredError";
export const squaredErrorGradKernel = "MeanSquaredErrorGrad";

function squaredError(input: Tensor, target: Tensor): Tensor {
  if (!usesKernel(squaredErrorKernel)) return composedSquaredError(input, target);
  const attrs = { shape: input.shape } as NamedAttrMap;
  return engine().runKernel<Tensor[]>(squaredErrorKernel, { input, target } as NamedTensorMap, attrs)[0]!;
}

/** The mean squared error, composed of TensorFlow.js's operations. */
export function composedSquaredError(input: Tensor, target: Tensor): Tensor {
  // A sum over how many, for that of nothing is nan everywhere.
  return tidy(() => mul(sum(squaredDifference(input, target)), 1 / input.size));
}

/** Its slopes, 2 (input - target) / n, composed of them. */
export function composedErrorSlopes(input: Tensor, target: Tensor): Tensor {
  return tidy(() => mul(sub(input, target), 2 / input.size));
}

/** The mean squared error over all elements. PyTorch: `nn.MSELoss`. */
export class MSELoss extends Module {
  /**
   * Where the shapes differ they are broadcast, with a warning, as in PyTorch; integers and booleans become float32.
   * @returns a scalar
   * @throws TypeError where one is no tensor of numbers, RangeError where the shapes cannot be broadcast.
   */
  forward(prediction: Tensor, goal: Tensor): Tensor {
    return tidy(() => {
      const input = asFloats(prediction, "MSELoss's input");
      const target = asFloats(goal, "MSELoss's target");
      if (util.arraysEqual(input.shape, target.shape)) return squaredError(input, target);
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
