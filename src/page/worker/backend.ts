import "@tensorflow/tfjs-backend-cpu/dist/base";
import { engine, setBackend as setTfjsBackend } from "@tensorflow/tfjs-core";
import { registerCpuKernels } from "../../backend/plainkernels";
import { quote } from "../../nn/quote";
import "./chained";
import { registerGradients } from "./gradients";
import { registerKernels } from "./kernels";

/** A page computes in plain JavaScript alone. */
export type Backend = "cpu";

export function getBackend(): Backend {
  return "cpu";
}

/** @throws RangeError for another backend than the page's only one. */
export function setBackend(backend: string): void {
  if (backend !== "cpu")
    throw new RangeError(`The backend is ${quote(backend)}; a page has "cpu" alone, the kernel has more.`);
}

export function startTensorflow(): void {
  registerKernels();
  registerGradients();
  registerCpuKernels();
  // Its first use prints a banner that advertises tfjs-node.
  (engine().findBackend("cpu") as unknown as { firstUse: boolean }).firstUse = false;
  void setTfjsBackend("cpu");
}
