import {
  type NamedAttrMap,
  type NamedTensorMap,
  type Tensor,
  add,
  broadcastTo,
  engine,
  expandDims,
  matMul,
  tidy,
} from "@tensorflow/tfjs-core";
import { usesKernel } from "./kernel";
import type { Approximate } from "./approximate";
import { type DeltaTaker, tapped } from "./delta";
import { gelu } from "./gelu";

/**
 * The kernels that a backend may bring for a layer, with `LayerAttributes`: x, weight and bias to y and gelu'(z); and for
 * its gradient dy, that slope, x and weight to dx, dweight and dbias, and with `withDelta` dz; or, where the products are
 * worth calls of their own, dy and the slope to dz and dbias, and dz, weight and dy to dx.
 */
export const denseKernel = "DenseGelu";
export const denseGradKernel = "DenseGeluGrad";
export const denseSlopeKernel = "DenseGeluSlope";
export const denseInputGradKernel = "DenseGeluInputGrad";

/** The GELU form, whether x is added to the output, and who takes dz in the backward pass. */
export interface LayerAttributes {
  approximate: Approximate;
  shortcut: boolean;
  takeDelta?: DeltaTaker | undefined;
}

/**
 * A layer: y = gelu(z), z = x weightᵀ + bias, and with `shortcut` x added to it. Of one network, or of many at once, each
 * with parameters of its own.
 * @param x shape [batch, in], or [networks, batch, in], or [1, batch, in] for an input that they share
 * @param weight shape [out, in], or [networks, out, in]
 * @param bias shape [out], or [networks, out]
 * @returns shape [batch, out], or [networks, batch, out]
 */
export function dense(x: Tensor, weight: Tensor, bias: Tensor, attributes: LayerAttributes): Tensor {
  const tf = engine();
  if (usesKernel(denseKernel)) {
    const inputs = { x, weight, bias } as NamedTensorMap;
    return tf.runKernel<Tensor[]>(denseKernel, inputs, { ...attributes } as unknown as NamedAttrMap)[0]!;
  }
  return tidy(() => {
    const z = tapped(linearMap(x, weight, bias), attributes.takeDelta);
    const y = gelu(z, attributes.approximate);
    return attributes.shortcut ? add(x, y) : y;
  });
}

/** z = x weightᵀ + bias, of one network or of many: see `dense`. */
export function linearMap(x: Tensor, weight: Tensor, bias: Tensor): Tensor {
  if (weight.rank === 2) return add(matMul(x, weight, false, true), bias);
  const networks = weight.shape[0]!;
  const own = x.shape[0] === networks ? x : broadcastTo(x, [networks, ...x.shape.slice(1)]);
  return add(matMul(own, weight, false, true), expandDims(bias, 1));
}
