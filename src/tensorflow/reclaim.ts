import { setFlagsFromString } from "node:v8";
import { Script, createContext, runInNewContext } from "node:vm";
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
  tensor: WeakRef<Tensor>;
  dataId: DataId;
  dtype: DataType;
  size: number;
  isVariable: boolean;
}

/** How many tensors and bytes there are, of those that belong to no scope. */
interface Census {
  tensors: number;
  bytes: number;
}

/** After a cell: below this a collection costs more than it frees. In a pause half of it is worth one. */
const afterCell: Census = { tensors: 320, bytes: 2 ** 26 };
/** Inside a cell, where somebody waits: below this no garbage is collected. */
const insideCell: Census = { tensors: 2 ** 15, bytes: 2 ** 27 };
/** Garbage is collected when there are twice the tensors that survived the last time, and this many more. */
const moreTensors = 128;
/** A weak reference holds its tensor until the running job ends: after this many they are made to let go at once. */
const mostReferences = 2 ** 10;
/** What a cell's own operations may leave behind before it is told of `tf.tidy`. */
const mostLeftBehind = 2 ** 28;

/** Where a kernel finds what is to be done while nobody waits: see src/runtime/kernelhost.ts. */
const pauseKey = Symbol.for("tslab-gradients.pause");

/**
 * Frees every tensor that no code can reach any more, as Python does: models and inputs that a re-run cell
 * replaced, and whatever a cell made outside `tidy`. TensorFlow.js by itself frees only what is disposed.
 *
 * A tensor that a cell can still reach, in whatever variable or closure, stays alive. Garbage is collected when the
 * tensors have doubled since the last time: after the cell that made them, and where they are many inside it as well.
 */
export function reclaimTensors(): void {
  const tf = engine();
  const { trackTensor, disposeTensor, disposeVariable, endScope, keep } = tf;
  const watched = new WeakMap<Tensor, Remains>();
  const all = new Set<Remains>();
  const live: Census = { tensors: 0, bytes: 0 };
  /** What lived after the last collection. */
  let survived: Census = { tensors: 0, bytes: 0 };
  let references = 0;
  let leftBehind = 0;
  let isWaiting = false;
  let isWarned = false;

  function count({ size }: Remains, sign: number): void {
    live.tensors += sign;
    live.bytes += sign * 4 * size;
  }

  function isBeyond(least: Census, share = 1): boolean {
    return (
      live.tensors > share * Math.max(2 * survived.tensors + moreTensors, least.tensors) ||
      live.bytes > share * (2 * survived.bytes + least.bytes)
    );
  }

  function watch(tensor: Tensor): void {
    const known = watched.get(tensor);
    if ((known !== undefined && all.has(known)) || tensor.isDisposed) return;
    const { dataId, dtype, size } = tensor;
    if (known !== undefined) {
      // A variable that was given other values.
      known.dataId = dataId;
      return add(known);
    }
    const isVariable = tensor instanceof Variable;
    if (references++ > mostReferences) {
      references = 0;
      letGo();
    }
    const remains = { tensor: new WeakRef(tensor), dataId, dtype, size, isVariable };
    watched.set(tensor, remains);
    add(remains);
  }

  function add(remains: Remains): void {
    all.add(remains);
    count(remains, 1);
    if (isBeyond(insideCell)) collectNow();
    else if (isBeyond(afterCell)) collectSoon();
  }

  function forget(remains: Remains): void {
    all.delete(remains);
    count(remains, -1);
  }

  /** Frees what nothing can reach. */
  function sweep(): void {
    collectGarbage();
    for (const remains of all) {
      if (remains.tensor.deref() !== undefined) continue;
      forget(remains);
      if (!remains.isVariable) leftBehind += 4 * remains.size;
      // The engine reads nothing else of a tensor that it disposes.
      disposeTensor.call(tf, remains as unknown as Tensor);
    }
    survived = { ...live };
  }

  function collectNow(): void {
    sweep();
    if (leftBehind > mostLeftBehind && !isWarned) {
      isWarned = true;
      console.warn(
        `A cell has left ${Math.round(leftBehind / 2 ** 20)} MB of tensors behind, which are freed only where they are searched for; tf.tidy(() => …) around a loop's body frees them at once.`,
      );
    }
    // What is left behind is counted anew for the next cell.
    collectSoon();
  }

  function collectSoon(): void {
    if (isWaiting) return;
    isWaiting = true;
    setImmediate(() => {
      isWaiting = false;
      isWarned = false;
      if (isBeyond(afterCell)) sweep();
      leftBehind = 0;
    }).unref();
  }

  Object.assign(globalThis, {
    [pauseKey]: () => {
      if (isBeyond(afterCell, 1 / 2)) sweep();
      leftBehind = 0;
    },
  });
  tf.trackTensor = (tensor, backend) => {
    trackTensor.call(tf, tensor, backend);
    // Inside a scope the scope frees it; variables belong to no scope.
    if (!tf.state.activeScope || tensor instanceof Variable) watch(tensor);
  };
  tf.disposeTensor = (tensor) => {
    disposeTensor.call(tf, tensor);
    const remains = watched.get(tensor);
    if (remains !== undefined && all.has(remains)) forget(remains);
    // A variable that is given other values is disposed as a tensor first, and watched again.
    if (!(tensor instanceof Variable)) watched.delete(tensor);
  };
  tf.disposeVariable = (variable) => {
    disposeVariable.call(tf, variable);
    // A weak map that nothing is deleted from grows with every tensor between two collections.
    watched.delete(variable);
  };
  tf.endScope = (result) => {
    endScope.call(tf, result);
    if (!tf.state.activeScope) tensor_util.getTensorsInContainer(result as Tensor).forEach(watch);
  };
  tf.keep = (tensor) => {
    // What an operation saves for a running gradient that gradient disposes.
    if (tf.state.gradientDepth === 0 || tf.state.kernelDepth === 0) watch(tensor);
    return keep.call(tf, tensor) as typeof tensor;
  };
}

let gc: (() => void) | undefined;

/** Collects garbage so that weak references tell at once what is gone. */
function collectGarbage(): void {
  if (gc === undefined) {
    setFlagsFromString("--expose-gc");
    gc = runInNewContext("gc") as () => void;
  }
  letGo();
  gc();
}

let endOfJob: (() => void) | undefined;

/**
 * What a weak reference was made of or asked for stays until the running job has ended, or until the microtasks of a
 * context that has its own are done, as here.
 */
function letGo(): void {
  if (endOfJob === undefined) {
    const context = createContext({}, { microtaskMode: "afterEvaluate" });
    const script = new Script("Promise.resolve().then(() => {})");
    endOfJob = () => void script.runInContext(context);
  }
  endOfJob();
}
