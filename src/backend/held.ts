import type { DataType } from "@tensorflow/tfjs-core";

/** What tfjs-node knows of a tensor: its values in JavaScript until TensorFlow needs them, then TensorFlow's number. */
interface Held {
  shape: number[];
  values: Float32Array | null;
  id: number;
}

/** The backend of tfjs-node. */
export interface NativeBackend {
  tensorMap: { get(dataId: object): Held; has(dataId: object): boolean };
  binding: { tensorDataSync(id: number): Float32Array; deleteTensor(id: number): void };
  readSync(dataId: object): Float32Array;
  write(values: Float32Array, shape: number[], dtype: DataType): object;
  disposeData(dataId: object, force?: boolean): boolean;
  incRef(dataId: object): void;
}

/** The values of a native tensor, which from here on are held in JavaScript, where our kernels compute. */
export function valuesOf(backend: NativeBackend, dataId: object): Float32Array {
  const held = backend.tensorMap.get(dataId);
  if (held.values === null) {
    held.values = backend.binding.tensorDataSync(held.id);
    backend.binding.deleteTensor(held.id);
    held.id = -1;
  }
  return held.values;
}

/** Fresh memory of a wide gradient costs as much as computing it: smaller arrays are not worth the books. */
const leastLength = 2 ** 9;
const mostBytes = 2 ** 28;
/** Milliseconds without a freed tensor after which spare arrays go. */
const patience = 2000;

/** Arrays that only a tensor held, to be used again, by their length. */
const spare = new Map<number, Float32Array[]>();
/** Arrays that nothing but a tensor holds. */
const own = new WeakSet<Float32Array>();
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
  own.add(values);
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
    lend(values);
    return values;
  };
  backend.disposeData = (dataId, force) => {
    const values = backend.tensorMap.has(dataId) ? backend.tensorMap.get(dataId).values : null;
    const isFreed = disposeData.call(backend, dataId, force);
    if (isFreed && values !== null && own.has(values)) keep(values);
    return isFreed;
  };
}

/** Somebody besides its tensor holds the array from here on. */
export function lend(values: Float32Array): void {
  own.delete(values);
}

function keep(values: Float32Array): void {
  own.delete(values);
  if (spareBytes + values.byteLength > mostBytes) return;
  spareBytes += values.byteLength;
  const list = spare.get(values.length);
  if (list === undefined) spare.set(values.length, [values]);
  else list.push(values);
  if (timer === undefined) timer = setTimeout(letGo, patience).unref();
  else timer.refresh();
}

function letGo(): void {
  spare.clear();
  spareBytes = 0;
  timer = undefined;
}
