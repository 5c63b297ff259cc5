// @ts-check
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { venvLayout } from "./platform.mjs";

/** This package's own folder: a checkout's, or where npm has put it. */
export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");

/** @param {...string} parts */
export const inRoot = (...parts) => join(root, ...parts);

/** Whether npm has put the package here, built, without what it is built from. */
export const isInstalled = !existsSync(inRoot("tsconfig.build.json"));

/** Whose notebooks are run: the checkout, the project that has the package, or nobody's in particular. */
export const home = isInstalled ? (projectOf(root) ?? join(cacheFolder(), "home")) : root;

/** @param {string} folder */
function projectOf(folder) {
  const at = folder.indexOf(`${sep}node_modules${sep}`);
  const project = folder.slice(0, Math.max(at, 0));
  return project !== "" && existsSync(join(project, "package.json")) ? project : undefined;
}

/**
 * Where a package lies that this one can require; npm puts it below this folder, beside it or above.
 * @param {string} name
 * @returns {string | undefined} undefined where it is not installed
 */
export function packageFolder(name) {
  // Where Node looks, whatever the package's own `exports` leave out.
  const folders = createRequire(import.meta.url).resolve.paths(name) ?? [];
  return folders
    .map((folder) => join(folder, name))
    .find((folder) => existsSync(join(folder, "package.json")));
}

/** What belongs to this package alone: its own packages in a checkout, and what set-up makes. */
export const modules = inRoot("node_modules");
export const venv = join(home, ".venv");

/** What set-up remembers of this checkout; `npm ci` clears it together with what it tells about. */
export const stampFolder = join(modules, ".cache", "tslab-gradients");

/** The Python of `.venv`, and where it keeps its programs. */
export const { python: venvPython, programs: venvPrograms } = venvLayout(venv);

/** Where `.venv`'s Jupyter looks for kernels and extensions. */
export const venvJupyter = join(venv, "share", "jupyter");

/** Where `.venv`'s Jupyter looks for its configuration. */
export const venvEtc = join(venv, "etc", "jupyter");

/** The folder that outlives this checkout: native TensorFlow, the tests' browser, logs and locks. */
export function cacheFolder(env = process.env, platform = process.platform) {
  if (env.TSLAB_GRADIENTS_CACHE) return resolve(env.TSLAB_GRADIENTS_CACHE);
  if (platform === "win32") {
    return join(env.LOCALAPPDATA || join(homedir(), "AppData", "Local"), "tslab-gradients", "Cache");
  }
  if (platform === "darwin") return join(homedir(), "Library", "Caches", "tslab-gradients");
  return join(env.XDG_CACHE_HOME || join(homedir(), ".cache"), "tslab-gradients");
}

/** @param {...string} parts */
export const inCache = (...parts) => join(cacheFolder(), ...parts);
