// @ts-check
import { copyFileSync, lstatSync, mkdirSync, realpathSync, statSync, symlinkSync, unlinkSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { message } from "./messages.mjs";
import { isInstalled, modules, root } from "./paths.mjs";
import { Trouble } from "./trouble.mjs";

const self = join(modules, "tslab-gradients");

/** Whether notebooks in this checkout find the package by its name. */
export function selfReady() {
  return isInstalled || leadsTo(self, root);
}

export function linkSelf() {
  link(root, self);
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
