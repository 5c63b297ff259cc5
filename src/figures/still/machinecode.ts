import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { cachedDataVersionTag } from "node:v8";
import { Script } from "node:vm";

const folder = join(__dirname, "..", "..", "..", "node_modules", ".cache", "tslab-gradients", "compiled");
/** What bundle.mjs makes of painter.ts and all that it loads but for compiled code: one file, which is read at once. */
export const bundleFile = join(__dirname, "painter.bundle.js");

const scripts = new Map<string, Script>();

/** Where the machine code of a program is kept: it belongs to one Node with its flags, and to one state of the file. */
export function compiledFile(file: string): string {
  const { mtimeMs, size } = statSync(file);
  const stamps = [cachedDataVersionTag(), Math.round(mtimeMs), size].map((number) => number.toString(36));
  return join(folder, [basename(file, ".js"), process.version, process.arch, ...stamps].join("-"));
}

/** A program, with the machine code that an earlier process kept of it where there is some. */
export function scriptOf(file: string): Script {
  const options = { filename: file, cachedData: read(compiledFile(file)) };
  const script = new Script(readFileSync(file, "utf8"), options as { filename: string });
  scripts.set(file, script);
  return script;
}

function read(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Keeps the machine code of what ran so far, functions that were called among it, for processes to come. */
export function keepScripts(): void {
  for (const [file, script] of scripts) {
    const kept = compiledFile(file);
    mkdirSync(dirname(kept), { recursive: true });
    writeFileSync(`${kept}.${process.pid}.partial`, script.createCachedData());
    renameSync(`${kept}.${process.pid}.partial`, kept);
  }
}

/** Runs the program that draws still figures; in a thread it draws what it is sent, by itself it practises. */
export function runPainter(): void {
  const program = scriptOf(bundleFile).runInThisContext() as (
    exports: object,
    require: NodeJS.Require,
    __dirname: string,
  ) => void;
  program({}, require, __dirname);
}
