// @ts-check
// Where Jupyter looks for kernels, and in which order: jupyter_core's own rules, without asking a Python for them.
import { accessSync, constants, existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join, resolve, sep } from "node:path";
import { userFolder } from "../install.mjs";
import { textOf } from "../stamp.mjs";

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

/** IPython's folder of kernels, which Jupyter looks through last. */
export function ipythonFolder(env = process.env) {
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
