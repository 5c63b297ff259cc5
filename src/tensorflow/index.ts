import { freemem } from "node:os";
import { engine } from "@tensorflow/tfjs-core";
import { useMachine } from "../nn/resources";
import { loadAddon } from "./addon";
import { chooseBackend, getBackend } from "./choice";
import { reclaimTensors } from "./reclaim";

export { type Backend, getBackend, setBackend } from "./choice";

let started = false;

/**
 * Makes TensorFlow.js ready, once: a backend, tensors that go when nothing reaches them, and how much memory there is.
 * @throws RangeError where the environment names a backend that is none.
 */
export function startTensorflow(): void {
  if (started) return;
  chooseBackend();
  reclaimTensors();
  useMachine({ freeBytes: availableMemory, drawBlocks: loadAddon()?.draw });
  started = true;
}

const wasmHeap = 2 ** 31;

/** How many bytes new tensors may take: what the machine has free, and on WASM what its heap of 2 GiB leaves. */
function availableMemory(): number {
  const { availableMemory } = process as { availableMemory?: () => number };
  const free = availableMemory ? availableMemory.call(process) : freemem();
  return getBackend() === "wasm" ? Math.min(free, wasmHeap - engine().state.numBytes) : free;
}
