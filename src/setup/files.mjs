// @ts-check
// Files that set-up writes whole, links, and the stamps (JSON files) by which it knows what it has done.
import { createHash } from "node:crypto";
import {
  copyFileSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, relative } from "node:path";
import { message } from "./messages.mjs";
import { root } from "./paths.mjs";
import { Trouble } from "./trouble.mjs";

/**
 * The file's text, or undefined where there is no such file.
 * @param {string} file
 */
export function textOf(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/**
 * What a JSON file holds, or undefined where it is missing or broken.
 * @param {string} file
 * @returns {any}
 */
export function readStamp(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/**
 * Writes the file whole or not at all.
 * @param {string} file
 * @param {string} text
 */
export function writeWhole(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  const partial = `${file}.${process.pid}.partial`;
  writeFileSync(partial, text);
  renameSync(partial, file);
}

/**
 * @param {string} file
 * @param {unknown} value
 */
export function writeStamp(file, value) {
  writeWhole(file, `${JSON.stringify(value, null, 2)}\n`);
}

const retryAfter = 24 * 3600 * 1000;

/**
 * Whether a stamp tells of a failure within the last day: it is not tried again yet.
 * @param {{ failed?: number } | undefined} stamp
 */
export function failedLately(stamp) {
  return stamp?.failed !== undefined && Math.abs(Date.now() - stamp.failed) < retryAfter;
}

/** @param {...(string | Buffer)} parts */
export function hash(...parts) {
  const sum = createHash("sha256");
  for (const part of parts) sum.update(part).update("\0");
  return sum.digest("hex");
}

/**
 * Whether following the path ends at the target.
 * @param {string} path
 * @param {string} target
 */
export function leadsTo(path, target) {
  try {
    return realpathSync(path) === realpathSync(target);
  } catch {
    return false;
  }
}

/**
 * Makes a link to a folder or file, in place of an older link but of nothing else.
 * @param {string} target
 * @param {string} path
 * @param {NodeJS.Platform} [platform]
 */
export function link(target, path, platform = process.platform) {
  mkdirSync(dirname(path), { recursive: true });
  const there = lstatSync(path, { throwIfNoEntry: false });
  if (there?.isSymbolicLink()) unlinkSync(path);
  else if (there) throw new Trouble(message("foreignFolder", path));
  // A junction needs no rights on Windows, but an absolute target; a link within the project survives its move.
  if (platform === "win32" && statSync(target).isDirectory()) {
    symlinkSync(target, path, "junction");
    return;
  }
  try {
    symlinkSync(target.startsWith(root) ? relative(dirname(path), target) || "." : target, path);
  } catch (error) {
    // Windows links files in developer mode alone.
    if (platform !== "win32") throw error;
    copyFileSync(target, path);
  }
}
