import { type Tensor, add, engine, reshape, tidy } from "@tensorflow/tfjs-core";
import type { Module } from "./module";
import type { Parameter } from "./parameter";

/**
 * Runs the forward pass in `loss` and the backward pass, and leaves d loss / d parameter in every parameter's `grad`.
 * PyTorch: `loss.backward()`, with one difference: gradients are replaced, so that a cell run twice prints the same;
 * `{ accumulate: true }` adds them up as PyTorch does.
 *
 * A parameter that the loss does not depend on keeps the gradient it had.
 * @param loss computes a scalar from the model's output
 * @returns the loss
 * @throws TypeError where the loss is not one number or depends on no parameter; the gradients stay as they were.
 */
export function backward(
  model: Module,
  loss: () => Tensor,
  { accumulate = false }: { accumulate?: boolean } = {},
): number {
  return backwardTo(model.parameters(), loss, accumulate);
}

/** The same, of parameters that somebody has at hand. */
export function backwardTo(parameters: readonly Parameter[], loss: () => Tensor, accumulate = false): number {
  if (parameters.length === 0) throw new TypeError("The model has no parameter to compute a gradient of.");
  return tidy(() => {
    const { value, grads } = engine().gradients(() => checkScalar(loss()), [...parameters], undefined, true);
    // With `allowNoGradients` the engine leaves holes where its types promise tensors.
    const found = grads as (Tensor | undefined)[];
    if (found.every((grad) => grad === undefined)) {
      throw new TypeError(
        "The loss depends on no parameter of the model; expected it to be computed from its output.",
      );
    }
    const result = value.dataSync()[0]!;
    for (const [i, parameter] of parameters.entries()) {
      const grad = found[i];
      if (grad === undefined) continue;
      parameter.setGrad(accumulate && parameter.grad !== null ? add(parameter.grad, grad) : grad);
    }
    return result;
  });
}

function checkScalar(loss: Tensor): Tensor {
  if (loss?.size === 1) return loss.rank === 0 ? loss : reshape(loss, []);
  throw new TypeError(
    `The loss has the shape [${loss?.shape?.join(", ") ?? ""}]; expected one number, such as nn.MSELoss gives.`,
  );
}
