// @ts-check
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { message } from "./messages.mjs";
import { root, venv, venvPython } from "./paths.mjs";
import { pythonCommands } from "./platform.mjs";
import { pythonEnvironment, run } from "./run.mjs";
import { readStamp, writeStamp } from "./stamp.mjs";
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
export function stampVenv(stamp) {
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
