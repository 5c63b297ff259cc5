import { type TensorInfo, util } from "@tensorflow/tfjs-core";
import { type NativeBackend, arrayOf, valuesOf } from "./held";

/** How a kernel written in JavaScript reaches a backend's float32 tensors. */
export interface Lender {
  /** The values of a tensor; not to be written to. */
  read(backend: unknown, tensor: TensorInfo): Float32Array;
  /** A new tensor; `fill` sets every value. */
  write(backend: unknown, shape: number[], fill: (values: Float32Array) => void): TensorInfo;
  /** New tensors; `fill` sets every value of all of them. */
  writeAll(backend: unknown, shapes: number[][], fill: (values: Float32Array[]) => void): TensorInfo[];
}

interface CpuBackend {
  data: { get(dataId: object): { values: Float32Array } };
  makeTensorInfo(shape: number[], dtype: "float32", values: Float32Array): TensorInfo;
}

interface WasmBackend {
  makeOutput(shape: number[], dtype: "float32"): TensorInfo;
  typedArrayFromHeap(info: TensorInfo): Float32Array;
}

/** A lender to a backend that takes arrays over as they are. */
function arrayLender(
  read: Lender["read"],
  take: (backend: unknown, shape: number[], values: Float32Array) => TensorInfo,
  make: (length: number) => Float32Array = (length) => new Float32Array(length),
): Lender {
  return {
    read,
    write(backend, shape, fill) {
      const values = make(util.sizeFromShape(shape));
      fill(values);
      return take(backend, shape, values);
    },
    writeAll(backend, shapes, fill) {
      const arrays = shapes.map((shape) => make(util.sizeFromShape(shape)));
      fill(arrays);
      return shapes.map((shape, i) => take(backend, shape, arrays[i]!));
    },
  };
}

export const cpuLender = arrayLender(
  (backend, { dataId }) => (backend as CpuBackend).data.get(dataId).values,
  (backend, shape, values) => (backend as CpuBackend).makeTensorInfo(shape, "float32", values),
);

export const nativeLender = arrayLender(
  (backend, { dataId }) => valuesOf(backend as NativeBackend, dataId),
  (backend, shape, values) => ({
    dataId: (backend as NativeBackend).write(values, shape, "float32"),
    shape,
    dtype: "float32",
  }),
  arrayOf,
);

/** A view of the heap is void once the heap grows: `fill` must read its inputs inside, after the outputs are made. */
export const wasmLender: Lender = {
  read: (backend, tensor) => (backend as WasmBackend).typedArrayFromHeap(tensor),
  write(backend, shape, fill) {
    const output = (backend as WasmBackend).makeOutput(shape, "float32");
    fill((backend as WasmBackend).typedArrayFromHeap(output));
    return output;
  },
  writeAll(backend, shapes, fill) {
    const outputs = shapes.map((shape) => (backend as WasmBackend).makeOutput(shape, "float32"));
    fill(outputs.map((output) => (backend as WasmBackend).typedArrayFromHeap(output)));
    return outputs;
  },
};
