import { setMemoryBudget } from "../nn/memory";
import { setBlockDraws } from "../nn/mt19937";
import { loadAddon } from "./addon";
import { availableMemory } from "./budget";
import { chooseBackend } from "./choice";
import { reclaimTensors } from "./reclaim";

let started = false;

/**
 * Makes TensorFlow.js ready, once: a backend, tensors that go when nothing reaches them, and how much memory there is.
 * @throws RangeError where the environment names a backend that is none.
 */
export function startTensorflow(): void {
  if (started) return;
  chooseBackend();
  reclaimTensors();
  setMemoryBudget(availableMemory);
  setBlockDraws(loadAddon()?.draw);
  started = true;
}
