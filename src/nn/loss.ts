import { type Tensor, broadcastTo, tidy, util } from "@tensorflow/tfjs-core";
import { asFloats } from "./kernels";
import { Module } from "./module";
import { squaredError } from "./operations";

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
