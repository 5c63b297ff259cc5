import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { LayerAttributes } from "../nn/kernels";
import { cdf, slope } from "./unarykernels";

/** The sizes of a layer, of one network or of many, whose rows lie one network after the other. */
export interface LayerSizes {
  networks: number;
  /** Rows of each network. */
  batch: number;
  width: number;
  out: number;
}

/** @param x shape [batch, in] or [networks, batch, in] @param weight shape [out, in] or [networks, out, in] */
export function layerSizes(x: TensorInfo, weight: TensorInfo): LayerSizes {
  const { shape } = weight;
  const rank = shape.length;
  const networks = rank === 3 ? shape[0]! : 1;
  return { networks, batch: x.shape[x.shape.length - 2]!, width: shape[rank - 1]!, out: shape[rank - 2]! };
}

/** Whether the shapes are a layer's: those of `dense`, and with a shortcut as wide as its input. */
export function fits(x: TensorInfo, weight: TensorInfo, bias: TensorInfo, shortcut: boolean): boolean {
  const rank = weight.shape.length;
  if ((rank !== 2 && rank !== 3) || x.shape.length !== rank || bias.shape.length !== rank - 1) return false;
  const { networks, width, out } = layerSizes(x, weight);
  if (x.shape[rank - 1] !== width || bias.shape[rank - 2] !== out || (shortcut && width !== out))
    return false;
  return rank === 2 || (bias.shape[0] === networks && (x.shape[0] === networks || x.shape[0] === 1));
}

/** Of values that belong to several networks, or pairs of matrices, those of one; of a single one the array itself. */
export function partOf<T extends Float32Array | Int32Array>(
  values: T,
  parts: number,
  part: number,
  size: number,
): T {
  return parts === 1 ? values : (values.subarray(part * size, (part + 1) * size) as T);
}

/** How many multiplications one network's product takes. */
export function products({ batch, width, out }: LayerSizes): number {
  return batch * width * out;
}

/** How small layers are computed, on arrays of the sizes' lengths. */
export interface LayerArithmetic {
  /** y = gelu(z) and gelu'(z), z = x weightᵀ + bias, and with a shortcut x added to y. */
  forward(
    sizes: LayerSizes,
    attributes: LayerAttributes,
    x: Float32Array,
    weight: Float32Array,
    bias: Float32Array,
    y: Float32Array,
    slopes: Float32Array,
  ): void;
  /** With dz = dy · gelu'(z): dx = dz weight, and with a shortcut dy besides; dweight = dzᵀ x, dbias = dzᵀ 1. */
  gradients(
    sizes: LayerSizes,
    shortcut: boolean,
    dy: Float32Array,
    slopes: Float32Array,
    x: Float32Array,
    weight: Float32Array,
    dx: Float32Array,
    dweight: Float32Array,
    dbias: Float32Array,
  ): void;
}

/** In JavaScript: sums in double, every value rounded once. */
export const plainArithmetic: LayerArithmetic = {
  forward,
  gradients(sizes, shortcut, dy, slopes, x, weight, dx, dweight, dbias) {
    inputGradient(sizes, shortcut, dy, slopes, weight, dx);
    parameterGradients(sizes, dy, slopes, x, dweight, dbias);
  },
};

function forward(
  { networks, batch, width, out }: LayerSizes,
  { approximate, shortcut }: LayerAttributes,
  x: Float32Array,
  weight: Float32Array,
  bias: Float32Array,
  y: Float32Array,
  slopes: Float32Array,
): void {
  const isTanh = approximate === "tanh";
  // An input that all networks share begins anew with each of them.
  const step = x.length === networks * batch * width ? batch * width : 0;
  for (let network = 0, to = 0; network < networks; network++) {
    for (let row = 0; row < batch; row++) {
      const from = network * step + row * width;
      for (let unit = 0; unit < out; unit++, to++) {
        const own = (network * out + unit) * width;
        const z = bias[network * out + unit]! + dot(x, from, weight, own, width);
        const share = cdf(z, isTanh);
        y[to] = z * share + (shortcut ? x[from + unit]! : 0);
        slopes[to] = share + z * slope(z, isTanh);
      }
    }
  }
}

/** Four sums side by side, so that none waits for the one before. */
function dot(a: Float32Array, i: number, b: Float32Array, k: number, length: number): number {
  let [first, second, third, fourth] = [0, 0, 0, 0];
  const end = i + length;
  for (; i + 3 < end; i += 4, k += 4) {
    first += a[i]! * b[k]!;
    second += a[i + 1]! * b[k + 1]!;
    third += a[i + 2]! * b[k + 2]!;
    fourth += a[i + 3]! * b[k + 3]!;
  }
  for (; i < end; i++, k++) first += a[i]! * b[k]!;
  return first + second + (third + fourth);
}

function inputGradient(
  { networks, batch, width, out }: LayerSizes,
  shortcut: boolean,
  dy: Float32Array,
  slopes: Float32Array,
  weight: Float32Array,
  dx: Float32Array,
): void {
  const sums = new Float64Array(width);
  for (let network = 0, row = 0; network < networks; network++) {
    for (let end = row + batch; row < end; row++) {
      for (let i = 0; i < width; i++) sums[i] = shortcut ? dy[row * out + i]! : 0;
      for (let unit = 0; unit < out; unit++) {
        const dz = dy[row * out + unit]! * slopes[row * out + unit]!;
        const own = (network * out + unit) * width;
        for (let i = 0; i < width; i++) sums[i]! += dz * weight[own + i]!;
      }
      // A loop: `set` would cost more than the sums of a narrow layer.
      for (let i = 0; i < width; i++) dx[row * width + i] = sums[i]!;
    }
  }
}

function parameterGradients(
  { networks, batch, width, out }: LayerSizes,
  dy: Float32Array,
  slopes: Float32Array,
  x: Float32Array,
  dweight: Float32Array,
  dbias: Float32Array,
): void {
  const sums = new Float64Array(width);
  const step = x.length === networks * batch * width ? batch * width : 0;
  for (let network = 0, to = 0; network < networks; network++) {
    for (let unit = 0; unit < out; unit++) {
      let sum = 0;
      for (let row = 0; row < batch; row++) {
        const at = (network * batch + row) * out + unit;
        const dz = dy[at]! * slopes[at]!;
        const from = network * step + row * width;
        sum += dz;
        for (let i = 0; i < width; i++) sums[i] = (row === 0 ? 0 : sums[i]!) + dz * x[from + i]!;
      }
      dbias[network * out + unit] = sum;
      for (let i = 0; i < width; i++, to++) dweight[to] = sums[i]!;
    }
  }
}
