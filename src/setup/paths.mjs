// @ts-check
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's own folder. */
export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");

/** @param {...string} parts */
export const inRoot = (...parts) => join(root, ...parts);

export const modules = inRoot("node_modules");
export const venv = inRoot(".venv");

/** What set-up remembers of this checkout; `npm ci` clears it together with what it tells about. */
export const memory = join(modules, ".cache", "tslab-gradients");

const windows = process.platform === "win32";

/** The Python of `.venv`. */
export const venvPython = windows ? join(venv, "Scripts", "python.exe") : join(venv, "bin", "python");

/** Where `.venv` keeps its programs. */
export const venvPrograms = windows ? join(venv, "Scripts") : join(venv, "bin");

/** Where `.venv`'s Jupyter looks for kernels and extensions. */
export const venvJupyter = join(venv, "share", "jupyter");
