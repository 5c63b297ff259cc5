import {
  type KernelFunc,
  type Tensor,
  type TensorInfo,
  broadcast_util,
  tensor,
  util,
} from "@tensorflow/tfjs-core";
import type { Addon } from "./addon";
import type { KernelCall, Taker } from "./installkernel";
import { partOf } from "./layerarithmetic";
import { type TensorAccess, nativeAccess } from "./tensoraccess";

/** A product of matrices, or of as many pairs of them; a factor may be the same in all pairs. */
interface Sizes {
  pairs: number;
  isShared: { a: boolean; b: boolean };
  m: number;
  k: number;
  n: number;
  /** Of each factor the steps from row to row and along a row. */
  a: [down: number, right: number];
  b: [down: number, right: number];
  shape: number[];
}

/** Null where the factors are not pairs of matrices that fit. */
function sizesOf({ inputs, attrs }: KernelCall): Sizes | null {
  const { a, b } = inputs as { a: TensorInfo; b: TensorInfo };
  const { transposeA, transposeB } = attrs as { transposeA: boolean; transposeB: boolean };
  const rank = a.shape.length;
  if (rank < 2 || rank !== b.shape.length) return null;
  const [of, by] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const isShared = { a: of.every((size) => size === 1), b: by.every((size) => size === 1) };
  const outer = isShared.a ? by : of;
  if (!isShared.a && !isShared.b && of.some((size, i) => size !== by[i])) return null;
  const [aDown, aRight] = [a.shape[rank - 2]!, a.shape[rank - 1]!];
  const [bDown, bRight] = [b.shape[rank - 2]!, b.shape[rank - 1]!];
  const [m, k] = transposeA ? [aRight, aDown] : [aDown, aRight];
  const n = transposeB ? bDown : bRight;
  if ((transposeB ? bRight : bDown) !== k) return null;
  return {
    pairs: outer.reduce((product, size) => product * size, 1),
    isShared,
    m,
    k,
    n,
    a: transposeA ? [1, m] : [k, 1],
    b: transposeB ? [1, k] : [n, 1],
    shape: [...outer, m, n],
  };
}

/**
 * A matrix product whose sums are double, for matrices so small that it costs less than a call into the backend: where a
 * gradient passes through zero, float32 sums cost most of its digits. Larger ones are the compiled kernel's, where it is
 * there.
 * @param limit the most multiplications to do in double
 */
export function matrixProduct(access: TensorAccess, limit: number, addon: Addon | null = null): Taker {
  return (call) => {
    const sizes = sizesOf(call);
    if (sizes === null) return null;
    const { m, k, n, shape } = sizes;
    // TensorFlow's own broadcast of many rows gives wrong numbers, or writes where it must not.
    const isBroadcast = access === nativeAccess && sizes.isShared.a !== sizes.isShared.b;
    const isSmall = (shape.length === 2 && m * k * n <= limit) || (addon === null && isBroadcast);
    if (!isSmall && addon === null) return null;
    return access.write(call.backend, shape, (values) => {
      const left = access.read(call.backend, call.inputs.a!);
      const right = access.read(call.backend, call.inputs.b!);
      eachPair(sizes, left, right, values, (from, by, to) => {
        if (isSmall) doubleProduct(sizes, from, by, to);
        else addon!.product(from, ...sizes.a, by, ...sizes.b, null, to, m, n, k);
      });
    });
  };
}

function eachPair<T extends Float32Array | Int32Array>(
  { pairs, isShared, m, k, n }: Sizes,
  left: T,
  right: T,
  values: T,
  multiply: (left: T, right: T, values: T) => void,
): void {
  for (let pair = 0; pair < pairs; pair++) {
    const from = isShared.a ? left : partOf(left, pairs, pair, m * k);
    const by = isShared.b ? right : partOf(right, pairs, pair, k * n);
    multiply(from, by, partOf(values, pairs, pair, m * n));
  }
}

function doubleProduct(
  { m, k, n, a, b }: Sizes,
  left: ArrayLike<number>,
  right: ArrayLike<number>,
  values: Float32Array | Int32Array,
): void {
  const [rowStep, leftStep] = a;
  const [rightStep, columnStep] = b;
  for (let row = 0; row < m; row++) {
    for (let column = 0; column < n; column++) {
      let sum = 0;
      for (let i = 0; i < k; i++)
        sum += left[row * rowStep + i * leftStep]! * right[column * columnStep + i * rightStep]!;
      values[row * n + column] = sum;
    }
  }
}

/**
 * TensorFlow.js's own product, with the sentence about inner shapes that native TensorFlow words otherwise, and zeros where
 * there is nothing to add up, which WebAssembly leaves as they come.
 */
export const checkedProduct =
  (access: TensorAccess) =>
  (stock: KernelFunc): KernelFunc =>
  (call) => {
    const { a, b } = call.inputs as { a: TensorInfo; b: TensorInfo };
    const { transposeA, transposeB } = call.attrs as { transposeA: boolean; transposeB: boolean };
    const [inner, outer] = [a.shape.at(transposeA ? -2 : -1), b.shape.at(transposeB ? -1 : -2)];
    util.assert(
      inner === outer,
      () =>
        `Error in matMul: inner shapes (${inner}) and (${outer}) of Tensors with shapes ${a.shape.join()} and ` +
        `${b.shape.join()} and transposeA=${transposeA} and transposeB=${transposeB} must match.`,
    );
    if (inner !== 0 || a.dtype !== "float32" || b.dtype !== "float32") return stock(call);
    const pairs = broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
    const [rows, columns] = [a.shape.at(transposeA ? -1 : -2)!, b.shape.at(transposeB ? -2 : -1)!];
    return access.write(call.backend, [...pairs, rows, columns], (values) => values.fill(0));
  };

/** Products of integers, which WebAssembly has none of; other factors go to `stock`. */
export function withIntegers(stock: KernelFunc): KernelFunc {
  return (call) => {
    // The engine hands a kernel the very tensors that it was called with.
    const { a, b } = call.inputs as { a: Tensor; b: Tensor };
    const sizes = a.dtype === "int32" && b.dtype === "int32" ? sizesOf(call) : null;
    if (sizes === null) return stock(call);
    const values = new Int32Array(util.sizeFromShape(sizes.shape));
    const [left, right] = [a.dataSync<"int32">(), b.dataSync<"int32">()];
    eachPair(sizes, left, right, values, (from, by, to) => doubleProduct(sizes, from, by, to));
    return tensor(values, sizes.shape, "int32");
  };
}
