// @ts-check
// Every kernelspec that Jupyter may find: whose it is, and whether what it names is there. Where Jupyter looks for them, and
// in which order, are jupyter_core's own rules, followed here without asking a Python for them.
import {
  accessSync,
  constants,
  existsSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
} from "node:fs";
import { homedir } from "node:os";
import { basename, delimiter, dirname, isAbsolute, join, resolve, sep } from "node:path";
import { textOf } from "./files.mjs";
import { inRoot, venv, venvJupyter } from "./paths.mjs";
import { programEndings } from "./platform.mjs";

/** The key of kernel.json's metadata that tells our kernelspecs from others. */
export const ourMark = "tslab-gradients";

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

/** @typedef {{ jupyter: Jupyter, name: string, chosen: Kernelspec, hidden: Kernelspec[] }} Choice */

const launcher = inRoot("src", "setup", "kernel.mjs");

/** @returns {{ all: Kernelspec[], relevant: Kernelspec[], choices: Choice[], unreadable: { folder: string, code: string }[], jupyters: Jupyter[] }} */
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
    const isOurs = json.metadata?.[ourMark] === true;
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

/**
 * A Jupyter of this machine, and the data folders it looks through: the first that has a kernel of a name wins.
 * @typedef {{ prefix: string | undefined, folders: string[] }} Jupyter
 */

/** @typedef {{ env: NodeJS.ProcessEnv, platform: NodeJS.Platform }} System */

/** @type {System} */
const thisSystem = { env: process.env, platform: process.platform };

/**
 * The Jupyter of a `.venv` as `start` starts it, and the one that is active or on the PATH; where there is neither, one
 * that is still to be installed.
 * @param {string} venv
 * @param {System} [system]
 * @returns {Jupyter[]}
 */
export function jupyters(venv, system = thisSystem) {
  const { env } = system;
  const prefixes = [env.VIRTUAL_ENV || env.CONDA_PREFIX, onPath(system)]
    .filter((prefix) => prefix !== undefined && existsSync(prefix) && !isSame(prefix, venv))
    .slice(0, 1);
  /** @type {Jupyter[]} */
  const found = prefixes.map((prefix) => ({ prefix, folders: dataFolders(prefix, system) }));
  if (existsSync(venv)) {
    const started = { ...system, env: { JUPYTER_PREFER_ENV_PATH: "1", ...env } };
    found.unshift({ prefix: venv, folders: dataFolders(venv, started) });
  }
  return found.length > 0 ? found : [{ prefix: undefined, folders: dataFolders(undefined, system) }];
}

/**
 * @param {string | undefined} prefix where its Python is installed
 * @param {System} [system]
 * @returns {string[]}
 */
