import {
  type NamedAttrMap,
  type NamedTensorMap,
  type Tensor,
  add,
  engine,
  mul,
  tidy,
} from "@tensorflow/tfjs-core";
import { usesKernel } from "./kernel";

/** The kernel that a backend may bring for it: a and b, of one shape, and the number `alpha`, to a + alpha · b. */
export const addScaledKernel = "AddScaled";

/** a + alpha · b, composed of TensorFlow.js's operations. */
export function composedAddScaled(a: Tensor, b: Tensor, alpha: number): Tensor {
  return tidy(() => add(a, mul(b, alpha)));
}

/** a + alpha · b, with alpha in float32; it has no gradient. PyTorch: `torch.add(a, b, alpha=alpha)`. */
export function addScaled(a: Tensor, b: Tensor, alpha: number): Tensor {
  const tf = engine();
  if (!usesKernel(addScaledKernel)) return composedAddScaled(a, b, alpha);
  return tf.runKernel(addScaledKernel, { a, b } as NamedTensorMap, { alpha } as NamedAttrMap);
}
