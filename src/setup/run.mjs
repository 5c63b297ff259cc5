// @ts-check
import { spawn } from "node:child_process";
import { createWriteStream, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { inCache } from "./paths.mjs";
import { noteChildren } from "./lock.mjs";
import { inGroups, signalGroup } from "./processes.mjs";

/** @type {Set<import("node:child_process").ChildProcess>} */
const children = new Set();
const pids = () => [...children].map(({ pid }) => pid);

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {string} [log] the name of a log in the cache folder that keeps the whole output
 * @property {(line: string) => void} [onLine]
 * @property {() => boolean} [goOn] asked every second; the child is ended when it says false
 * @property {number} [timeout] in seconds
 */

/** @typedef {{ ok: boolean, output: string, log: string }} Outcome */

/**
 * Runs a program to its end without showing its output.
 * @param {string} program
 * @param {string[]} args
 * @param {RunOptions} options
 * @returns {Promise<Outcome>}
 */
export function run(program, args, { cwd, env = process.env, log, onLine, goOn, timeout } = {}) {
  const logFile = log ? inCache("logs", `${log}.log`) : "";
  if (log) mkdirSync(dirname(logFile), { recursive: true });
  return new Promise((resolve) => {
    // A process group of its own, so that ending it ends what it started in turn.
    const child = spawn(program, args, {
      cwd,
      env,
      stdio: ["ignore", "pipe", "pipe"],
      detached: inGroups,
      windowsHide: true,
    });
    children.add(child);
    noteChildren(pids());
    const file = log ? createWriteStream(logFile).on("error", () => {}) : undefined;
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        output = `${output}${line}\n`.slice(-200_000);
        file?.write(`${line}\n`);
        onLine?.(line);
      });
    }
    const started = Date.now();
    const watch = setInterval(() => {
      if ((timeout && Date.now() - started > timeout * 1000) || goOn?.() === false) end(child);
    }, 1000);
    let settled = false;
    /** @param {boolean} ok */
    const settle = (ok) => {
      if (settled) return;
      settled = true;
      clearInterval(watch);
      children.delete(child);
      noteChildren(pids());
      file?.end();
      resolve({ ok, output, log: logFile });
    };
    child.on("error", (error) => {
      output += `${error.message}\n`;
      settle(false);
    });
    child.on("close", (code) => settle(code === 0));
  });
}

/** Ends what is still running: for a process that is about to end. */
export function endChildren() {
  for (const child of children) end(child);
}

/** @param {import("node:child_process").ChildProcess} child */
function end(child) {
  if (child.pid !== undefined) signalGroup(child.pid, "SIGTERM");
}

/**
 * The environment for Python: what would lead it away from `.venv` is left out, all else is the user's.
 * @param {NodeJS.ProcessEnv} [more]
 */
export function pythonEnvironment(more) {
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, PIP_USER: "0", PIP_DISABLE_PIP_VERSION_CHECK: "1", ...more };
  delete env.PYTHONHOME;
  delete env.PYTHONPATH;
  delete env.PIP_TARGET;
  delete env.PIP_PREFIX;
  return env;
}
