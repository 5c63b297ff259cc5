import { Tensor, add, customGrad, engine, keep, reshape, tidy } from "@tensorflow/tfjs-core";
import type { DeltaTaker } from "./kernels";
import { type Contents, type Module, contentsOf } from "./module";
import type { Parameter } from "./parameter";
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

/** `backward` for a caller that has looked through the model already. */
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

/** Of every layer's weight what was taken, a tensor for each time that the layer was run. */
export type Deltas = Map<Parameter, Tensor[]>;

let watched: Deltas | undefined;

/** Runs a forward and backward pass and takes every linear layer's δ into `deltas`, which is the caller's to free. */
export function watchDeltas<T>(deltas: Deltas, pass: () => T): T {
  const before = watched;
  watched = deltas;
  try {
    return pass();
  } finally {
    watched = before;
  }
}

/** Who takes the δ of the layer with this weight; undefined where nobody asks for it. */
export function deltaTakerOf(weight: Parameter): DeltaTaker | undefined {
  const deltas = watched;
  if (deltas === undefined) return undefined;
  return (delta) => {
    const taken = deltas.get(weight);
    // The pass frees what it computes.
    if (taken === undefined) deltas.set(weight, [keep(delta)]);
    else taken.push(keep(delta));
  };
}

/** z as it is, whose gradient goes by the taker. */
export function tapped(z: Tensor, take: DeltaTaker | undefined): Tensor {
  if (take === undefined) return z;
  return customGrad((z) => ({
    value: (z as Tensor).clone(),
    gradFunc: (dz: Tensor) => {
      take(dz.clone());
      return dz;
    },
  }))(z);
}
