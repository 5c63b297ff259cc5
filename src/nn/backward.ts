import { Tensor, add, engine, keep, reshape, tidy } from "@tensorflow/tfjs-core";
import { type Contents, type Module, contentsOf } from "./module";
import { quote } from "./quote";

/**
 * Runs the forward pass in `loss` and the backward pass, and leaves d loss / d parameter in every parameter's `grad`.
 * PyTorch: `loss.backward()`, with one difference: gradients are replaced, so that a cell run twice prints the same;
 * `{ accumulate: true }` adds them up as PyTorch does.
 *
 * A parameter that the loss does not depend on keeps the gradient it had. What is computed on the way is freed, but for
 * tensors that the forward pass has put in a field of the model, or in a list there, and what `tf.keep` holds.
 * @param loss computes a scalar from the model's output
 * @returns the loss
 * @throws TypeError where the loss is not one number or depends on no parameter; the gradients stay as they were.
 */
export function backward(model: Module, loss: () => Tensor, options: { accumulate?: boolean } = {}): number {
  if (typeof loss !== "function")
    throw new TypeError(
      `The loss is ${quote(loss)}; expected a function that computes it, such as () => mse.forward(y, target).`,
    );
  const accumulate = Boolean(options?.accumulate);
  return backwardTo(contentsOf(model), loss, accumulate);
}

/** The same, of a model whose contents somebody has at hand. */
export function backwardTo(
  { parameters: named, modules }: Contents,
  loss: () => Tensor,
  accumulate = false,
): number {
  const parameters = named.map(([, parameter]) => parameter);
  if (parameters.length === 0) {
    throw new TypeError(
      "The model has no parameter to compute a gradient of; expected a layer such as nn.Linear in its fields, and layer sizes make one from two entries on, such as [3, 1].",
    );
  }
  const tf = engine();
  const { backendName } = tf;
  let held: Tensor[] = [];
  const forward = (): Tensor => {
    const value = checkScalar(loss());
    if (tf.backendName !== backendName)
      throw new Error(
        "The backend was changed inside a loss; expected a forward and a backward pass on one backend.",
      );
    held = heldBy(modules);
    // The scope of the forward pass would free them.
    for (const tensor of held) tensor.kept = true;
    return value;
  };
  try {
    return tidy(() => {
      const { value, grads } = gradientsOf(forward, parameters, undefined, true);
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
        const before = accumulate ? parameter.peekGrad() : null;
        parameter.setGrad(before === null ? grad : add(before, grad));
      }
      return result;
    });
  } finally {
    // Outside of the pass, so that they are freed when nothing can reach them any more.
    for (const tensor of held) keep(tensor);
  }
}

/** TensorFlow.js's gradients; what a pass that fails had saved for them is freed. */
export function gradientsOf(...args: Parameters<ReturnType<typeof engine>["gradients"]>): {
  value: Tensor;
  grads: Tensor[];
} {
  const { state } = engine();
  try {
    return engine().gradients(...args);
  } catch (error) {
    if (state.gradientDepth === 0 && state.activeTape) {
      for (const { saved } of state.activeTape) for (const tensor of saved ?? []) tensor.dispose();
      state.activeTape = [];
    }
    throw error;
  }
}

/** The tensors in modules' fields, and in lists there, which are not parameters: what a forward pass has put aside. */
function heldBy(modules: readonly Module[]): Tensor[] {
  const found: Tensor[] = [];
  const lists = new Set<unknown>();
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    if (Array.isArray(value)) {
      if (lists.has(value)) return;
      lists.add(value);
      value.forEach(visit);
    } else if ("dataId" in value && !("assign" in value)) {
      found.push(value as Tensor);
    }
  };
  for (const module of modules) for (const name in module) visit(module[name as keyof Module]);
  return found.filter((tensor) => !tensor.kept && !tensor.isDisposed);
}

function checkScalar(loss: unknown): Tensor {
  if (!(loss instanceof Tensor))
    throw new TypeError(`The loss is ${quote(loss)}; expected one number, such as nn.MSELoss gives.`);
  if (loss.size === 1) return loss.rank === 0 ? loss : reshape(loss, []);
  throw new TypeError(
    `The loss has the shape [${loss.shape.join(", ")}]; expected one number, such as nn.MSELoss gives.`,
  );
}
