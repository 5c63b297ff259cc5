import { Tensor, cast, engine, getKernel } from "@tensorflow/tfjs-core";
import { quote } from "./quote";

/** What each backend was found to bring: TensorFlow.js makes a new string for every look. */
const found = new Map<string, Set<string>>();

/**
 * Whether a kernel of this name is to be used: the backend in use brings it, and its gradient is not differentiated in
 * turn. Inside a gradient of a gradient everything is composed of TensorFlow.js's operations, whose gradients have
 * gradients.
 */
export function usesKernel(name: string): boolean {
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
