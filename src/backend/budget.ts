import { freemem } from "node:os";
import { engine } from "@tensorflow/tfjs-core";
import { getBackend } from "./choice";

const wasmHeap = 2 ** 31;

/** How many bytes new tensors may take: what the machine has free, and on WASM what its heap of 2 GiB leaves. */
export function availableMemory(): number {
  const { availableMemory } = process as { availableMemory?: () => number };
  const free = availableMemory ? availableMemory.call(process) : freemem();
  return getBackend() === "wasm" ? Math.min(free, wasmHeap - engine().state.numBytes) : free;
}
