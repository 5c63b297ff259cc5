// @ts-check
// The Python environment `.venv`: made of a Python of the machine, with JupyterLab and what the tests need.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { hash, readStamp, textOf, writeStamp } from "./files.mjs";
import { message } from "./messages.mjs";
import { inRoot, root, venv, venvJupyter, venvPython } from "./paths.mjs";
import { pythonCommands } from "./platform.mjs";
import { pip } from "./registries.mjs";
import { pythonEnvironment, run } from "./run.mjs";
import { needSpace, sentence, Trouble } from "./trouble.mjs";

const stampFile = join(venv, "tslab-gradients.json");

/**
 * How far `.venv` has come. "making" and "installing" are seen only after an interruption, and call for a new one.
 * @typedef {{ root: string, state: "making" | "made" | "installing" | "ready", lock?: string, library?: string }} VenvStamp
 */

/** @returns {VenvStamp | undefined} */
export function venvStamp() {
  return readStamp(stampFile);
}

/** @param {VenvStamp} stamp */
function stampVenv(stamp) {
  writeStamp(stampFile, stamp);
}

/** Whether `.venv` is whole and knows its place: its programs hold absolute paths. */
export function pythonReady() {
  const stamp = venvStamp();
  return stamp?.root === root && ["made", "ready"].includes(stamp.state) && existsSync(venvPython);
}

export async function makeVenv() {
  const python = await findPython();
  if (existsSync(venv) && venvStamp() === undefined && readdirSync(venv).length > 0) {
    throw new Trouble(message("foreignVenv", venv));
  }
  needSpace(root, 400);
  rmSync(venv, { recursive: true, force: true });
  mkdirSync(venv);
  stampVenv({ root, state: "making" });
  const [program = "", ...args] = python;
  const options = { env: pythonEnvironment(), log: "venv" };
  const { ok, output, log } = await run(program, [...args, "-m", "venv", venv], options);
  if (!ok) {
    const last = output.trim().split("\n").pop() ?? "";
    throw new Trouble(message("toolFailed", "python -m venv", sentence(last), log));
  }
  stampVenv({ root, state: "made" });
}

/** Where `.venv` looks for Python's modules, on Windows in Lib; undefined where there is none. */
export function sitePackages() {
  const library = join(venv, "lib");
  const folders = existsSync(library) ? readdirSync(library).map((folder) => join(library, folder)) : [];
  return [...folders, join(venv, "Lib")]
    .map((folder) => join(folder, "site-packages"))
    .find((folder) => existsSync(folder));
}

const probe = `
import importlib.util, sys
has = all(importlib.util.find_spec(name) for name in ("venv", "ensurepip", "ssl"))
print("%d.%d" % sys.version_info[:2], "whole" if has else "bare")
`;

/**
 * Finds a Python >= 3.10 that can make virtual environments.
 * @param {NodeJS.ProcessEnv} [environment]
 * @param {NodeJS.Platform} [platform]
 * @returns {Promise<string[]>} the program and its first arguments
 */
export async function findPython(environment = process.env, platform = process.platform) {
  const named = environment.TSLAB_GRADIENTS_PYTHON;
  let bare;
  for (const [program = "", ...args] of named ? [[named]] : pythonCommands(platform)) {
    const env = { ...environment };
    delete env.PYTHONHOME;
    const { ok, output } = await run(program, [...args, "-c", probe], { env, timeout: 20 });
    const [, major, minor, kind] = /^(\d+)\.(\d+) (whole|bare)$/m.exec(output) ?? [];
    // Shims of version managers are on the PATH, and fail, for versions that are not chosen.
    if (!ok || Number(major) !== 3 || Number(minor) < 10) continue;
    if (kind === "whole") return [program, ...args];
    bare ??= { program, version: `${major}.${minor}` };
  }
  if (bare) throw new Trouble(message("noVenv", bare.program, `python${bare.version}-venv`));
  throw new Trouble(named ? message("badPython", named) : message("noPython"));
}

const lockFile = inRoot("requirements.txt");

/** @param {string} file */
const lockHash = (file) => hash(textOf(file) ?? "");

/** Whether `.venv` holds what requirements.txt names. */
export function jupyterReady() {
  const stamp = venvStamp();
  if (stamp?.state !== "ready" || stamp.lock !== lockHash(lockFile)) return false;
  return (
    existsSync(join(venv, stamp.library ?? "", "jupyterlab")) &&
    existsSync(join(venvJupyter, "lab", "static"))
  );
}

/** @param {import("./say.mjs").Progress} progress */
export async function installJupyter(progress) {
  needSpace(root, 400);
  stampVenv({ root, state: "installing" });
  const total = (textOf(lockFile)?.match(/^[a-z0-9]/gim) ?? []).length;
  let collected = 0;
  await pip(["install", "--require-hashes", "-r", lockFile], {
    onLine(line) {
      if (/^Installing collected/.test(line)) return progress(message("installing"));
      if (!/^(Collecting|Requirement already)/.test(line)) return;
      collected += 1;
      progress(message("packages", collected, total));
    },
  });
  stampVenv({
    root,
    state: "ready",
    lock: lockHash(lockFile),
    library: relative(venv, sitePackages() ?? venv),
  });
}

/**
 * What only the tests need, apart from `.venv`'s own packages so that JupyterLab does not see it unless told to:
 * PYTHONPATH leads to its modules, JUPYTER_PATH (with share/jupyter) to its labextensions.
 */
export const testPackages = join(venv, "test");
const testLock = inRoot("test", "requirements.txt");
const testStamp = join(testPackages, "tslab-gradients.json");

export function testPackagesReady() {
  return readStamp(testStamp)?.lock === lockHash(testLock);
}

export async function installTestPackages() {
  const partial = `${testPackages}.partial`;
  for (const folder of [partial, testPackages]) rmSync(folder, { recursive: true, force: true });
  mkdirSync(partial);
  await pip(["install", "--no-deps", "--require-hashes", "--target", partial, "-r", testLock]);
  writeStamp(join(partial, "tslab-gradients.json"), { lock: lockHash(testLock) });
  renameSync(partial, testPackages);
}
