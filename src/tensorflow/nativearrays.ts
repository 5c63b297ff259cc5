import type { DataType } from "@tensorflow/tfjs-core";

/** What tfjs-node knows of a tensor: its values in JavaScript until TensorFlow needs them, then TensorFlow's number. */
interface NativeTensor {
  shape: number[];
  values: Float32Array | null;
  id: number;
}

/** The backend of tfjs-node. */
export interface NativeBackend {
  tensorMap: { get(dataId: object): NativeTensor; has(dataId: object): boolean };
  binding: { tensorDataSync(id: number): Float32Array; deleteTensor(id: number): void };
  readSync(dataId: object): Float32Array;
  write(values: Float32Array, shape: number[], dtype: DataType): object;
  disposeData(dataId: object, force?: boolean): boolean;
  incRef(dataId: object): void;
}

/** The values of a native tensor, which from here on are held in JavaScript, where our kernels compute. */
export function valuesOf(backend: NativeBackend, dataId: object): Float32Array {
  const tensor = backend.tensorMap.get(dataId);
  if (tensor.values === null) {
    tensor.values = backend.binding.tensorDataSync(tensor.id);
    backend.binding.deleteTensor(tensor.id);
    tensor.id = -1;
  }
  return tensor.values;
}

/**
 * Fresh memory of a wide gradient costs as much as computing it, so that its arrays are used again; keeping account of
 * shorter ones costs more than it saves.
 */
const leastLength = 2 ** 9;
const mostBytes = 2 ** 28;
/** After so many milliseconds without a freed tensor spare arrays are given up. */
const patience = 2000;

/** Arrays that freed tensors held alone, to be used again, by their length. */
const spare = new Map<number, Float32Array[]>();
/** Arrays that nothing but a tensor holds. */
const unshared = new WeakSet<Float32Array>();
let spareBytes = 0;
let timer: NodeJS.Timeout | undefined;

/** Bytes of a cache line: rows that begin anywhere in one are read and written a tenth slower. */
const line = 64;
/** From so many elements on it is worth a view of a buffer. */
const leastAligned = 2 ** 12;
let align: ((buffer: ArrayBuffer) => number) | undefined;

/** An array of zeros. */
export function freshArray(length: number): Float32Array {
  if (align === undefined || length < leastAligned) return new Float32Array(length);
  const buffer = new ArrayBuffer(4 * length + line);
  return new Float32Array(buffer, align(buffer), length);
}

/** An array for a tensor, its values whatever they were. */
export function arrayOf(length: number): Float32Array {
  if (length < leastLength) return new Float32Array(length);
  let values = spare.get(length)?.pop();
  if (values === undefined) values = freshArray(length);
  else spareBytes -= values.byteLength;
  unshared.add(values);
  return values;
}

/**
 * Lets a backend's freed tensors give back their arrays, except those that somebody has read.
 * @param alignBuffer how many bytes of a new buffer lie before its first whole cache line
 */
export function reuseArrays(backend: NativeBackend, alignBuffer: (buffer: ArrayBuffer) => number): void {
  align = alignBuffer;
  const { readSync, disposeData } = backend;
  backend.readSync = (dataId) => {
    const values = readSync.call(backend, dataId);
    share(values);
    return values;
  };
  backend.disposeData = (dataId, force) => {
    const values = backend.tensorMap.has(dataId) ? backend.tensorMap.get(dataId).values : null;
    const isFreed = disposeData.call(backend, dataId, force);
    if (isFreed && values !== null && unshared.has(values)) keepSpare(values);
    return isFreed;
  };
}

/** Says that somebody besides its tensor holds the array from here on, so that it is not used again. */
export function share(values: Float32Array): void {
  unshared.delete(values);
}

function keepSpare(values: Float32Array): void {
  unshared.delete(values);
  if (spareBytes + values.byteLength > mostBytes) return;
  spareBytes += values.byteLength;
  const list = spare.get(values.length);
  if (list === undefined) spare.set(values.length, [values]);
  else list.push(values);
  if (timer === undefined) timer = setTimeout(dropSpare, patience).unref();
  else timer.refresh();
}

function dropSpare(): void {
  spare.clear();
  spareBytes = 0;
  timer = undefined;
}
