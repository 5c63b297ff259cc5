import type { TensorInfo } from "@tensorflow/tfjs-core";

/** How a kernel written in JavaScript reaches a backend's float32 tensors. */
export interface Lender {
  /** The values of a tensor; not to be written to. */
  read(backend: unknown, tensor: TensorInfo): Float32Array;
  /** A new tensor; `fill` sets every value. */
  write(backend: unknown, shape: number[], fill: (values: Float32Array) => void): TensorInfo;
  /** Two new tensors of one shape; `fill` sets every value of both. */
  writePair(
    backend: unknown,
    shape: number[],
    fill: (first: Float32Array, second: Float32Array) => void,
  ): [TensorInfo, TensorInfo];
}

interface CpuBackend {
  data: { get(dataId: object): { values: Float32Array } };
  makeTensorInfo(shape: number[], dtype: "float32", values: Float32Array): TensorInfo;
}

interface WasmBackend {
  makeOutput(shape: number[], dtype: "float32"): TensorInfo;
  typedArrayFromHeap(info: TensorInfo): Float32Array;
}

interface NativeBackend {
  readSync(dataId: object): Float32Array;
  write(values: Float32Array, shape: number[], dtype: "float32"): object;
}

const filled = (shape: number[], fill: (values: Float32Array) => void): Float32Array => {
  const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
  fill(values);
  return values;
};

export const cpuLender: Lender = {
  read: (backend, { dataId }) => (backend as CpuBackend).data.get(dataId).values,
  write: (backend, shape, fill) =>
    (backend as CpuBackend).makeTensorInfo(shape, "float32", filled(shape, fill)),
  writePair: (backend, shape, fill) => pair(cpuLender, backend, shape, fill),
};

/** A view of the heap is void once the heap grows: `fill` must read its inputs inside, after the output is made. */
export const wasmLender: Lender = {
  read: (backend, tensor) => (backend as WasmBackend).typedArrayFromHeap(tensor),
  write(backend, shape, fill) {
    const output = (backend as WasmBackend).makeOutput(shape, "float32");
    fill((backend as WasmBackend).typedArrayFromHeap(output));
    return output;
  },
  writePair(backend, shape, fill) {
    const { makeOutput, typedArrayFromHeap } = backend as WasmBackend;
    const first = makeOutput.call(backend, shape, "float32");
    const second = makeOutput.call(backend, shape, "float32");
    fill(typedArrayFromHeap.call(backend, first), typedArrayFromHeap.call(backend, second));
    return [first, second];
  },
};

export const nativeLender: Lender = {
  read: (backend, { dataId }) => (backend as NativeBackend).readSync(dataId),
  write: (backend, shape, fill) => ({
    dataId: (backend as NativeBackend).write(filled(shape, fill), shape, "float32"),
    shape,
    dtype: "float32",
  }),
  writePair: (backend, shape, fill) => pair(nativeLender, backend, shape, fill),
};

/** The second tensor's values are computed along with the first's, and handed over after them. */
function pair(
  lender: Lender,
  backend: unknown,
  shape: number[],
  fill: (first: Float32Array, second: Float32Array) => void,
): [TensorInfo, TensorInfo] {
  let kept = new Float32Array();
  const first = lender.write(backend, shape, (values) => {
    kept = new Float32Array(values.length);
    fill(values, kept);
  });
  return [first, lender.write(backend, shape, (values) => values.set(kept))];
}
