import { realpathSync } from "node:fs";
import { createRequire, Module } from "node:module";
import { basename, dirname, join } from "node:path";

/** This package's own folder. */
export const ownFolder = realpathSync(join(__dirname, "..", ".."));

/** A path as TypeScript and tslab write it: with slashes on Windows too. */
export function slashed(path: string, platform: string = process.platform): string {
  return platform === "win32" ? path.replaceAll("\\", "/") : path;
}

/** Packages of which there must be one in a process: their registries are the process's. */
const shared = /^@tensorflow\/tfjs(?:-[a-z]+)*(?=\/|$)/;

/**
 * The folder of the `tslab-gradients` that cells in a folder get: the project's own where it brings one, else this. What
 * it computes with is the TensorFlow.js of the cells as well, whichever else the project has.
 */
export function packageFolder(cwd: string): string {
  try {
    const file = createRequire(join(cwd, "cell.js")).resolve("tslab-gradients/package.json");
    return dirname(realpathSync(file));
  } catch {
    return ownFolder;
  }
}

/**
 * From which folder a cell's import of a package is to be looked up; null for the cell's own.
 * @param folder what `packageFolder` says
 */
export function lookupFolder(name: string, folder: string): string | null {
  // Where npm has put it the package is found from beside it; a checkout has a link to itself.
  const above = dirname(folder);
  if (/^tslab-gradients(?=\/|$)/.test(name)) return basename(above) === "node_modules" ? above : folder;
  if (shared.test(name)) return folder;
  // The kernel is tslab's, whose functions reach the front end from this copy alone.
  return /^tslab(?=\/|$)/.test(name) ? ownFolder : null;
}

/** What Node's own loader is made of, and its types do not tell. */
export interface Loader {
  _resolveFilename(request: string, parent: { filename?: string } | null, ...rest: unknown[]): string;
  _nodeModulePaths(folder: string): string[];
}

/** Lets everything in this process that asks for one of those packages get the same one, from whatever folder. */
export function sharePackages(folder: string): void {
  const loader = Module as unknown as Loader;
  const { _resolveFilename: resolve } = loader;
  let isLooking = false;
  loader._resolveFilename = (request, parent, ...rest) => {
    const from = isLooking ? null : lookupFolder(request, folder);
    if (from !== null) {
      isLooking = true;
      try {
        return createRequire(join(from, "package.json")).resolve(request);
      } catch {
        // One of the family that this package does without is the project's own.
      } finally {
        isLooking = false;
      }
    }
    return resolve.call(Module, request, parent, ...rest);
  };
}

/**
 * The package that a file of JavaScript belongs to; null for the kernel's own inside and tslab's, undefined for a file of
 * no package.
 */
export function packageOf(file: string): string | null | undefined {
  const path = slashed(file);
  const own = `${slashed(ownFolder)}/dist/`;
  const inOwn = path.startsWith(own) ? path.slice(own.length) : undefined;
  const name =
    inOwn === undefined
      ? path
          .split("/node_modules/")
          .slice(1)
          .at(-1)
          ?.match(/^(?:@[^/]+\/)?[^/]+/)?.[0]
      : "tslab-gradients";
  if (name === "tslab" || /^(kernel|runtime)\//.test(inOwn ?? "")) return null;
  return name;
}
