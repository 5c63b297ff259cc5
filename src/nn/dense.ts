import {
  type NamedAttrMap,
  type NamedTensorMap,
  type Tensor,
  add,
  broadcastTo,
  engine,
  expandDims,
  getKernel,
  matMul,
  tidy,
} from "@tensorflow/tfjs-core";
import { type Approximate, gelu } from "./gelu";

/**
 * The kernels that a backend may bring for a layer of many networks at once, with `LayerAttributes`: x, weight and bias
 * to y and gelu'(z); dy, that slope and weight to dx; dy, slope and x to dweight.
 */
export const denseKernel = "DenseGelu";
export const denseInputGradKernel = "DenseGeluInputGrad";
export const denseWeightGradKernel = "DenseGeluWeightGrad";

/** The GELU form, and whether x is added to the output. */
export interface LayerAttributes {
  approximate: Approximate;
  shortcut: boolean;
}

/** Wide products of many rows are the backend's own business. */
const fewRows = 8;
const fewProducts = 2 ** 15;

/**
 * A layer of many networks, each with parameters of its own: y = gelu(z), z = x weightᵀ + bias, and with `shortcut` x
 * added to it.
 * @param x shape [networks, batch, in], or [1, batch, in] for an input that they share
 * @param weight shape [networks, out, in]
 * @param bias shape [networks, out]
 * @returns shape [networks, batch, out]
 */
export function dense(x: Tensor, weight: Tensor, bias: Tensor, attributes: LayerAttributes): Tensor {
  const [, rows = 0, width = 0] = x.shape;
  const [networks = 0, out = 0] = weight.shape;
  const isSmall = rows <= fewRows || rows * width * out <= fewProducts;
  const tf = engine();
  if (isSmall && getKernel(denseKernel, tf.backendName)) {
    const inputs = { x, weight, bias } as NamedTensorMap;
    return tf.runKernel<Tensor[]>(denseKernel, inputs, { ...attributes } as NamedAttrMap)[0]!;
  }
  return tidy(() => {
    const own = x.shape[0] === networks ? x : broadcastTo(x, [networks, rows, width]);
    const y = gelu(add(matMul(own, weight, false, true), expandDims(bias, 1)), attributes.approximate);
    return attributes.shortcut ? add(own, y) : y;
  });
}
