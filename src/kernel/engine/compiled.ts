import * as nodeModule from "node:module";

/** Node.js 22.10 and newer; an older one compiles every time. */
interface CompileCache {
  enableCompileCache?(): void;
  flushCompileCache?(): void;
}

const cache = nodeModule as unknown as CompileCache;
// Before anything large is loaded: this module must be imported first.
cache.enableCompileCache?.();

/** Keeps the machine code of what was loaded for the next start: an engine is ended too fast to do it then. */
export function keepCompiled(): void {
  setImmediate(() => cache.flushCompileCache?.());
}
