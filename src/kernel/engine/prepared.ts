import type * as TypeScript from "@tslab/typescript-for-tslab";
import { Module } from "node:module";
import type { KnownFile } from "../cell/sources";

/** What src/setup/prepare.cjs left in the process. */
interface Prepared {
  typescript: typeof TypeScript;
  typescriptFile: string;
  files: [string, KnownFile][];
}

const key = Symbol.for("tslab-gradients.prepared");
const { [key]: prepared } = globalThis as { [key]?: Prepared };

// Before anything else asks for TypeScript: this module must be imported first.
if (prepared !== undefined) {
  const { typescript, typescriptFile } = prepared;
  const module = new Module(typescriptFile);
  require.cache[typescriptFile] = Object.assign(module, { exports: typescript, loaded: true });
  // A prepared process starts without one; this is the number that TypeScript sets when it is loaded.
  Error.stackTraceLimit = 100;
  // It remembers the folder that it was prepared in.
  typescript.sys.getCurrentDirectory = () => process.cwd();
  // What a cell starts with this process's options is not the engine.
  const flag = process.execArgv.indexOf("--snapshot-blob");
  if (flag >= 0) process.execArgv.splice(flag, 2);
}

/** The declarations that were read before this process started. */
export const preparedFiles: [string, KnownFile][] = prepared?.files ?? [];
