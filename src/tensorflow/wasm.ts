import { readFileSync } from "node:fs";
// The whole package, for its registered gradients: in CommonJS they come no other way.
import "@tensorflow/tfjs";
import { engine, registerBackend, removeBackend } from "@tensorflow/tfjs-core";
import { registerWasmKernels } from "./plainkernels";

/** The module that Emscripten's factory fills in: what BackendWasm needs of it. */
interface WasmModule {
  cwrap(name: string, returns: "number" | null, takes: "number"[]): (...args: number[]) => number;
  tfjs?: Record<string, unknown>;
  instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void): unknown;
}

type Factory = (module: Partial<WasmModule>) => Promise<WasmModule>;

/**
 * Starts TensorFlow.js's WASM backend, with SIMD where the machine has it.
 *
 * The backend's own start is asynchronous, so that a cell without `await` would find no backend; the module is
 * instantiated here at once instead.
 */
export function startWasm(): void {
  // Loaded only where it is used: it registers itself before the backend that a cell brings with TensorFlow.js.
  const { BackendWasm } =
    require("@tensorflow/tfjs-backend-wasm") as typeof import("@tensorflow/tfjs-backend-wasm");
  registerWasmKernels();
  removeBackend("wasm");
  registerBackend("wasm", () => new BackendWasm(instantiate() as never), 2);
  engine().findBackend("wasm");
}

function instantiate(): WasmModule {
  const folder = "@tensorflow/tfjs-backend-wasm/wasm-out/";
  const simd = hasSimd() ? "-simd" : "";
  const binary = readFileSync(require.resolve(`${folder}tfjs-backend-wasm${simd}.wasm`));
  const factory = require(`${folder}tfjs-backend-wasm.js`) as Factory;
  const module: Partial<WasmModule> = {
    instantiateWasm(imports, done) {
      const instance = new WebAssembly.Instance(new WebAssembly.Module(binary), imports);
      done(instance);
      return instance.exports;
    },
  };
  withoutNewListeners(() => void factory(module));
  const { cwrap } = module as WasmModule;
  module.tfjs = {
    init: cwrap("init", null, []),
    initWithThreadsCount: cwrap("init_with_threads_count", null, ["number"]),
    getThreadsCount: cwrap("get_threads_count", "number", []),
    registerTensor: cwrap("register_tensor", null, ["number", "number", "number"]),
    disposeData: cwrap("dispose_data", null, ["number"]),
    dispose: cwrap("dispose", null, []),
  };
  return module as WasmModule;
}

/** Emscripten's factory makes every later error of the process fatal; a kernel must outlive its cells' errors. */
function withoutNewListeners(start: () => void): void {
  const events = ["uncaughtException", "unhandledRejection"] as const;
  const before = events.map((event) => new Set<unknown>(process.listeners(event as "uncaughtException")));
  start();
  for (const [i, event] of events.entries()) {
    for (const listener of process.listeners(event as "uncaughtException")) {
      if (!before[i]!.has(listener)) process.removeListener(event, listener);
    }
  }
}

/** Validates the smallest module with a SIMD instruction (i32x4.splat) in it. */
function hasSimd(): boolean {
  const bytes = [
    0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 17, 11,
  ];
  return WebAssembly.validate(new Uint8Array(bytes));
}
