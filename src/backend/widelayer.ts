import { type Tensor, type TensorInfo, add, matMul, mul, sum, tidy } from "@tensorflow/tfjs-core";
import { type LayerAttributes, linearMap } from "../nn/dense";
import { composedGeluWithSlope } from "../nn/gelu";

/** A layer whose products are too many for JavaScript; each takes the backend as its last argument. */
export interface WideLayer {
  /** @returns y and gelu'(z): see `dense` */
  forward(
    x: Tensor,
    weight: Tensor,
    bias: Tensor,
    attributes: LayerAttributes,
    backend: unknown,
  ): TensorInfo[];
  /** @returns dz = dy · gelu'(z), and dbias, its sum over the rows */
  slope(dy: Tensor, slope: Tensor, backend: unknown): TensorInfo[];
  /** @returns dz weight, and with a shortcut dy besides */
  inputGradient(dz: Tensor, weight: Tensor, dy: Tensor, shortcut: boolean, backend: unknown): TensorInfo;
}

/** Composed of the backend's own operations. */
export const composedLayer: WideLayer = {
  forward: (x, weight, bias, { approximate, shortcut }) =>
    tidy(() => {
      const [y, slope] = composedGeluWithSlope(linearMap(x, weight, bias), approximate);
      return [shortcut ? add(x, y) : y, slope];
    }),
  slope: (dy, slope) =>
    tidy(() => {
      const dz = mul(dy, slope);
      return [dz, sum(dz, dz.rank - 2)];
    }),
  inputGradient: (dz, weight, dy, shortcut) =>
    tidy(() => {
      const through = matMul(dz, weight);
      return shortcut ? add(dy, through) : through;
    }),
};
