// @ts-check
import { existsSync } from "node:fs";
import { join } from "node:path";
import { message } from "./messages.mjs";
import { npm } from "./npm.mjs";
import { inRoot, memory, modules, root } from "./paths.mjs";
import { hash, readStamp, textOf, writeStamp } from "./stamp.mjs";
import { needSpace } from "./trouble.mjs";

const lockFile = inRoot("package-lock.json");
const stampFile = join(memory, "dependencies.json");

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, link?: boolean, os?: string[], cpu?: string[] }} Locked */

/** Whether node_modules holds what package-lock.json names, whoever installed it. */
export function dependenciesReady() {
  const lock = textOf(lockFile);
  // An installed package has no lock file, and its dependencies came with it.
  if (lock === undefined) return true;
  const stamp = { lock: hash(lock), system: `${process.platform} ${process.arch}` };
  // npm writes this list last, so an interrupted installation has none.
  /** @type {Record<string, Locked> | undefined} */
  const installed = readStamp(join(modules, ".package-lock.json"))?.packages;
  if (installed === undefined) return false;
  const there = Object.entries(installed).every(([path, { link }]) => link || existsSync(inRoot(path)));
  if (!there) return false;
  if (JSON.stringify(readStamp(stampFile)) === JSON.stringify(stamp)) return true;
  if (!agree(JSON.parse(lock).packages, installed)) return false;
  writeStamp(stampFile, stamp);
  return true;
}

/**
 * @param {Record<string, Locked>} locked
 * @param {Record<string, Locked>} installed
 */
function agree(locked, installed) {
  for (const [path, { version, integrity, link, ...entry }] of Object.entries(installed)) {
    if (link) continue;
    const wanted = locked[path];
    if (wanted?.version !== version || wanted?.integrity !== integrity || !fits(entry)) return false;
  }
  return Object.entries(locked).every(
    ([path, { optional, link }]) => path === "" || optional || link || path in installed,
  );
}

/** @param {Locked} entry */
function fits({ os, cpu }) {
  return allows(os, process.platform) && allows(cpu, process.arch);
}

/**
 * @param {string[] | undefined} list
 * @param {string} name
 */
function allows(list, name) {
  if (list === undefined) return true;
  return list.some((item) => item.startsWith("!")) ? !list.includes(`!${name}`) : list.includes(name);
}

/** @param {import("./say.mjs").Progress} progress */
export async function installDependencies(progress) {
  needSpace(root, 1000);
  /** @type {Record<string, Locked>} */
  const locked = JSON.parse(textOf(lockFile) ?? "{}").packages;
  const total = Object.values(locked).filter(fits).length - 1;
  let fetched = 0;
  // Development tools build the package, so they are wanted under NODE_ENV=production too.
  const args = ["ci", "--ignore-scripts", "--include=dev", "--include=optional", "--no-audit", "--no-fund"];
  /** @param {string} line */
  const count = (line) => {
    if (!/http (fetch|cache) \S+ \d{3} .*\.tgz/.test(line)) return;
    fetched = Math.min(fetched + 1, total);
    progress(fetched < total ? message("packages", fetched, total) : message("installing"));
  };
  // Some of what the lock file names for this system turns out not to be for it.
  await npm([...args, "--loglevel=http"], count, root, () => fetched < 0.95 * total);
  dependenciesReady();
}
