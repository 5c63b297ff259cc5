import {
  type NamedTensorMap,
  type Tensor,
  abs,
  engine,
  getKernel,
  mean,
  reshape,
  tidy,
} from "@tensorflow/tfjs-core";

/** The kernel that a backend may bring for it: x to y. */
export const meanMagnitudeKernel = "MeanMagnitude";

/**
 * The mean of |x| over all axes but the first; it has no gradient.
 * @param x shape [rows, ...]
 * @returns shape [rows]
 */
export function meanMagnitude(x: Tensor): Tensor {
  const tf = engine();
  if (getKernel(meanMagnitudeKernel, tf.backendName)) {
    return tf.runKernel(meanMagnitudeKernel, { x } as NamedTensorMap);
  }
  return tidy(() => mean(abs(reshape(x, [x.shape[0]!, -1])), 1));
}
