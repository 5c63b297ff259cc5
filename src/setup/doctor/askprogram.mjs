// @ts-check
// Programs that doctor asks: each with a time limit, after which it and all that it started are ended.
// They and doctor itself may run nowhere: in a folder that was removed, for a user without a home.
import { spawn } from "node:child_process";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { homeVariable } from "../platform.mjs";
import { inGroups, signalGroup } from "../processes.mjs";

/** @type {Set<import("node:child_process").ChildProcess>} */
const children = new Set();

/** @typedef {{ ok: boolean, out: string, error: string, late: boolean, milliseconds: number }} Asked */

/**
 * @param {string} program
 * @param {string[]} args
 * @param {{ seconds?: number, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<Asked>}
 */
export function ask(program, args, { seconds = 60, env = process.env } = {}) {
  const start = performance.now();
  return new Promise((resolve) => {
    let out = "";
    let error = "";
    let late = false;
    /** @param {boolean} ok */
    const settle = (ok) => {
      clearTimeout(timer);
      children.delete(child);
      resolve({ ok: ok && !late, out, error, late, milliseconds: Math.round(performance.now() - start) });
    };
    // A process group of its own, so that ending it ends what it started in turn.
    const child = spawn(program, args, {
      env,
      // Node does not start in a folder that was removed.
      cwd: currentFolder() ?? tmpdir(),
      detached: inGroups,
      windowsHide: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    children.add(child);
    const timer = setTimeout(() => {
      late = true;
      end(child);
      // Something outside the group may hold the streams open.
      setTimeout(settle, 1000, false).unref();
    }, seconds * 1000);
    child.stdout.setEncoding("utf8").on("data", (text) => (out = (out + text).slice(-100_000)));
    child.stderr.setEncoding("utf8").on("data", (text) => (error = (error + text).slice(-100_000)));
    child.on("error", ({ message }) => {
      error += message;
      settle(false);
    });
    child.on("close", (code) => settle(code === 0));
  });
}

/**
 * Tries a part of the package in a program of its own with this Node; what it found is its last line, as JSON.
 * @param {import("./trials.mjs").Trial} trial
 * @param {unknown} question
 * @param {Parameters<typeof ask>[2]} [options]
 * @returns {Promise<Asked & { answer: any }>} the answer is undefined where there is none
 */
export async function askTrial(trial, question, options) {
  const program = fileURLToPath(new URL("trials.mjs", import.meta.url));
  const asked = await ask(process.execPath, [program, trial, JSON.stringify(question)], options);
  try {
    return { ...asked, answer: JSON.parse(asked.out.trim().split("\n").at(-1) ?? "") };
  } catch {
    return { ...asked, answer: undefined };
  }
}

/** Ends what is still running: for a process that is about to end. */
export function endAsked() {
  for (const child of children) end(child);
}

/** @param {import("node:child_process").ChildProcess} child */
function end(child) {
  if (child.pid !== undefined) signalGroup(child.pid, "SIGKILL");
}

/** Why there is no home folder; undefined where there is one. @type {Error | undefined} */
export const lostHome = findHome();

function findHome() {
  try {
    homedir();
    return undefined;
  } catch (error) {
    // Set-up's modules ask for it as they are loaded; the other checks are worth having all the same.
    process.env[homeVariable()] = join(tmpdir(), "tslab-gradients-without-home");
    return /** @type {Error} */ (error);
  }
}

/** The current folder; undefined where it was removed. */
export function currentFolder() {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}
