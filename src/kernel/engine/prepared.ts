import { createRequire, Module } from "node:module";
import type * as TypeScript from "typescript";
import type { KnownFile } from "../cell/sources";

/** What src/setup/buildsnapshot.cjs left in the process. */
interface Prepared {
  modules: Map<string, { exports: unknown }>;
  files: [string, KnownFile][];
  /** Tells its modules how to require what they did not when they were loaded. */
  requireBy(way: (file: string) => NodeJS.Require): void;
}

const key = Symbol.for("tslab-gradients.prepared");
const { [key]: prepared } = globalThis as { [key]?: Prepared };

// Before anything else is loaded: this module must be imported first.
if (prepared !== undefined) {
  for (const [file, { exports }] of prepared.modules)
    require.cache[file] = Object.assign(new Module(file), { filename: file, exports, loaded: true });
  prepared.requireBy(createRequire);
  // A prepared process starts without one; this is the number that TypeScript sets when it is loaded.
  Error.stackTraceLimit = 100;
  const typescript = require("typescript") as typeof TypeScript;
  // It remembers the folder that it was prepared in.
  typescript.sys.getCurrentDirectory = () => process.cwd();
  // What a cell starts with this process's options is not the engine, whose they all are.
  process.execArgv = [];
}

/** The declarations that were read before this process started. */
export const preparedFiles: [string, KnownFile][] = prepared?.files ?? [];
