import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import {
  type DataId,
  type DataType,
  type Tensor,
  Variable,
  engine,
  tensor_util,
} from "@tensorflow/tfjs-core";

/** What disposing a tensor needs to know of it, without keeping it alive. */
interface Remains {
  dataId: DataId;
  dtype: DataType;
  size: number;
}

// Below this much a collection of garbage costs more than the tensors it would free.
const leastTensors = 320;
const leastBytes = 64 * 2 ** 20;
/** So many more than twice the living there may be before the next collection. */
const moreTensors = 128;

let inPause: () => void = () => {};

/** For a time in which nobody waits: garbage may be collected, so that no cell has to wait for it later. */
export function collectInPause(): void {
  inPause();
}

/**
 * Frees every tensor that no code can reach any more, as Python does: models and inputs that a re-run cell
 * replaced, and whatever a cell made outside `tidy`. TensorFlow.js by itself frees only what is disposed.
 *
 * A tensor that a cell can still reach, in whatever variable or closure, stays alive. Garbage is collected when the
 * tensors have doubled since the last time, after the cell that made them.
 */
export function reclaimTensors(): void {
  const tf = engine();
  const { trackTensor, disposeTensor, endScope, keep } = tf;
  const watched = new WeakMap<Tensor, Remains>();
  const live: Census = { tensors: 0, bytes: 0, leastTensors: 0, leastBytes: 0 };
  const { collect, collectEarly } = collector(live);
  inPause = collectEarly;
  const registry = new FinalizationRegistry<Remains>((remains) => {
    count(remains, -1);
    // The engine reads nothing else of a tensor that it disposes.
    disposeTensor.call(tf, remains as Tensor);
  });

  function count({ size }: Remains, sign: number): void {
    live.tensors += sign;
    live.bytes += sign * 4 * size;
    live.leastTensors = Math.min(live.leastTensors, live.tensors);
    live.leastBytes = Math.min(live.leastBytes, live.bytes);
  }

  function watch(tensor: Tensor): void {
    if (watched.has(tensor) || tensor.isDisposed) return;
    const { dataId, dtype, size } = tensor;
    const remains = { dataId, dtype, size };
    watched.set(tensor, remains);
    registry.register(tensor, remains, tensor);
    count(remains, 1);
    collect();
  }

  tf.trackTensor = (tensor, backend) => {
    trackTensor.call(tf, tensor, backend);
    // Inside a scope the scope frees it; variables belong to no scope.
    if (!tf.state.activeScope || tensor instanceof Variable) watch(tensor);
  };
  tf.disposeTensor = (tensor) => {
    disposeTensor.call(tf, tensor);
    const remains = watched.get(tensor);
    if (remains === undefined) return;
    watched.delete(tensor);
    registry.unregister(tensor);
    count(remains, -1);
  };
  tf.endScope = (result) => {
    endScope.call(tf, result);
    if (!tf.state.activeScope) tensor_util.getTensorsInContainer(result as Tensor).forEach(watch);
  };
  tf.keep = (tensor) => {
    // What a running gradient saves for its backward pass it disposes itself.
    if (tf.state.gradientDepth === 0) watch(tensor);
    return keep.call(tf, tensor) as typeof tensor;
  };
}

/** How many tensors and bytes nothing has freed yet, and the least of each since the last collection. */
interface Census {
  tensors: number;
  bytes: number;
  leastTensors: number;
  leastBytes: number;
}

/** Collects garbage once the living have doubled, when the running cell has ended; in a pause, when they are half-way. */
function collector(live: Census): { collect: () => void; collectEarly: () => void } {
  const limit = { tensors: leastTensors, bytes: leastBytes };
  let waiting = false;
  let collectGarbage: (() => void) | undefined;

  // The finalizers run in tasks of their own, some time after the collection; what cells make meanwhile does not count.
  function settle(rounds: number, before: number): void {
    if (live.leastTensors === before && rounds > 0) {
      setTimeout(settle, 1, rounds - 1, before).unref();
      return;
    }
    waiting = false;
    limit.tensors = Math.max(2 * live.leastTensors + moreTensors, leastTensors);
    limit.bytes = 2 * live.leastBytes + leastBytes;
  }

  function collectBeyond(share: number): void {
    if (waiting || (live.tensors <= share * limit.tensors && live.bytes <= share * limit.bytes)) return;
    waiting = true;
    setImmediate(() => {
      collectGarbage ??= garbageCollector();
      [live.leastTensors, live.leastBytes] = [live.tensors, live.bytes];
      collectGarbage();
      setTimeout(settle, 1, 10, live.leastTensors).unref();
    }).unref();
  }

  return { collect: () => collectBeyond(1), collectEarly: () => collectBeyond(1 / 2) };
}

function garbageCollector(): () => void {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc") as () => void;
}
