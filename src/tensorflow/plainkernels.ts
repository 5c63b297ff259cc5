import {
  type KernelFunc,
  type SumAttrs,
  type TensorInfo,
  BatchMatMul,
  Cast,
  Erf,
  Mean,
  Sum,
  backend_util,
  fill,
  util,
} from "@tensorflow/tfjs-core";
import { type Taker, installKernel } from "./installkernel";
import { plainArithmetic, products } from "./layerarithmetic";
import { registerDense } from "./layerkernels";
import { checkedProduct, matrixProduct, withIntegers } from "./matrixproduct";
import { type CpuBackend, type TensorAccess, cpuAccess, wasmAccess } from "./tensoraccess";
import { registerAddScaled, registerMeanMagnitude, registerSquaredError } from "./trainingkernels";
import { erf, registerActivations, registerGelu, registerLayerNorm } from "./unarykernels";

/**
 * Replaces the CPU backend's erf by an exact one, its small products, whose blocks cost more than they save, and its
 * mean, which divides every element before it sums.
 */
export function registerCpuKernels(): void {
  registerPlainKernels("cpu", cpuAccess, Infinity);
  installKernel("cpu", Cast, () => null, castToFloats);
}

/** Integers that become floats are floats from then on, so that another backend takes them for what they are. */
function castToFloats(stock: KernelFunc): KernelFunc {
  return (call) => {
    const { backend } = call as unknown as { backend: CpuBackend };
    const cast = stock(call) as TensorInfo;
    if (cast.dtype !== "float32") return cast;
    const { values } = backend.data.get(cast.dataId);
    if (values instanceof Float32Array) return cast;
    const floats = cpuAccess.write(backend, cast.shape, (made) => made.set(values));
    backend.disposeIntermediateTensorInfo(cast);
    return floats;
  };
}

/**
 * Replaces the WASM backend's erf, small products, and its means and sums, which it adds up in float32, so that they drift
 * by up to 1e-4, and leaves as they come where there is nothing to add.
 */
export function registerWasmKernels(): void {
  registerPlainKernels("wasm", wasmAccess, 2 ** 18);
  installKernel("wasm", BatchMatMul, () => null, withIntegers);
  installKernel("wasm", Sum, preciseSum(wasmAccess), ofNothing(0));
  installKernel("wasm", Mean, () => null, ofNothing(NaN));
}

/** @param largest the most multiplications of a layer to do in JavaScript */
function registerPlainKernels(backendName: string, access: TensorAccess, largest: number): void {
  installKernel(backendName, BatchMatMul, matrixProduct(access, 2 ** 18), checkedProduct(access));
  installKernel(backendName, Mean, preciseMean(access));
  installKernel(backendName, Erf, exactErf(access));
  registerGelu(backendName, access);
  registerActivations(backendName, access);
  registerLayerNorm(backendName, access);
  registerAddScaled(backendName, access);
  registerDense(backendName, access, (sizes) => products(sizes) <= largest, plainArithmetic, null);
  registerMeanMagnitude(backendName, access);
  registerSquaredError(backendName, access);
}

function exactErf(access: TensorAccess): Taker {
  return ({ inputs, backend }) =>
    access.write(backend, inputs.x!.shape, (values) => {
      const from = access.read(backend, inputs.x!);
      for (let i = 0; i < from.length; i++) values[i] = erf(from[i]!);
    });
}

/** The mean of all elements, at most `largest` of them, summed in double; along some axes alone it is the stock one. */
export function preciseMean(access: TensorAccess, largest = Infinity): Taker {
  return ({ inputs, attrs, backend }) => {
    const { shape } = inputs.x!;
    const { axis, keepDims } = attrs as { axis?: number | number[]; keepDims?: boolean };
    const axes = util.parseAxisParam(axis ?? shape.map((_, i) => i), shape);
    const isWhole = axes.length === shape.length && new Set(axes).size === axes.length;
    if (!isWhole || util.sizeFromShape(shape) > largest) return null;
    return access.write(backend, keepDims ? shape.map(() => 1) : [], (values) => {
      const from = access.read(backend, inputs.x!);
      let sum = 0;
      for (let i = 0; i < from.length; i++) sum += from[i]!;
      values[0] = sum / from.length;
    });
  };
}

/** Sums along the last axes, or the first, in double; all others are the stock ones. */
function preciseSum(access: TensorAccess): Taker {
  return ({ inputs, attrs, backend }) => {
    const { shape } = inputs.x!;
    const { axes, sums, counts } = axesOf(shape, attrs);
    const isLast = axes.every((axis, i) => axis === shape.length - axes.length + i);
    if (!isLast && !axes.every((axis, i) => axis === i)) return null;
    return access.write(backend, sums, (values) => {
      const from = access.read(backend, inputs.x!);
      const count = counts.reduce((product, size) => product * size, 1);
      const [step, next] = isLast ? [1, count] : [values.length, 1];
      for (let i = 0; i < values.length; i++) {
        let sum = 0;
        for (let k = 0, at = i * next; k < count; k++, at += step) sum += from[at]!;
        values[i] = sum;
      }
    });
  };
}

/** What a sum or mean of nothing is; WebAssembly leaves it as it comes. */
const ofNothing =
  (value: number) =>
  (stock: KernelFunc): KernelFunc =>
  (call) => {
    const { shape, dtype } = call.inputs.x!;
    if (!shape.includes(0) || dtype === "string" || dtype === "complex64") return stock(call);
    const isInteger = dtype !== "float32" && value === 0;
    return fill(axesOf(shape, call.attrs).sums, value, isInteger ? "int32" : "float32");
  };

/** Along which axes a sum goes, what shape it has, and the sizes along those axes. */
function axesOf(shape: number[], attrs: unknown): { axes: number[]; sums: number[]; counts: number[] } {
  const { axis, keepDims } = attrs as SumAttrs;
  const axes = [...new Set(util.parseAxisParam(axis, shape))].sort((a, b) => a - b);
  const [sums, counts] = backend_util.computeOutAndReduceShapes(shape, axes) as [number[], number[]];
  return { axes, sums: keepDims ? backend_util.expandShapeToKeepDim(sums, axes) : sums, counts };
}
