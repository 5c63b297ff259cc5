// @ts-check
// Every kernelspec that Jupyter may find: whose it is, and whether what it names is there.
import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { basename, delimiter, dirname, isAbsolute, join, sep } from "node:path";
import { mark } from "../kernelspec.mjs";
import { inRoot, venv, venvJupyter } from "../paths.mjs";
import { programEndings } from "../platform.mjs";
import { ipythonFolder, jupyters } from "./folders.mjs";

/**
 * @typedef {object} Kernelspec
 * @property {string} name as Jupyter compares it
 * @property {string} jupyter the data folder it lies in
 * @property {string} folder
 * @property {"this" | "elsewhere" | "stock" | "other"} owner this package, another place's, stock tslab, another program
 * @property {string | undefined} place the folder of the tslab-gradients that a kernelspec of ours leads to
 * @property {string[]} argv
 * @property {Record<string, string>} env
 * @property {string | undefined} unreadable why kernel.json says nothing
 * @property {{ kind: "program" | "launcher", path: string } | undefined} gone what it names and is not there
 */

/** @typedef {{ jupyter: import("./folders.mjs").Jupyter, name: string, chosen: Kernelspec, hidden: Kernelspec[] }} Choice */

const launcher = inRoot("src", "setup", "kernel.mjs");

/** @returns {{ all: Kernelspec[], relevant: Kernelspec[], choices: Choice[], unreadable: { folder: string, code: string }[], jupyters: import("./folders.mjs").Jupyter[] }} */
export function findKernelspecs() {
  const known = jupyters(venv);
  const folders = [...new Set([...known.flatMap(({ folders }) => folders), venvJupyter, ipythonFolder()])];
  /** @type {{ folder: string, code: string }[]} */
  const unreadable = [];
  const all = folders.flatMap((folder) => kernelspecsIn(folder, unreadable));
  const relevant = all.filter(isRelevant);
  const names = [...new Set(relevant.map(({ name }) => name))];
  const choices = known.flatMap((jupyter) => {
    const seen = [...jupyter.folders, ipythonFolder()];
    return names.flatMap((name) => {
      const [chosen, ...hidden] = seen.flatMap((folder) =>
        all.filter((spec) => spec.jupyter === folder && spec.name === name),
      );
      return chosen === undefined ? [] : [{ jupyter, name, chosen, hidden }];
    });
  });
  return { all, relevant, choices, unreadable, jupyters: known };
}

/** Whether a kernelspec of this package lies outside `.venv`: VS Code and other Jupyters are served without Python. */
export function servesWithoutVenv() {
  return findKernelspecs().relevant.some(
    ({ owner, jupyter, gone }) => owner === "this" && jupyter !== venvJupyter && gone === undefined,
  );
}

/** @type {WeakMap<Kernelspec, boolean>} */
const typescript = new WeakMap();

/** @param {Kernelspec} spec */
function isRelevant(spec) {
  return spec.name === "tslab" || spec.owner !== "other" || typescript.get(spec) === true;
}

/**
 * @param {string} jupyter
 * @param {{ folder: string, code: string }[]} unreadable
 * @returns {Kernelspec[]}
 */
function kernelspecsIn(jupyter, unreadable) {
  const kernels = join(jupyter, "kernels");
  let names;
  try {
    names = readdirSync(kernels);
  } catch (error) {
    const { code = "" } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code !== "ENOENT" && code !== "ENOTDIR") unreadable.push({ folder: kernels, code });
    return [];
  }
  return names
    .filter((name) => /^[\w.-]+$/.test(name) && existsSync(join(kernels, name, "kernel.json")))
    .map((name) => read(jupyter, join(kernels, name)));
}

/**
 * @param {string} jupyter
 * @param {string} folder
 * @returns {Kernelspec}
 */
function read(jupyter, folder) {
  const base = { name: basename(folder).toLowerCase(), jupyter, folder };
  try {
    const json = JSON.parse(readFileSync(join(folder, "kernel.json"), "utf8"));
    if (!Array.isArray(json.argv)) throw new Error("argv");
    const argv = json.argv.map((/** @type {unknown} */ part) => String(part));
    const isOurs = json.metadata?.[mark] === true;
    const path = isOurs ? argv[1] : undefined;
    const owner = isOurs ? (isLauncher(path) ? "this" : "elsewhere") : isStock(argv) ? "stock" : "other";
    /** @type {Kernelspec} */
    const spec = {
      ...base,
      owner,
      place: isOurs ? placeOf(path) : undefined,
      argv,
      env: json.env ?? {},
      unreadable: undefined,
      gone: goneOf(argv),
    };
    typescript.set(spec, json.language === "typescript");
    return spec;
  } catch (error) {
    const unreadable = /** @type {Error} */ (error).message;
    return { ...base, owner: "other", place: undefined, argv: [], env: {}, unreadable, gone: undefined };
  }
}

/** @param {string | undefined} path */
function isLauncher(path) {
  if (path === undefined) return false;
  try {
    return realpathSync(path) === realpathSync(launcher);
  } catch {
    return path === launcher;
  }
}

/** @param {string | undefined} path of a launcher: <place>/src/setup/kernel.mjs */
function placeOf(path) {
  return path === undefined ? undefined : dirname(dirname(dirname(path)));
}

/** @param {string[]} argv */
function isStock(argv) {
  const isTslab = argv.some((part) => /(^|[\\/])tslab(\.cmd|\.js)?$/.test(part));
  return isTslab && argv.includes("kernel");
}

/**
 * @param {string[]} argv
 * @returns {Kernelspec["gone"]}
 */
function goneOf([program = "", ...rest]) {
  const path = rest.find((part) => isAbsolute(part));
  if (!isProgram(program)) return { kind: "program", path: program };
  return path !== undefined && !existsSync(path) ? { kind: "launcher", path } : undefined;
}

/** Whether Jupyter finds the program. @param {string} program */
export function isProgram(program, env = process.env, platform = process.platform) {
  if (program.includes(sep) || program.includes("/")) return existsSync(program);
  // Jupyter starts kernels of these names with its own Python.
  if (/^python[\d.]*(\.exe)?$/.test(program)) return true;
  const folders = (env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.some((folder) =>
    programEndings(platform).some((ending) => existsSync(join(folder, program + ending))),
  );
}
