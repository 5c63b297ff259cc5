import {
  type KernelFunc,
  type NamedTensorInfoMap,
  type TensorInfo,
  getKernel,
  registerKernel,
  unregisterKernel,
} from "@tensorflow/tfjs-core";

/** What a kernel is called with. */
export type KernelCall = Parameters<KernelFunc>[0];

/** Computes a call whose inputs are float32 and hold a number or more; null leaves it to TensorFlow.js. */
export type Taker = (call: KernelCall) => TensorInfo | TensorInfo[] | null;

/**
 * Puts a kernel of ours in a backend. Every one of them, on every backend and in pages, passes here: what it gets is
 * float32 and not empty, and whatever else comes, or it does not take, goes to `otherwise` as if ours were not there.
 * @param kernelName a kernel of TensorFlow.js, whose place is taken, or one of our own
 * @param otherwise for a kernel of our own the same composed of TensorFlow.js's operations; else the kernel replaced
 */
export function installKernel(
  backendName: string,
  kernelName: string,
  take: Taker,
  otherwise?: (stock: KernelFunc) => KernelFunc,
): void {
  const stock = getKernel(kernelName as Parameters<typeof getKernel>[0], backendName);
  // A kernel of our own has no other; its `otherwise` asks for none.
  const replaced = stock?.kernelFunc as KernelFunc;
  const rest = otherwise?.(replaced) ?? replaced;
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
