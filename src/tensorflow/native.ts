import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import util from "node:util";
import { loadAddon } from "./addon";
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

/** TensorFlow's own numbers, from its C API: TF_DataType and TF_AttrType. */
const constants = {
  TF_FLOAT: 1,
  TF_UINT8: 4,
  TF_STRING: 7,
  TF_INT32: 3,
  TF_COMPLEX64: 8,
  TF_INT64: 9,
  TF_BOOL: 10,
  TF_RESOURCE: 20,
  TF_ATTR_STRING: 0,
  TF_ATTR_INT: 1,
  TF_ATTR_FLOAT: 2,
  TF_ATTR_BOOL: 3,
  TF_ATTR_TYPE: 4,
  TF_ATTR_SHAPE: 5,
  // The set-up's TensorFlow is built for processors alone.
  isUsingGpuDevice: () => false,
};

/**
 * Lets tfjs-node load its binding, and TensorFlow's library of several hundred megabytes with it, when an operation first
 * needs it: networks do without.
 * @param load loads what it is given to load
 * @returns false where there is no binding at the usual place; tfjs-node then finds its own, at once
 */
function loadBindingLate(load: (work: () => void) => void): boolean {
  const folder = dirname(require.resolve("@tensorflow/tfjs-node/package.json"));
  const path = bindingIn(folder);
  if (!existsSync(path)) return false;
  let binding: Record<string, unknown> | undefined;
  const real = (): Record<string, unknown> => {
    if (binding !== undefined) return binding;
    try {
      load(() => {
        const module = { exports: {} };
        process.dlopen(module, path);
        binding = module.exports;
      });
    } catch (error) {
      const [reason] = (error instanceof Error ? error.message : String(error)).split("\n", 1);
      throw new Error(`Native TensorFlow cannot be loaded: ${reason}. Run "npm run setup".`);
    }
    return binding!;
  };
  // Modules go by where links lead.
  const resolved = require.resolve(path);
  const late = new Proxy(constants, {
    get: (known: Record<string, unknown>, name: string) => (name in known ? known[name] : real()[name]),
  });
  put(resolved, late);
  return true;
}

/**
 * Runs what loads tfjs-node, which asks node-pre-gyp where its binding is: the answer is known, and loading the dozens of
 * modules that would look for it takes longer than all else.
 */
function withoutFinder(load: () => void): void {
  const folder = dirname(require.resolve("@tensorflow/tfjs-node/package.json"));
  const finder = require.resolve("@mapbox/node-pre-gyp", { paths: [folder] });
  const before = require.cache[finder];
  put(finder, { find: () => bindingIn(folder) });
  try {
    load();
  } finally {
    if (before === undefined) Reflect.deleteProperty(require.cache, finder);
    else require.cache[finder] = before;
  }
}

function bindingIn(folder: string): string {
  return join(folder, "lib", "napi-v8", "tfjs_binding.node");
}

/** Puts something in a module's place: whoever requires it gets that. */
function put(file: string, exports: object): void {
  const module = { id: file, filename: file, loaded: true, exports };
  require.cache[file] = module as unknown as NodeJS.Module;
}
