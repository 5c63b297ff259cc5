import util from "node:util";
import { loadAddon } from "./addon";
import { loadBindingLate, withoutFinder } from "./binding";
import { registerNativeKernels } from "./nativekernels";

/**
 * Starts TensorFlow.js on native TensorFlow, whose library is loaded when an operation first needs it.
 * @throws Error where `@tensorflow/tfjs-node` or its library is not installed.
 */
export function startNative(): void {
  restoreUtil();
  // Read by TensorFlow when it is loaded: warnings stay, the start-up chatter does not reach the notebook.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "2";
  const addon = loadAddon();
  const start = (): void => void require("@tensorflow/tfjs-node");
  // Without compiled kernels the first network needs TensorFlow, and whether it loads decides which backend it is.
  if (addon !== null && loadBindingLate(quietly)) withoutFinder(start);
  else quietly(start);
  registerNativeKernels(addon);
}

/** The addon that the set-up compiles beside TensorFlow's binding. */
interface Quiet {
  hush(): void;
  restore(): void;
}

/** TensorFlow's library prints a remark about its processor while it loads, whatever the log level is. */
function quietly(load: () => void): void {
  if (process.env.TF_CPP_MIN_LOG_LEVEL === "0") return load();
  let quiet: Quiet;
  try {
    quiet = require("@tensorflow/tfjs-node/lib/napi-v8/quiet.node") as Quiet;
  } catch {
    // A TensorFlow that came another way.
    return load();
  }
  quiet.hush();
  try {
    load();
  } finally {
    quiet.restore();
  }
}

/** tfjs-node 4.22 calls functions of `util` that Node 22 warns of and Node 23 removed. */
function restoreUtil(): void {
  const removed: Record<string, (value: unknown) => boolean> = {
    isNullOrUndefined: (value) => value === null || value === undefined,
    isArray: Array.isArray,
    isString: (value) => typeof value === "string",
    isNumber: (value) => typeof value === "number",
    isBoolean: (value) => typeof value === "boolean",
    isFunction: (value) => typeof value === "function",
    isObject: (value) => typeof value === "object" && value !== null,
  };
  Object.assign(util, removed);
}
