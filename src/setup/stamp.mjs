// @ts-check
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

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
