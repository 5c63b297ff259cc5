// @ts-check
import { accessSync, constants, mkdirSync, mkdtempSync, rmdirSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { message } from "./messages.mjs";
import { cacheFolder, inCache, root } from "./paths.mjs";
import { temporaryVariables } from "./platform.mjs";

/** A failure told in one sentence: what is wrong and what to do about it. */
export class Trouble extends Error {
  /**
   * @param {string} sentence
   * @param {number} exitCode
   */
  constructor(sentence, exitCode = 1) {
    super(sentence);
    this.name = "Trouble";
    this.exitCode = exitCode;
  }
}

/** What may be over at the next run: it is not remembered. */
class Passing extends Trouble {}

/** What was to be fetched cannot be reached. */
export class Unreachable extends Passing {}

export class NoSpace extends Passing {}

/** @param {unknown} error */
export function isPassing(error) {
  return explained(error) instanceof Passing;
}

/**
 * The same failure as a sentence, where its cause is one that a user can do something about.
 * @param {unknown} error
 */
export function explained(error) {
  const { code, path } = /** @type {NodeJS.ErrnoException} */ (error ?? {});
  if (code === "ENOSPC" || code === "EDQUOT") return new NoSpace(message("disk", path ?? root, 1000));
  if (isInUse(code, path)) return new Trouble(message("inUse", path ?? root));
  if (["EACCES", "EPERM", "EROFS", "ENOTDIR"].includes(code ?? "")) return unwritable(path ?? root);
  return error;
}

/**
 * Whether Windows refuses to touch a file since a program has it open, as a kernel has the libraries it loaded.
 * @param {string | undefined} code
 * @param {string | undefined} path
 */
export function isInUse(code, path, platform = process.platform) {
  if (platform !== "win32") return false;
  return (
    code === "EBUSY" || (["EPERM", "EACCES"].includes(code ?? "") && /\.(node|dll|exe)$/i.test(path ?? ""))
  );
}

/** @param {string} path */
function unwritable(path) {
  return new Trouble(message(path.startsWith(cacheFolder()) ? "unwritableCache" : "unwritable", path));
}

/**
 * Makes the folder where it is missing; complains of one that cannot be written before any work is done in it.
 * @param {string} folder
 */
export function needWritable(folder) {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    throw code === "ENOSPC" ? explained(error) : unwritable(folder);
  }
}

/**
 * Whether files can be put there, in a folder that is there or is yet to be made.
 * @param {string} folder
 * @returns {boolean}
 */
export function isWritable(folder) {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch (error) {
    const parent = dirname(folder);
    const isMissing = /** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT";
    return isMissing && parent !== folder && isWritable(parent);
  }
}

/**
 * The megabytes that are free where the folder is or will be.
 * @param {string} folder
 * @returns {number}
 */
export function freeMegabytes(folder) {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return Math.floor((bavail * bsize) / 1e6);
  } catch {
    const parent = dirname(folder);
    return parent === folder ? Infinity : freeMegabytes(parent);
  }
}

/**
 * @param {string} folder
 * @param {number} megabytes
 */
export function needSpace(folder, megabytes) {
  if (freeMegabytes(folder) < megabytes) throw new NoSpace(message("disk", folder, megabytes));
}

/**
 * A program's own words, closed as a sentence.
 * @param {string} text
 */
export function sentence(text) {
  const line = text.trim();
  return /[.!?。]$/.test(line) ? line : `${line}.`;
}

/**
 * Where the folder for temporary files is none, or cannot be written, takes another one for this process and all that it
 * starts: figures, exports and compilers would each fail on their own, long after.
 * @returns {string | undefined} what to tell of it
 */
export function mendTemporaryFolder(platform = process.platform) {
  const given = tmpdir();
  if (takesFiles(given)) return undefined;
  const names = temporaryVariables(platform);
  for (const name of names) Reflect.deleteProperty(process.env, name);
  const found = [tmpdir(), ...(platform === "win32" ? [] : ["/var/tmp"]), ownTemporaryFolder()].find(
    takesFiles,
  );
  if (found === undefined) return undefined;
  for (const name of names) process.env[name] = found;
  return message("temporaryFolder", given, found, names[0] ?? "");
}

function ownTemporaryFolder() {
  const folder = inCache("temporary");
  try {
    mkdirSync(folder, { recursive: true });
  } catch {
    // Then it is not usable either.
  }
  return folder;
}

/** Windows tells who may write only when it is tried. @param {string} folder */
function takesFiles(folder) {
  try {
    rmdirSync(mkdtempSync(join(folder, "tslab-gradients-")));
    return true;
  } catch {
    return false;
  }
}
