import { registerKernel } from "@tensorflow/tfjs-core";
import { elementwise } from "./elementwise";
import { shaping } from "./shaping";

/** The CPU backend's kernels behind the operations that a page offers; the whole backend is three times as large. */
export function registerKernels(): void {
  for (const config of [...elementwise, ...shaping]) registerKernel(config);
}
