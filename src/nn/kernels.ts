import {
  type NamedAttrMap,
  type NamedTensorMap,
  Tensor,
  cast,
  engine,
  getKernel,
} from "@tensorflow/tfjs-core";
import type { Approximate } from "./architecture";
import { quote } from "./quote";

interface Kernel<Input extends string | number, Attributes, Output> {
  inputs: { [name in Input]: Tensor };
  attributes: Attributes;
  output: Output;
}

/**
 * What layers ask of a backend, by name: kernels that it may bring, with what each takes and gives. All tensors are float32;
 * `operations.ts` has the same composed of TensorFlow.js's operations.
 */
export interface Kernels {
  /** x to y = relu(x), tanh(x) or sigmoid(x); and dy and y to dx. */
  Activation: Kernel<"x", { name: ActivationName }, Tensor>;
  ActivationGrad: Kernel<"dy" | "y", { name: ActivationName }, Tensor>;
  /** x to gelu(x), and dy and x to dx. */
  Gelu: Kernel<"x", { approximate: Approximate }, Tensor>;
  GeluGrad: Kernel<"dy" | "x", { approximate: Approximate }, Tensor>;
  /** A layer, as `dense` describes it: to y and gelu'(z). */
  DenseGelu: Kernel<"x" | "weight" | "bias", LayerAttributes, Tensor[]>;
  /** Its gradient in one call: to dx, dweight and dbias, and dz where it is asked for. */
  DenseGeluGrad: Kernel<"dy" | "slope" | "x" | "weight", LayerGradientAttributes, Tensor[]>;
  /** Its gradient in two calls, for layers so wide that TensorFlow's own products are faster: to dz and dbias, … */
  DenseGeluSlope: Kernel<"dy" | "slope", object, Tensor[]>;
  /** … and from dz to dx. */
  DenseGeluInputGrad: Kernel<"dz" | "weight" | "dy", { shortcut: boolean }, Tensor>;
  /** Each row of x less its mean, over its standard deviation; and dy and x to dx. */
  NormalizeRows: Kernel<"x", RowAttributes, Tensor>;
  NormalizeRowsGrad: Kernel<"dy" | "x", RowAttributes, Tensor>;
  /** Tensors of `shape` to their mean squared error and its slopes, 2 (input - target) / n. */
  MeanSquaredError: Kernel<"input" | "target", { shape: number[] }, Tensor[]>;
  /** Its gradient: dy, one number, and the slopes to their product. */
  MeanSquaredErrorGrad: Kernel<"dy" | "slopes", { shape: number[] }, Tensor>;
  /** Tensors of one shape to a + alpha · b; it has no gradient. */
  AddScaled: Kernel<"a" | "b", { alpha: number }, Tensor>;
  /** Tensors to the means of their magnitudes, shape [tensors, rows], each by its first axis; it has no gradient. */
  MeanMagnitude: Kernel<number, { rows: number }, Tensor>;
}

export type KernelName = keyof Kernels;
export type ActivationName = "ReLU" | "Tanh" | "Sigmoid";

/** The GELU form, whether x is added to the output, and who takes dz in the backward pass. */
export interface LayerAttributes {
  approximate: Approximate;
  shortcut: boolean;
  takeDelta?: DeltaTaker | undefined;
}

/** Whether the layer's input was added to its output, and whether dz is to come after the other gradients. */
export interface LayerGradientAttributes {
  shortcut: boolean;
  withDelta: boolean;
}

/** Rows are so many neighbouring values, and `eps` is added to their variance. */
export interface RowAttributes {
  width: number;
  eps: number;
}

/** Takes δ = d loss / d z of a linear layer, z = x Wᵀ + b, when the backward pass comes by. */
export type DeltaTaker = (delta: Tensor) => void;

/** What each backend was found to bring: TensorFlow.js makes a new string for every look. */
const found = new Map<string, Set<KernelName>>();

/**
 * Whether a kernel of this name is to be used: the backend in use brings it, and its gradient is not differentiated in
 * turn. Inside a gradient of a gradient everything is composed of TensorFlow.js's operations, whose gradients have
 * gradients.
 */
export function usesKernel(name: KernelName): boolean {
  const tf = engine();
  if (tf.state.gradientDepth > 1) return false;
  const { backendName } = tf;
  let names = found.get(backendName);
  if (names === undefined) found.set(backendName, (names = new Set()));
  if (names.has(name)) return true;
  if (!getKernel(name as Parameters<typeof getKernel>[0], backendName)) return false;
  names.add(name);
  return true;
}

/** Has the backend in use compute a kernel that it brings. */
export function runKernel<N extends KernelName>(
  name: N,
  inputs: Kernels[N]["inputs"],
  attributes: Kernels[N]["attributes"],
): Kernels[N]["output"] {
  return engine().runKernel(name, inputs as NamedTensorMap, attributes as unknown as NamedAttrMap);
}

/**
 * The tensor in float32, as it is where it is that already; integers and booleans become numbers.
 * @param what names it in errors
 * @throws TypeError where it is no tensor of numbers.
 */
export function asFloats(x: Tensor, what: string): Tensor {
  // First the commonest by far: asking what is a tensor takes longer.
  if ((x as Tensor | null | undefined)?.dtype === "float32" && !x.isDisposed) return x;
  if (!(x instanceof Tensor))
    throw new TypeError(`${what} is ${quote(x)}; expected a tensor, such as tensor([[1, 0, -1]]).`);
  if (x.isDisposed) throw new TypeError(`${what} is a tensor that was disposed; expected one that lives.`);
  if (x.dtype !== "int32" && x.dtype !== "bool")
    throw new TypeError(`${what} has the dtype ${x.dtype}; expected numbers, of the dtype float32.`);
  return cast(x, "float32");
}
