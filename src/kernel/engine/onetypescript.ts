import { Module } from "node:module";
import type { Loader } from "../packages";

/** tslab's own code, which with its TypeScript reads the comments of cells, and compiles modules for browsers. */
const tslab = /[\\/]tslab[\\/]dist[\\/]\w+\.js$/;
let isOne = true;

// Before tslab's executor is loaded: else there would be a second TypeScript, of 38 MB, for the comments alone.
const loader = Module as unknown as Loader;
const { _resolveFilename: resolve } = loader;
loader._resolveFilename = (request, parent, ...rest) =>
  isOne && request === "@tslab/typescript-for-tslab" && tslab.test(parent?.filename ?? "")
    ? require.resolve("typescript")
    : resolve.call(Module, request, parent, ...rest);

/** A module of tslab's with the TypeScript that it was made for. */
export function withItsTypescript<T>(name: string): T {
  Reflect.deleteProperty(require.cache, require.resolve(name));
  isOne = false;
  try {
    return require(name) as T;
  } finally {
    isOne = true;
  }
}
