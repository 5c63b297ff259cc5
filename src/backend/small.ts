import { type KernelFunc, Reshape, type TensorInfo, getKernel, util } from "@tensorflow/tfjs-core";
import { type NativeBackend, lend } from "./held";

/** Operations that come often in code of one's own, between the layers. */
export const smallKernels: readonly string[] = [
  ...["Abs", "Cast", "Concat", "Exp", "Fill", "Neg", Reshape, "Sqrt", "Square", "Sum"],
  ...["Add", "Multiply", "Pow", "RealDiv", "SquaredDifference", "Sub"],
];

/** A call into native TensorFlow and back takes as long as so many elements do here. */
const most = 2 ** 12;

/**
 * An operation of native TensorFlow that the CPU backend's kernel does instead where the tensors are few numbers and
 * have never been handed to TensorFlow: a call into it takes some 15 µs, whatever the size. What has no input, `fill`,
 * stays here at any size, but for strings, which TensorFlow keeps in a way of its own.
 */
export function smallInJavaScript(kernelName: string, original: KernelFunc): KernelFunc {
  const kernel = getKernel(kernelName, "cpu");
  if (!kernel) return original;
  return (call) => {
    const native = call.backend as unknown as NativeBackend;
    const inputs = Object.values(call.inputs) as TensorInfo[];
    const isSmall = inputs.every(({ dataId, dtype, shape }) => {
      if (dtype === "string" || dtype === "complex64" || util.sizeFromShape(shape) > most) return false;
      return native.tensorMap.get(dataId).values !== null;
    });
    const { value } = (call.attrs ?? {}) as { value?: string | number };
    if (!isSmall || typeof value === "string") return original(call);
    const result = kernel.kernelFunc({ ...call, backend: asCpu(native) });
    // The CPU backend's reshape leaves the values where they are; TensorFlow knows a tensor's shape by its place.
    return kernelName === Reshape ? moved(native, result as TensorInfo) : result;
  };
}

function moved(native: NativeBackend, { dataId, shape, dtype }: TensorInfo): TensorInfo {
  const values = native.tensorMap.get(dataId).values!;
  // Two tensors' from here on.
  lend(values);
  native.disposeData(dataId);
  return { dataId: native.write(values, shape, dtype), shape, dtype };
}

const shims = new WeakMap<NativeBackend, object>();

/** What the CPU backend's kernels ask of their backend, of native tensors. */
function asCpu(native: NativeBackend): object {
  let shim = shims.get(native);
  if (shim === undefined) {
    const makeTensorInfo = (shape: number[], dtype: TensorInfo["dtype"], values: unknown): TensorInfo => ({
      dataId: native.write(values as Float32Array, shape, dtype),
      shape,
      dtype,
    });
    shim = {
      data: { get: (dataId: object) => native.tensorMap.get(dataId) },
      makeTensorInfo,
      makeOutput: (values: unknown, shape: number[], dtype: TensorInfo["dtype"]) =>
        makeTensorInfo(shape, dtype, values),
      write: (values: Float32Array, shape: number[], dtype: TensorInfo["dtype"]) =>
        native.write(values, shape, dtype),
      incRef: (dataId: object) => native.incRef(dataId),
      disposeIntermediateTensorInfo: ({ dataId }: TensorInfo) => native.disposeData(dataId),
    };
    shims.set(native, shim);
  }
  return shim;
}
