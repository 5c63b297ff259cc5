import { type TensorInfo, util } from "@tensorflow/tfjs-core";
import { type NativeBackend, arrayOf, valuesOf } from "./nativearrays";

/** How a kernel of ours reads and makes a backend's float32 tensors. */
export interface TensorAccess {
  /**
   * The values of a tensor; not to be written to.
   * @param length how many there must be; as many as the shape says where it is left out
   * @throws Error where the backend holds another number of them
   */
  read(backend: unknown, tensor: TensorInfo, length?: number): Float32Array;
  /** A new tensor; `fill` sets every value. */
  write(backend: unknown, shape: number[], fill: (values: Float32Array) => void): TensorInfo;
  /** New tensors; `fill` sets every value of all of them. */
  writeAll(backend: unknown, shapes: number[][], fill: (values: Float32Array[]) => void): TensorInfo[];
  /**
   * Lets an output that only the kernel's own gradient reads pass for a single number: for an output that no gradient
   * reaches the engine makes zeros, as many as its shape says.
   */
  forGradient(output: TensorInfo): TensorInfo;
}

/** What our kernels ask of TensorFlow.js's CPU backend. */
export interface CpuBackend {
  data: { get(dataId: object): { values: ArrayLike<number> } };
  makeTensorInfo(shape: number[], dtype: "float32", values: Float32Array): TensorInfo;
  disposeIntermediateTensorInfo(tensor: TensorInfo): void;
}

interface WasmBackend {
  makeOutput(shape: number[], dtype: "float32"): TensorInfo;
  typedArrayFromHeap(info: TensorInfo): Float32Array;
}

/** The values as float32: TensorFlow.js's cast leaves integers where they lie and calls them floats. */
function asFloats(values: ArrayLike<number>, { shape }: TensorInfo, length?: number): Float32Array {
  const expected = length ?? util.sizeFromShape(shape);
  if (values.length !== expected) {
    throw new Error(
      `A tensor of shape [${shape.join(", ")}] holds ${values.length} values; expected ${expected} of them.`,
    );
  }
  return values instanceof Float32Array ? values : Float32Array.from(values);
}

/** Access to a backend that takes arrays over as they are. */
function arrayAccess(
  values: (backend: unknown, dataId: object) => ArrayLike<number>,
  take: (backend: unknown, shape: number[], values: Float32Array) => TensorInfo,
  make: (length: number) => Float32Array = (length) => new Float32Array(length),
): TensorAccess {
  return {
    read: (backend, tensor, length) => asFloats(values(backend, tensor.dataId), tensor, length),
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
    forGradient: (output) => ({ ...output, shape: [1] }),
  };
}

export const cpuAccess = arrayAccess(
  (backend, dataId) => (backend as CpuBackend).data.get(dataId).values,
  (backend, shape, values) => (backend as CpuBackend).makeTensorInfo(shape, "float32", values),
);

export const nativeAccess = arrayAccess(
  (backend, dataId) => valuesOf(backend as NativeBackend, dataId),
  (backend, shape, values) => ({
    dataId: (backend as NativeBackend).write(values, shape, "float32"),
    shape,
    dtype: "float32",
  }),
  arrayOf,
);

/** A view of the heap is void once the heap grows: `fill` must read its inputs inside, after the outputs are made. */
export const wasmAccess: TensorAccess = {
  read: (backend, tensor, length) =>
    asFloats((backend as WasmBackend).typedArrayFromHeap(tensor), tensor, length),
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
  // WebAssembly's copies of a tensor are as long as its shape says.
  forGradient: (output) => output,
};
