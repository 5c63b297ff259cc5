import * as nodeModule from "node:module";
import type * as TypeScript from "typescript";
import type { KnownFile } from "../cells/sources";

/** Node.js 22.10 and newer; an older one compiles every time. */
interface CompileCache {
  enableCompileCache?(): void;
  flushCompileCache?(): void;
}

// This module must be imported before all others: what it does here is for everything that is loaded after it.
const cache = nodeModule as unknown as CompileCache;
cache.enableCompileCache?.();

/** Keeps the machine code of what was loaded for the next start; at its end an engine has no time left for it. */
export function keepCompiled(): void {
  setImmediate(() => cache.flushCompileCache?.());
}

/** What src/setup/buildsnapshot.cjs left in the process. */
interface Prepared {
  modules: Map<string, { exports: unknown }>;
  files: [string, KnownFile][];
  /** Tells its modules how to require what they did not when they were loaded. */
  requireBy(way: (file: string) => NodeJS.Require): void;
}

const key = Symbol.for("tslab-gradients.prepared");
const { [key]: prepared } = globalThis as { [key]?: Prepared };

if (prepared !== undefined) {
  for (const [file, { exports }] of prepared.modules)
    require.cache[file] = Object.assign(new nodeModule.Module(file), {
      filename: file,
      exports,
      loaded: true,
    });
  prepared.requireBy(nodeModule.createRequire);
  // A prepared process starts without one; this is the number that TypeScript sets when it is loaded.
  Error.stackTraceLimit = 100;
  const typescript = require("typescript") as typeof TypeScript;
  // It remembers the folder that it was prepared in.
  typescript.sys.getCurrentDirectory = () => process.cwd();
  // These options are the engine's own: a process that a cell starts must not inherit them.
  process.execArgv = [];
}

/** The declarations that were read before this process started. */
export const preparedFiles: [string, KnownFile][] = prepared?.files ?? [];
