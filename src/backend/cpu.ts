// The whole package, for its registered gradients: in CommonJS they come no other way.
import "@tensorflow/tfjs";
import { engine } from "@tensorflow/tfjs-core";
import { registerCpuKernels } from "./kernels";

/** Starts TensorFlow.js's plain CPU backend. */
export function startCpu(): void {
  registerCpuKernels();
  // Its first use prints a banner that advertises tfjs-node.
  (engine().findBackend("cpu") as unknown as { firstUse: boolean }).firstUse = false;
}
