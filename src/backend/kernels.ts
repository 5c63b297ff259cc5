import {
  BatchMatMul,
  Erf,
  type KernelConfig,
  type KernelFunc,
  Mean,
  type TensorInfo,
  getKernel,
  registerKernel,
  unregisterKernel,
  util,
} from "@tensorflow/tfjs-core";
import { registerAddScaled } from "./addscaled";
import { registerDense } from "./dense";
import { erf } from "./erf";
import { registerGelu } from "./gelu";
import { registerLayerNorm } from "./layernorm";
import { plainArithmetic } from "./layer";
import { type Lender, cpuLender, wasmLender } from "./lender";
import { registerMeanMagnitude } from "./magnitude";
import { preciseProduct } from "./product";
import { registerSquaredError } from "./squarederror";
import { composedLayer } from "./widelayer";

/**
 * Replaces the CPU backend's erf by an exact one, its small products, whose blocks cost more than they save, and its
 * mean, which divides every element before it sums.
 */
export function registerCpuKernels(): void {
  replaceKernel("cpu", BatchMatMul, (original) => preciseProduct(cpuLender, 2 ** 18, original));
  replaceKernel("cpu", Mean, (original) => preciseMean(cpuLender, original));
  replaceKernel("cpu", Erf, () => exactErf(cpuLender));
  registerElementwise("cpu", cpuLender);
  registerDense("cpu", cpuLender, Infinity, plainArithmetic, composedLayer);
  registerMeanMagnitude("cpu", cpuLender);
  registerSquaredError("cpu", cpuLender);
}

/** Replaces the WASM backend's erf, small products and mean, which sums in float32 and drifts by up to 1e-4. */
export function registerWasmKernels(): void {
  replaceKernel("wasm", Erf, () => exactErf(wasmLender));
  registerElementwise("wasm", wasmLender);
  registerDense("wasm", wasmLender, 2 ** 18, plainArithmetic, composedLayer);
  registerMeanMagnitude("wasm", wasmLender);
  registerSquaredError("wasm", wasmLender);
  replaceKernel("wasm", BatchMatMul, (original) => preciseProduct(wasmLender, 2 ** 18, original));
  replaceKernel("wasm", Mean, (original) => preciseMean(wasmLender, original));
}

/** The kernels that TensorFlow.js has none of. Beyond `largest` elements the backend's own operations are faster. */
export function registerElementwise(backendName: string, lender: Lender, largest = Infinity): void {
  registerGelu(backendName, lender, largest);
  registerLayerNorm(backendName, lender, largest);
  registerAddScaled(backendName, lender, largest);
}

function exactErf(lender: Lender): KernelFunc {
  return ({ inputs, backend }) => {
    const x = inputs.x as TensorInfo;
    return lender.write(backend, x.shape, (values) => {
      const from = lender.read(backend, x);
      for (let i = 0; i < from.length; i++) values[i] = erf(from[i]!);
    });
  };
}

/** The mean of all elements, summed in double; along some axes alone it goes to `original`. */
export function preciseMean(lender: Lender, original: KernelFunc): KernelFunc {
  return (call) => {
    const x = call.inputs.x as TensorInfo;
    const { axis, keepDims } = call.attrs as { axis?: number | number[]; keepDims?: boolean };
    const axes = util.parseAxisParam(axis ?? x.shape.map((_, i) => i), x.shape);
    if (x.dtype !== "float32" || axes.length !== x.shape.length) return original(call);
    return lender.write(call.backend, keepDims ? x.shape.map(() => 1) : [], (values) => {
      const from = lender.read(call.backend, x);
      let sum = 0;
      for (let i = 0; i < from.length; i++) sum += from[i]!;
      values[0] = sum / from.length;
    });
  };
}

export function replaceKernel(
  backendName: string,
  kernelName: KernelConfig["kernelName"],
  replacement: (original: KernelFunc) => KernelFunc,
): void {
  const original = getKernel(kernelName, backendName);
  unregisterKernel(kernelName, backendName);
  registerKernel({ ...original, kernelFunc: replacement(original.kernelFunc) });
}
