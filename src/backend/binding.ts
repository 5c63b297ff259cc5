import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

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
export function loadBindingLate(load: (work: () => void) => void): boolean {
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
export function withoutFinder(load: () => void): void {
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

/** Lets a module be what it is not by itself. */
function put(file: string, exports: object): void {
  const module = { id: file, filename: file, loaded: true, exports };
  require.cache[file] = module as unknown as NodeJS.Module;
}
