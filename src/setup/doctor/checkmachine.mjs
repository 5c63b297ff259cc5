// @ts-check
// What the machine gives: Node.js, folders that can be read and written, and space in them.
import { accessSync, constants, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { homeVariable, temporaryVariables } from "../platform.mjs";
import { currentFolder, lostHome } from "./askprogram.mjs";
import { fine, wanting } from "./findings.mjs";
import { whole, word } from "./wording.mjs";

/** @type {import("./findings.mjs").Check[]} */
export const checks = [
  { name: "Node.js", look: node },
  { name: "home folder", look: homeFolder },
  { name: "current folder", look: hereFolder },
  { name: "temporary folder", look: temporaryFolder },
  { name: "cache", look: cache },
  { name: "disk", look: disk },
];

function node() {
  const detail = [process.version, whole(process.execPath)].join(word("and"));
  const facts = { version: process.version, path: process.execPath };
  if (Number(process.versions.node.split(".")[0]) >= 20) return fine("Node.js", detail, facts);
  return wanting("Node.js", "broken", word("oldNode", detail), word("newerNode"), { facts });
}

/** @param {unknown} error */
const codeOf = (error) => /** @type {NodeJS.ErrnoException} */ (error).code ?? String(error);

function homeFolder() {
  if (lostHome !== undefined) {
    return wanting("home folder", "broken", word("unset", codeOf(lostHome)), word("setHome", homeVariable()));
  }
  const folder = homedir();
  try {
    readdirSync(folder);
    return fine("home folder", whole(folder), { path: folder });
  } catch (error) {
    const detail = word("unreadable", folder, codeOf(error));
    return wanting("home folder", "broken", detail, word("makeYours"), { facts: { path: folder } });
  }
}

function hereFolder() {
  const folder = currentFolder();
  if (folder !== undefined) return fine("current folder", whole(folder), { path: folder });
  return wanting("current folder", "broken", word("hereGone"), word("goElsewhere"));
}

function temporaryFolder() {
  const folder = tmpdir();
  const facts = { path: folder };
  try {
    rmSync(mkdtempSync(join(folder, "tslab-gradients-doctor-")), { recursive: true });
    return fine("temporary folder", whole(folder), facts);
  } catch (error) {
    const detail = word("unwritable", folder, codeOf(error));
    const advice = word("otherTemporary", temporaryVariables()[0] ?? "");
    return wanting("temporary folder", "broken", detail, advice, { facts });
  }
}

async function cache() {
  const { cacheFolder } = await import("../paths.mjs");
  const folder = cacheFolder();
  const facts = { path: folder };
  try {
    accessSync(existing(folder), constants.W_OK);
    if (!statSync(existing(folder)).isDirectory()) throw Object.assign(new Error(), { code: "ENOTDIR" });
    return fine("cache", whole(folder), facts);
  } catch (error) {
    const detail = word("unwritable", folder, codeOf(error));
    return wanting("cache", "broken", detail, word("otherCache"), { facts });
  }
}

/**
 * The folder, or the nearest above it that is there.
 * @param {string} folder
 * @returns {string}
 */
function existing(folder) {
  if (statSync(folder, { throwIfNoEntry: false }) !== undefined || dirname(folder) === folder) return folder;
  return existing(dirname(folder));
}

async function disk() {
  const { cacheFolder } = await import("../paths.mjs");
  const { freeMegabytes } = await import("../trouble.mjs");
  const root = fileURLToPath(new URL("../../..", import.meta.url));
  const places = [root, cacheFolder(), tmpdir()].map((path) => ({ path, megabytes: freeMegabytes(path) }));
  const least = places.reduce((a, b) => (b.megabytes < a.megabytes ? b : a));
  const facts = { places };
  if (least.megabytes >= 200) return fine("disk", word("free", (least.megabytes / 1000).toFixed(1)), facts);
  return wanting("disk", "broken", word("fullDisk", least.megabytes, least.path), word("freeDisk"), {
    facts,
  });
}
