import { type Tensor, add, fill, tidy } from "@tensorflow/tfjs-core";
import { gradientsOf } from "./backward";
import { asFloats } from "./kernels";
import { MSELoss } from "./loss";
import { Module } from "./module";
import { sameShape } from "./network";
import type { Parameter } from "./parameter";
import { quote } from "./quote";

/** A network whose layers lie one after the other, such as `ExampleDeepNeuralNetwork`. */
export interface LayeredNetwork extends Module {
  readonly layers: Iterable<Module>;
  /** For each layer whether its input is added to its output, where their shapes agree. */
  readonly shortcuts: readonly boolean[];
  /** The output of every layer, in order. */
  activations(x: Tensor): Tensor[];
}

/** How one weight's gradient came back through the layer above. */
export interface PathGradient {
  /** The parameter's name, such as `layers.0.0.weight`. */
  name: string;
  /** The weight's shape, [out, in]. */
  shape: number[];
  /** The share that came along the shortcut; 0 where the layer above has none. */
  identity: number;
  /** The share that came through the layer above itself, its linear map and GELU. */
  branch: number;
}

/** How every weight's gradient came back. */
export interface PathGradients {
  /** The mean squared error, float32. */
  loss: number;
  /** Every weight in the model's order. */
  paths: PathGradient[];
}

/** The gradient at a layer's output, as it came along the shortcut above and through the branch above. */
interface Arrived {
  total: Tensor;
  /** Null where there is no shortcut above: the branch is the total. */
  parts: { identity: Tensor; branch: Tensor } | null;
}

/**
 * How much of each weight's gradient comes through the identity of the layer above and how much through its branch.
 *
 * With h the output of layer l, the layer above gives y = h + F(h), and so dL/dh = g + J_Fᵀ g, where g = dL/dy: the
 * first is the identity's part, the second the branch's. The weight's gradient is linear in dL/dh and splits in the same
 * way, G = G_identity + G_branch. Each share is the signed projection ⟨part, G⟩ / ⟨G, G⟩, so that the two add up to 1,
 * which means of |part| do not. A share below 0 works against the gradient, and the other is then above 1.
 *
 * Where the layer above has no shortcut, and in the last layer, whose gradient comes from the loss, the branch has it
 * all. Both shares are NaN where the gradient is 0. The gradients on the model's parameters stay as they were.
 * @param input shape [batch, features]
 * @param target a number for every output, or a tensor of the output's shape; 0 by default
 * @throws RangeError where the input has another width.
 */
export function pathGradients(
  model: LayeredNetwork,
  input: Tensor,
  target: Tensor | number = 0,
): PathGradients {
  const x = asFloats(input, "The input");
  if (typeof model?.activations !== "function")
    throw new TypeError(
      `The model is ${model instanceof Module ? model.constructor.name : quote(model)}; expected one with layers, shortcuts and activations, such as ExampleDeepNeuralNetwork.`,
    );
  const { shortcuts } = model;
  const layers = [...model.layers];
  const names = new Map(model.namedParameters().map(([name, parameter]) => [parameter, name]));
  const paths: PathGradient[][] = [];
  const loss = tidy(() => {
    const outputs = model.activations(x);
    const last = outputs.at(-1)!;
    const goal = typeof target === "number" ? fill(last.shape, target) : target;
    const { value, grads } = gradientsOf(() => new MSELoss().forward(last, goal), [last]);
    let arrived: Arrived = { total: grads[0]!, parts: null };
    for (let i = layers.length - 1; i >= 0; i--) {
      const layer = layers[i]!;
      const input = outputs[i - 1] ?? x;
      const weights = layer.parameters().filter((parameter) => names.get(parameter)?.includes("weight"));
      paths.unshift(
        sharesOf(layer, input, weights, arrived).map((shares, k) => ({
          name: names.get(weights[k]!)!,
          shape: [...weights[k]!.shape],
          ...shares,
        })),
      );
      const hasShortcut = shortcuts[i] === true && sameShape(input, outputs[i]!);
      if (i > 0) arrived = below(layer, input, arrived.total, hasShortcut);
    }
    return value.dataSync()[0]!;
  });
  return { loss, paths: paths.flat() };
}

/** The gradient at a layer's input, which is the output of the layer below. */
function below(layer: Module, input: Tensor, g: Tensor, hasShortcut: boolean): Arrived {
  const branch = gradientsOf(() => layer.forward(input), [input], g).grads[0]!;
  if (!hasShortcut) return { total: branch, parts: null };
  return { total: add(g, branch), parts: { identity: g, branch } };
}

function sharesOf(
  layer: Module,
  input: Tensor,
  weights: Parameter[],
  { total, parts }: Arrived,
): Pick<PathGradient, "identity" | "branch">[] {
  const along = (g: Tensor): Float32Array[] =>
    gradientsOf(() => layer.forward(input), weights, g).grads.map((grad) => grad.dataSync<"float32">());
  if (parts === null)
    return along(total).map((grad) =>
      projections(
        grad.map(() => 0),
        grad,
      ),
    );
  const [identity, branch] = [along(parts.identity), along(parts.branch)];
  return identity.map((values, i) => projections(values, branch[i]!));
}

/** Of two parts onto their sum, in double; scaled first, so that no square underflows. */
function projections(identity: Float32Array, branch: Float32Array): { identity: number; branch: number } {
  const largest = identity.reduce(
    (most, value, i) => Math.max(most, Math.abs(value), Math.abs(branch[i]!)),
    0,
  );
  let [along, through, square] = [0, 0, 0];
  for (let i = 0; i < identity.length; i++) {
    const [a, b] = [identity[i]! / largest, branch[i]! / largest];
    along += a * (a + b);
    through += b * (a + b);
    square += (a + b) ** 2;
  }
  return { identity: along / square, branch: through / square };
}
