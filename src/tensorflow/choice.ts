import { engine, setBackend as setTfjsBackend } from "@tensorflow/tfjs-core";
import { quote } from "../nn/quote";
import { startNative } from "./native";
import { registerCpuKernels } from "./plainkernels";
import { startWasm } from "./wasm";

/** Native TensorFlow, WebAssembly, or plain JavaScript. */
export type Backend = "native" | "wasm" | "cpu";

const backends: Record<Backend, { tfjsName: string; start: () => void }> = {
  native: { tfjsName: "tensorflow", start: startNative },
  wasm: { tfjsName: "wasm", start: startWasm },
  cpu: { tfjsName: "cpu", start: startCpu },
};
const started = new Set<Backend>();

/** The environment variable that chooses the backend. */
const backendVariable = "TSLAB_GRADIENTS_BACKEND";

/** The backend in use. */
export function getBackend(): Backend {
  const name = engine().backendName;
  const entry = Object.entries(backends).find(([, { tfjsName }]) => tfjsName === name);
  if (entry === undefined)
    throw new Error(`TensorFlow.js runs on ${quote(name)}, which this package did not start.`);
  return entry[0] as Backend;
}

/**
 * Lets everything from here on run on another backend; tensors made before go along.
 * @throws TypeError or RangeError for another name, Error where the backend cannot start or a gradient is being computed;
 * the one in use stays then.
 */
export function setBackend(backend: Backend): void {
  checkBackend(backend, "The backend");
  if (engine().state.gradientDepth > 0)
    throw new Error(
      `setBackend(${quote(backend)}) was called inside a loss; expected it before or after a backward pass.`,
    );
  const { tfjsName, start } = backends[backend];
  if (!started.has(backend)) {
    try {
      start();
    } catch (error) {
      throw new Error(`The backend "${backend}" cannot start: ${firstLine(error)} Run "npm run setup".`);
    }
    started.add(backend);
  }
  void setTfjsBackend(tfjsName);
}

/**
 * Starts the backend that the environment variable names, or else the first that can start of native, WASM and CPU.
 * @throws RangeError where the variable holds another name.
 */
export function chooseBackend(): void {
  const chosen = process.env[backendVariable];
  if (chosen) {
    checkBackend(chosen, `The environment variable ${backendVariable}`);
    return setBackend(chosen);
  }
  for (const backend of ["native", "wasm"] as const) {
    try {
      return setBackend(backend);
    } catch {
      // Then the next one is tried.
    }
  }
  setBackend("cpu");
}

function checkBackend(backend: unknown, what: string): asserts backend is Backend {
  if (typeof backend === "string" && Object.hasOwn(backends, backend)) return;
  const problem = `${what} is ${quote(backend)}; expected "native", "wasm" or "cpu".`;
  throw typeof backend === "string" ? new RangeError(problem) : new TypeError(problem);
}

function firstLine(error: unknown): string {
  const line = (error instanceof Error ? error.message : String(error)).split("\n", 1)[0]!.trim();
  return /[.!?]$/.test(line) ? line : `${line}.`;
}

/** Starts TensorFlow.js's plain CPU backend. */
function startCpu(): void {
  registerCpuKernels();
  // Its first use prints a banner that advertises tfjs-node.
  (engine().findBackend("cpu") as unknown as { firstUse: boolean }).firstUse = false;
}
