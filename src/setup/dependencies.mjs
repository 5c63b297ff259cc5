// @ts-check
// npm's packages: a checkout's from its lock file, the link by which notebooks in it find the package, and the extras, which
// `npm install tslab-gradients` leaves out since they are large and not everybody's: TensorFlow.js's binding to native
// TensorFlow, and a browser that prints PDFs where the machine has none.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { installedBrowser } from "./browser.mjs";
import { hash, leadsTo, link, readStamp, textOf, writeStamp } from "./files.mjs";
import { message } from "./messages.mjs";
import { inRoot, isInstalled, stampFolder, modules, packageFolder, root } from "./paths.mjs";
import { npm } from "./registries.mjs";
import { needSpace } from "./trouble.mjs";

const lockFile = inRoot("package-lock.json");
const stampFile = join(stampFolder, "dependencies.json");

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

const self = join(modules, "tslab-gradients");

/** Whether notebooks in this checkout find the package by its name. */
export function selfReady() {
  return isInstalled || leadsTo(self, root);
}

export function linkSelf() {
  link(root, self);
}

const binding = "@tensorflow/tfjs-node";
const browser = "@sparticuz/chromium";

function wanted() {
  const carries = process.platform === "linux" && process.arch === "x64";
  return carries && installedBrowser() === undefined ? [binding, browser] : [binding];
}

export function extrasReady() {
  return !isInstalled || wanted().every((name) => packageFolder(name) !== undefined);
}

/**
 * Puts them below this package's own folder, where its own and no other's `require` finds them; what they need of what is
 * there already, TensorFlow.js above all, they find beside it.
 * @param {import("./say.mjs").Progress} progress
 */
export async function addExtras(progress) {
  needSpace(modules, 700);
  const own = readStamp(inRoot("package.json")) ?? {};
  const folder = join(stampFolder, "extras");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  try {
    writeFileSync(join(folder, "package.json"), "{}");
    const names = wanted().filter((name) => packageFolder(name) === undefined);
    progress(names.join(", "));
    await npm(
      ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--omit=dev"].concat(
        names.map((name) => `${name}@${own.devDependencies?.[name]}`),
      ),
      () => progress(message("installing")),
      folder,
    );
    moveInto(join(folder, "node_modules"), "", own.dependencies ?? {});
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} from
 * @param {string} scope with its slash, or nothing
 * @param {object} dependencies of this package
 */
function moveInto(from, scope, dependencies) {
  for (const name of readdirSync(join(from, scope))) {
    if (name.startsWith(".")) continue;
    if (name.startsWith("@")) {
      moveInto(from, `${name}/`, dependencies);
      continue;
    }
    const full = scope + name;
    // One TensorFlow.js: the binding is to use the one that is there; and our own packages stay the ones that npm chose.
    if (full !== binding && (full.startsWith("@tensorflow/") || full in dependencies)) continue;
    mkdirSync(join(modules, scope), { recursive: true });
    rmSync(join(modules, full), { recursive: true, force: true });
    renameSync(join(from, full), join(modules, full));
  }
}
