import {
  type NamedAttrMap,
  type NamedTensorMap,
  type Tensor,
  abs,
  engine,
  mean,
  reshape,
  stack,
  tidy,
} from "@tensorflow/tfjs-core";
import { usesKernel } from "./kernel";

/** The kernel that a backend may bring for it: tensors, named by number, to y, with `rows`. */
export const meanMagnitudeKernel = "MeanMagnitude";

/**
 * The means of the magnitudes of many tensors in one call, each tensor a whole, or by its first axis, of size `rows`. They
 * have no gradient.
 * @returns shape [tensors, rows]
 */
export function meanMagnitudes(tensors: readonly Tensor[], rows = 1): Tensor {
  const tf = engine();
  if (usesKernel(meanMagnitudeKernel)) {
    const inputs = Object.fromEntries(tensors.entries()) as NamedTensorMap;
    return tf.runKernel(meanMagnitudeKernel, inputs, { rows } as NamedAttrMap);
  }
  return composedMeanMagnitudes(tensors, rows);
}

/** The same composed of TensorFlow.js's operations. */
export function composedMeanMagnitudes(tensors: readonly Tensor[], rows: number): Tensor {
  return tidy(() => stack(tensors.map((x) => mean(abs(reshape(x, [rows, x.size / rows])), 1))));
}
