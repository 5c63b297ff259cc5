import { Module } from "node:module";
import type { Converter, createConverter } from "tslab/dist/converter";
import type { Sender } from "../../runtime/display";
import { publish } from "../../runtime/messages";
import type { CellConverter } from "../cells/converter";
import type { Loader } from "../packages";

type CreateExecutor = typeof import("tslab/dist/executor").createExecutor;
export type TslabExecutor = ReturnType<CreateExecutor>;

/** tslab's own code, which with its TypeScript reads the comments of cells, and compiles modules for browsers. */
const tslab = /[\\/]tslab[\\/]dist[\\/]\w+\.js$/;
let isTypescriptShared = true;

// tslab gets our TypeScript, before its executor is loaded: a second one, of 38 MB, would only read comments.
const loader = Module as unknown as Loader;
const { _resolveFilename: resolve } = loader;
loader._resolveFilename = (request, parent, ...rest) =>
  isTypescriptShared && request === "@tslab/typescript-for-tslab" && tslab.test(parent?.filename ?? "")
    ? require.resolve("typescript")
    : resolve.call(Module, request, parent, ...rest);
// With this module, so that a prepared engine has it.
const { createExecutor } = require("tslab/dist/executor") as { createExecutor: CreateExecutor };

/** tslab's own executor of cells, with our converter, in the process's folder. */
export function createTslabExecutor(
  converter: CellConverter,
  console: Parameters<CreateExecutor>[2],
): TslabExecutor {
  return withPlainNames(() => createExecutor(process.cwd(), converterSet(converter), console));
}

/** A module of tslab's with the TypeScript that it was made for. */
function withItsTypescript<T>(name: string): T {
  Reflect.deleteProperty(require.cache, require.resolve(name));
  isTypescriptShared = false;
  try {
    return require(name) as T;
  } finally {
    isTypescriptShared = true;
  }
}

/**
 * What tslab's executor asks for: our converter for cells, and its own for `@browser` modules, made when one comes, since
 * it brings a TypeScript of its own.
 */
export function converterSet(node: CellConverter): { node: Converter; browser: Converter; close(): void } {
  let browser: Converter | null = null;
  return {
    // The executor only hands on what TypeScript says of a name: that it is of another version is nothing to it.
    node: node as unknown as Converter,
    get browser() {
      if (browser !== null) return browser;
      const name = "tslab/dist/converter";
      const own = withItsTypescript<{ createConverter: typeof createConverter }>(name);
      return (browser = own.createConverter({ isBrowser: true }));
    },
    close() {
      browser?.close();
    },
  };
}

/**
 * tslab keeps the cells' names behind a Proxy, for TypeScript defines what a cell imports by a getter that no later cell
 * could replace. A Proxy takes a microsecond for each assignment, so here they are in a plain object, and the converter
 * assigns what is imported.
 */
function withPlainNames<T>(create: () => T): T {
  const own = globalThis.Proxy;
  globalThis.Proxy = new own(own, {
    construct: (target, [names, handler]: [object, ProxyHandler<object>]) =>
      "defineProperty" in handler ? names : (Reflect.construct(target, [names, handler]) as object),
  });
  try {
    return create();
  } finally {
    globalThis.Proxy = own;
  }
}

/** Gives tslab's own `display` its sender, all that it asks its Jupyter server for; that server is never loaded. */
export function offerTslabDisplay(): void {
  const filename = require.resolve("tslab/dist/jupyter");
  const exports = { lastWriteDisplayData: send };
  require.cache[filename] = Object.assign(new Module(filename), { filename, exports, loaded: true });
}

const send: Sender = ({ data, metadata, transient }, update) =>
  publish(update ? "update_display_data" : "display_data", {
    data,
    metadata,
    transient: { ...transient } as never,
  });
