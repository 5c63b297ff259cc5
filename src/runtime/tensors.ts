import { inspected, type TensorLike } from "../nn/text";
import { inspectCustom } from "./ports";

/** What is used of the engine that all copies of TensorFlow.js in a process share: it makes their tensors. */
interface TensorEngine {
  trackTensor(tensor: object, backend: unknown): void;
}

/** The global name by which they find it. */
const name = "_tfengine";

/** Lets tensors show shape, dtype and values wherever they are printed, whichever TensorFlow.js a cell loads and when. */
export function showTensors(): void {
  const { [name]: made } = globalThis as { [name]?: TensorEngine };
  if (made !== undefined) return attend(made);
  const plain = { configurable: true, enumerable: true };
  Object.defineProperty(globalThis, name, {
    ...plain,
    get: () => undefined,
    set(value: TensorEngine) {
      Object.defineProperty(globalThis, name, { ...plain, value, writable: true });
      attend(value);
    },
  });
}

/** The engine's first tensor shows what all of them are made of. */
function attend(engine: TensorEngine): void {
  const { trackTensor } = engine;
  let isKnown = false;
  engine.trackTensor = (tensor, backend) => {
    if (!isKnown) teach(tensor);
    isKnown = true;
    trackTensor.call(engine, tensor, backend);
  };
}

function teach(tensor: object): void {
  let type = Object.getPrototypeOf(tensor) as object | null;
  while (type !== null && !Object.hasOwn(type, "dataSync"))
    type = Object.getPrototypeOf(type) as object | null;
  if (type === null) return;
  function show(this: TensorLike, depth: number): object | string {
    return inspected(this, depth);
  }
  Object.defineProperty(type, inspectCustom, { value: show, configurable: true, writable: true });
}
