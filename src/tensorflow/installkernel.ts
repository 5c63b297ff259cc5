import {
  type KernelFunc,
  type NamedTensorInfoMap,
  type TensorInfo,
  getKernel,
  registerKernel,
  unregisterKernel,
} from "@tensorflow/tfjs-core";
import type { KernelName, Kernels } from "../nn/kernels";
import { composed } from "../nn/operations";

/** What a kernel is called with. */
export type KernelCall = Parameters<KernelFunc>[0];

/** Computes a call whose inputs are float32 and hold a number or more; null leaves it to TensorFlow.js. */
export type Taker = (call: KernelCall) => TensorInfo | TensorInfo[] | null;

/**
 * Puts a kernel of ours in the place of one of TensorFlow.js's. Every kernel of ours, on every backend and in pages, passes
 * here: what it gets is float32 and not empty, and whatever else comes, or it does not take, goes to `otherwise` as if ours
 * were not there.
 * @param otherwise makes of the kernel replaced what is called then; by default it is that kernel itself
 */
export function installKernel(
  backendName: string,
  kernelName: string,
  take: Taker,
  otherwise: (stock: KernelFunc) => KernelFunc = (stock) => stock,
): void {
  const stock = getKernel(kernelName as Parameters<typeof getKernel>[0], backendName);
  // A kernel that only layers ask for replaces none; its `otherwise` asks for none.
  const rest = otherwise(stock?.kernelFunc as KernelFunc);
  if (stock) unregisterKernel(kernelName as Parameters<typeof unregisterKernel>[0], backendName);
  registerKernel({
    ...stock,
    kernelName,
    backendName,
    kernelFunc: (call) => {
      if (backendName === "wasm") bringInputs(call);
      return (areFloats(call.inputs) ? take(call) : null) ?? rest(call);
    },
  });
}

/** What a kernel that layers ask for is called with: the engine hands it the very tensors that the layer gave. */
export interface LayerCall<N extends KernelName> {
  inputs: Kernels[N]["inputs"];
  attrs: Kernels[N]["attributes"];
  backend: unknown;
}

/** Puts a kernel that layers ask for in a backend; what it does not take is composed of TensorFlow.js's operations. */
export function installLayerKernel<N extends KernelName>(
  backendName: string,
  kernelName: N,
  take: (call: LayerCall<N>) => TensorInfo | TensorInfo[] | null,
): void {
  const otherwise = ({ inputs, attrs }: LayerCall<N>): Kernels[N]["output"] =>
    composed[kernelName](inputs, attrs);
  installKernel(backendName, kernelName, take as unknown as Taker, () => otherwise as unknown as KernelFunc);
}

/**
 * What lies on another backend comes to this one before anything is viewed: WebAssembly's memory may grow for it, and all
 * views of the memory before are void.
 */
function bringInputs({ inputs, backend }: KernelCall): void {
  const { dataIdMap } = backend as { dataIdMap: { get(dataId: object): unknown } };
  for (const name in inputs) dataIdMap.get(inputs[name]!.dataId);
}

function areFloats(inputs: NamedTensorInfoMap): boolean {
  for (const name in inputs) {
    const { dtype, shape } = inputs[name]!;
    if (dtype !== "float32") return false;
    for (const size of shape) if (size === 0) return false;
  }
  return true;
}