export function dataFolders(prefix, system = thisSystem) {
  const { env, platform } = system;
  const named = (env.JUPYTER_PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const user = [userData(system), ...userSite(prefix, system)];
  const systems = systemFolders(prefix, system);
  const own = prefix === undefined ? [] : [join(prefix, "share", "jupyter")];
  const environment = platform === "win32" ? own : own.filter((folder) => !systems.includes(folder));
  const middle = prefersEnvironment(prefix, env) ? [...environment, ...user] : [...user, ...environment];
  const all = [...named, ...middle, ...systems].map((folder) => resolve(folder));
  return [...new Set(all)];
}

/** Jupyter's own rules for where a user's kernels lie. */
export function userFolder(env = process.env, platform = process.platform) {
  if (env.JUPYTER_DATA_DIR) return resolve(env.JUPYTER_DATA_DIR);
  if (platform === "darwin") return join(homedir(), "Library", "Jupyter");
  if (platform === "win32") {
    if (env.APPDATA) return join(env.APPDATA, "jupyter");
    return join(env.JUPYTER_CONFIG_DIR || join(homedir(), ".jupyter"), "data");
  }
  return join(env.XDG_DATA_HOME || join(homedir(), ".local", "share"), "jupyter");
}

/** IPython's folder of kernels, which Jupyter looks through last. */
function ipythonFolder(env = process.env) {
  return env.IPYTHONDIR || join(homedir(), ".ipython");
}

/** @param {System} system */
function userData({ env, platform }) {
  if (env.JUPYTER_DATA_DIR || !isSet(env.JUPYTER_PLATFORM_DIRS)) return userFolder(env, platform);
  if (platform === "darwin") return join(homedir(), "Library", "Application Support", "jupyter");
  if (platform === "win32") return join(env.LOCALAPPDATA || join(homedir(), "AppData", "Local"), "jupyter");
  return userFolder(env, platform);
}

/**
 * Where `pip install --user` puts kernels; a virtual environment does not look there.
 * @param {string | undefined} prefix
 * @param {System} system
 */
function userSite(prefix, { env, platform }) {
  if (env.PYTHONNOUSERSITE || (prefix !== undefined && !seesUserSite(prefix))) return [];
  const usual = platform === "win32" ? join(env.APPDATA || homedir(), "Python") : join(homedir(), ".local");
  // A Mac's depends on its Python's version and on who built it.
  const base = env.PYTHONUSERBASE || (platform === "darwin" ? undefined : usual);
  return base === undefined ? [] : [join(base, "share", "jupyter")];
}

/** @param {string} prefix */
function seesUserSite(prefix) {
  const about = textOf(join(prefix, "pyvenv.cfg"));
  return about === undefined || /^include-system-site-packages\s*=\s*true/m.test(about);
}

/**
 * @param {string | undefined} prefix
 * @param {System} system
 */
function systemFolders(prefix, { env, platform }) {
  if (platform === "win32") {
    if (isSet(env.JUPYTER_USE_PROGRAMDATA) && env.PROGRAMDATA) return [join(env.PROGRAMDATA, "jupyter")];
    return prefix === undefined ? [] : [join(prefix, "share", "jupyter")];
  }
  if (isSet(env.JUPYTER_PLATFORM_DIRS) && platform === "darwin")
    return ["/Library/Application Support/jupyter"];
  const usual = ["/usr/local/share", "/usr/share"];
  const named = isSet(env.JUPYTER_PLATFORM_DIRS)
    ? (env.XDG_DATA_DIRS ?? "").split(delimiter).filter(Boolean)
    : [];
  return (named.length > 0 ? named : usual).map((folder) => join(folder, "jupyter"));
}

/**
 * A virtual environment of one's own comes before the user's folder, unless the environment says otherwise.
 * @param {string | undefined} prefix
 * @param {NodeJS.ProcessEnv} env
 */
function prefersEnvironment(prefix, env) {
  if (env.JUPYTER_PREFER_ENV_PATH !== undefined) return isSet(env.JUPYTER_PREFER_ENV_PATH);
  if (prefix === undefined || !existsSync(prefix)) return false;
  const conda = env.CONDA_PREFIX !== undefined && prefix.startsWith(env.CONDA_PREFIX);
  const isOwnConda = conda && (env.CONDA_DEFAULT_ENV ?? "base") !== "base";
  return (existsSync(join(prefix, "pyvenv.cfg")) || isOwnConda) && isMine(prefix);
}

/** @param {string} folder */
function isMine(folder) {
  if (process.geteuid !== undefined) return statSync(folder).uid === process.geteuid();
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** @param {string | undefined} value what jupyter_core takes for yes */
function isSet(value) {
  return value !== undefined && !["no", "n", "false", "off", "0", "0.0"].includes(value.toLowerCase());
}

/**
 * The prefix of the Jupyter on the PATH, whose script names its Python in its first line.
 * @param {System} system
 */
function onPath({ env, platform }) {
  const name = platform === "win32" ? "jupyter.exe" : "jupyter";
  const folders = (env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const script = folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
  if (script === undefined) return undefined;
  // Windows keeps programs in <prefix>\Scripts.
  if (platform === "win32") return dirname(dirname(script));
  const python = /^#!\s*(\/\S*python[\d.]*)/.exec(firstBytes(realpathSync(script)))?.[1];
  return python === undefined ? undefined : dirname(dirname(python));
}

/** @param {string} file */
function firstBytes(file) {
  try {
    return readFileSync(file).subarray(0, 300).toString();
  } catch {
    return "";
  }
}

/**
 * @param {string} a
 * @param {string} b
 */
function isSame(a, b) {
  try {
    return realpathSync(a) === realpathSync(b);
  } catch {
    return resolve(a) + sep === resolve(b) + sep;
  }
}
