import { type FillAttrs, type TensorInfo, Fill, Reshape, getKernel, util } from "@tensorflow/tfjs-core";
import type { Taker } from "./installkernel";
import { type NativeBackend, share } from "./nativearrays";

/**
 * Operations that come often in code of one's own, between the layers, and whose results in JavaScript are TensorFlow's.
 * Not among them: `Cast`, since the CPU backend calls integers floats where they lie and TensorFlow rounds large numbers
 * otherwise, and `Pow`, which knows 1 to the power of nan.
 */
export const smallKernels: readonly string[] = [
  ...["Abs", "Concat", "Exp", Fill, "Neg", Reshape, "Sqrt", "Square", "Sum"],
  ...["Add", "Multiply", "RealDiv", "SquaredDifference", "Sub"],
];

/** A call into native TensorFlow and back takes as long as computing so many elements in JavaScript. */
const mostElements = 2 ** 10;
/** The same, where elements are only copied, filled or added up. */
const mostMoved = 2 ** 12;
const moving = new Set(["Concat", Fill, Reshape, "Sum"]);

/**
 * An operation of native TensorFlow that the CPU backend's kernel does instead where the tensors are few numbers and
 * have never been handed to TensorFlow: a call into it takes some 15 µs, whatever the size.
 */
export function smallInJavaScript(kernelName: string): Taker {
  const kernel = getKernel(kernelName as Parameters<typeof getKernel>[0], "cpu");
  const most = moving.has(kernelName) ? mostMoved : mostElements;
  return (call) => {
    const native = call.backend as unknown as NativeBackend;
    const tensors = Object.values(call.inputs) as TensorInfo[];
    const isSmall = tensors.every(
      ({ dataId, shape }) =>
        util.sizeFromShape(shape) <= most && native.tensorMap.get(dataId).values !== null,
    );
    if (!kernel || !isSmall) return null;
    if (tensors.length === 2 && resultSize(tensors as [TensorInfo, TensorInfo]) > most) return null;
    if (kernelName === Fill) {
      const { value, dtype } = call.attrs as unknown as FillAttrs;
      if (typeof value !== "number" || (dtype ?? "float32") !== "float32") return null;
    }
    const result = kernel.kernelFunc({ ...call, backend: asCpu(native) }) as TensorInfo;
    const { dataId, shape, dtype } = result;
    const { values, shape: known } = native.tensorMap.get(dataId);
    const isShared = tensors.some((tensor) => tensor.dataId === dataId);
    if (!isShared && util.arraysEqual(known, shape)) return result;
    // The CPU backend's kernels reshape by leaving the values where they are: here they are the result's own, as
    // TensorFlow's are, and at a place of its shape, by which TensorFlow knows it.
    const own = isShared ? values!.slice() : values!;
    if (!isShared) share(own);
    native.disposeData(dataId);
    return { dataId: native.write(own, shape, dtype), shape, dtype };
  };
}

/** How many elements two tensors have that are broadcast to one shape. */
function resultSize([a, b]: [TensorInfo, TensorInfo]): number {
  const [p, q] = [a.shape, b.shape];
  let size = 1;
  for (let i = 1; i <= Math.max(p.length, q.length); i++) size *= Math.max(p.at(-i) ?? 1, q.at(-i) ?? 1);
  return size;
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
