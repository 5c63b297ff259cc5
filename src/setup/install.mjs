// @ts-check
import { cpSync, existsSync, lstatSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { labFolder } from "./build.mjs";
import { kernelJson, mark, writeLogos } from "./kernelspec.mjs";
import { noteLabextension } from "./labextension.mjs";
import { engineReady, prepareStart } from "./prepared.mjs";
import { link } from "./self.mjs";
import { readStamp } from "./stamp.mjs";
import { explained, needWritable, Trouble } from "./trouble.mjs";

/**
 * @typedef {object} InstallOptions
 * @property {boolean | undefined} [user] into the user's own Jupyter folder: what is done where nothing is said
 * @property {string | undefined} [prefix] into PREFIX/share/jupyter
 * @property {boolean | undefined} [sysPrefix] into the Python environment that is active
 * @property {string | undefined} [name] the kernel's name
 * @property {boolean | undefined} [force] over a kernelspec of that name, whoever wrote it
 */

/**
 * Makes the kernel known to Jupyter and VS Code, without Python, and JupyterLab's extension to JupyterLab, Notebook and hubs.
 * @param {InstallOptions} [options]
 * @returns {Promise<string>} the kernelspec's folder
 */
export async function install({ user, prefix, sysPrefix, name = "tslab", force = false } = {}) {
  if (!/^[A-Za-z0-9._-]+$/.test(name) || /^\.+$/.test(name)) {
    throw new Trouble(`The kernel name "${name}" is not made of letters, digits, ".", "_" and "-" alone.`, 2);
  }
  if ([user, prefix, sysPrefix].filter(Boolean).length > 1) {
    throw new Trouble("Only one of --user, --prefix and --sys-prefix can be given.", 2);
  }
  const jupyter = prefix ? inPrefix(resolve(prefix)) : sysPrefix ? inPrefix(activePrefix()) : userFolder();
  const kernels = join(jupyter, "kernels");
  const folder = join(kernels, name);
  needWritable(kernels);
  if (!force && isThere(folder) && !isOurs(folder)) {
    throw new Trouble(
      `${folder} is a kernelspec that tslab-gradients did not write: replace it with --force, or choose another name with --name.`,
      2,
    );
  }
  try {
    const partial = join(kernels, `.${name}.${process.pid}.partial`);
    writeLogos(partial);
    writeFileSync(join(partial, "kernel.json"), kernelJson());
    rmSync(folder, { recursive: true, force: true });
    renameSync(partial, folder);
    writeLabextension(join(jupyter, "labextensions"));
  } catch (error) {
    throw explained(error);
  }
  if (!engineReady()) await prepareStart().catch(() => {});
  return folder;
}

/**
 * Without it JupyterLab and what is made of it show figures as still pictures.
 * @param {string} labextensions
 */
export function writeLabextension(labextensions) {
  if (!existsSync(labFolder)) return;
  needWritable(labextensions);
  const extension = join(labextensions, "tslab-gradients");
  noteLabextension();
  rmSync(extension, { recursive: true, force: true });
  try {
    link(labFolder, extension);
  } catch {
    // Where links are not allowed a copy does, until the next installation.
    cpSync(labFolder, extension, { recursive: true });
  }
}

/** @param {string} folder */
function isThere(folder) {
  return lstatSync(folder, { throwIfNoEntry: false }) !== undefined;
}

/** @param {string} folder */
function isOurs(folder) {
  return readStamp(join(folder, "kernel.json"))?.metadata?.[mark] === true;
}

/** @param {string} prefix */
function inPrefix(prefix) {
  return join(prefix, "share", "jupyter");
}

function activePrefix() {
  const prefix = process.env.VIRTUAL_ENV || process.env.CONDA_PREFIX;
  if (prefix && existsSync(prefix)) return prefix;
  throw new Trouble(
    "No Python environment is active for --sys-prefix: activate one, or name its folder with --prefix.",
    2,
  );
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
