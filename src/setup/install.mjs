// @ts-check
// Our kernelspec: what it says, and where it is written.
import { copyFileSync, existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { readStamp, textOf, writeWhole } from "./files.mjs";
import { ourMark, userFolder } from "./jupyterkernels.mjs";
import { writeLabextension } from "./labextension.mjs";
import { inRoot, venvJupyter } from "./paths.mjs";
import { engineReady, prepareStart } from "./preparestart.mjs";
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
    writeKernelspec(partial);
    rmSync(folder, { recursive: true, force: true });
    renameSync(partial, folder);
    writeLabextension(jupyter);
  } catch (error) {
    throw explained(error);
  }
  if (!engineReady()) await prepareStart().catch(() => {});
  return folder;
}

/** @param {string} folder */
function isThere(folder) {
  return lstatSync(folder, { throwIfNoEntry: false }) !== undefined;
}

/** @param {string} folder */
function isOurs(folder) {
  return readStamp(join(folder, "kernel.json"))?.metadata?.[ourMark] === true;
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

/**
 * What kernel.json says: this very Node, and the launcher by its absolute path. It names no `kernel_protocol_version`: 5.5
 * there would mean that the kernel can be started with the address of a registration socket instead of ports (JEP 66).
 */
function kernelJson() {
  const spec = {
    argv: [process.execPath, inRoot("src", "setup", "kernel.mjs"), "--config-path", "{connection_file}"],
    display_name: "TypeScript (tslab-gradients)",
    language: "typescript",
    interrupt_mode: "message",
    // jupyter_client encrypts what it says to kernels that declare this.
    metadata: { [ourMark]: true, supported_encryption: "curve" },
  };
  return `${JSON.stringify(spec, null, 2)}\n`;
}

const logos = inRoot("src", "setup", "logo");
/** Where `.venv`'s Jupyter finds it. */
const venvKernel = join(venvJupyter, "kernels", "tslab");

/** Whether `.venv` has the kernelspec, with paths that are still right. */
export function kernelspecReady() {
  return (
    textOf(join(venvKernel, "kernel.json")) === kernelJson() &&
    readdirSync(logos).every((logo) => existsSync(join(venvKernel, logo)))
  );
}

/** @param {string} [folder] */
export function writeKernelspec(folder = venvKernel) {
  writeLogos(folder);
  writeWhole(join(folder, "kernel.json"), kernelJson());
}

/**
 * Puts the kernel's pictures where launchers look for them.
 * @param {string} folder
 */
function writeLogos(folder) {
  mkdirSync(folder, { recursive: true });
  for (const logo of readdirSync(logos)) copyFileSync(join(logos, logo), join(folder, logo));
}
