// @ts-check
// What is known of processes, and how they are ended. Windows tells neither when one started nor of its children, has no
// groups of processes and no signals but those of a console, which all programs in its window get: `kill` ends one at once.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { constants, hostname } from "node:os";
import { basename } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const { platform } = process;

/** The signals that end a program. */
export const endings = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);

/**
 * A process that another one can recognize: its number alone is given to others once it has ended.
 * @typedef {{ pid: number, started?: string | undefined }} Known
 */

/**
 * @param {number} pid
 * @returns {Known}
 */
export function known(pid) {
  return { pid, started: startOf(pid) };
}

/**
 * Whether this very process still runs; where the system does not tell when it was started, whether one of its number does.
 * @param {Known} process
 */
export function isAlive({ pid, started }) {
  // Zero and negative numbers mean groups.
  if (!Number.isInteger(pid) || pid <= 0 || !answers(pid)) return false;
  const now = startOf(pid);
  return now === undefined || started === undefined ? now !== "ended" : now === started;
}

/** @param {number} pid */
function answers(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

/**
 * @param {number} pid
 * @returns {string | undefined} "ended" for one that nobody has asked how it ended; undefined where the system does not tell
 */
function startOf(pid) {
  if (platform === "linux") {
    const { state, started } = stat(pid) ?? {};
    return state === "Z" || state === "X" ? "ended" : started;
  }
  if (platform === "win32") return undefined;
  const env = { ...process.env, LC_ALL: "C" };
  const { stdout } = spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { env, encoding: "utf8" });
  return stdout?.trim() || undefined;
}

/**
 * @param {number | string} pid
 * @returns {{ state: string, parent: number, started: string } | undefined}
 */
function stat(pid) {
  try {
    // The program's name comes in parentheses, and may hold some itself.
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return { state: fields[0] ?? "", parent: Number(fields[1]), started: fields[19] ?? "" };
  } catch {
    return undefined;
  }
}

/** Where process numbers mean the same: this machine since it was switched on, or the container. */
export function here() {
  return [hostname(), contents("/proc/sys/kernel/random/boot_id"), target("/proc/self/ns/pid")]
    .filter(Boolean)
    .join(" ");
}

/** @param {string} file */
function contents(file) {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return "";
  }
}

/** @param {string} link */
function target(link) {
  try {
    return readlinkSync(link);
  } catch {
    return "";
  }
}

/**
 * The process's parent; 0 where the system does not tell.
 * @param {number} pid
 */
function parentOf(pid) {
  return parents().get(pid) ?? 0;
}

/**
 * What the process has started, and what that has started in turn.
 * @param {number} pid
 */
export function descendantsOf(pid) {
  const all = parents();
  const found = [pid];
  for (const ancestor of found) {
    for (const [child, parent] of all) if (parent === ancestor && !found.includes(child)) found.push(child);
  }
  return found.slice(1).map(known);
}

/** @returns {Map<number, number>} each process with its parent */
function parents() {
  if (platform === "linux") {
    const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
    return new Map(pids.map((pid) => [Number(pid), stat(pid)?.parent ?? 0]));
  }
  if (platform === "win32") return new Map();
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  const lines = (stdout ?? "").trim().split("\n");
  return new Map(lines.map((line) => /** @type {[number, number]} */ (line.trim().split(/\s+/).map(Number))));
}

/**
 * Calls back when npm, which started us, is gone: it passes not every signal on, and none when it is killed.
 * @param {() => void} act
 */
export function whenOrphaned(act) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  // Some shells stay between npm and its script; on Windows one always does, and ends with npm.
  const above = /^-?(ba|da|a|z|k)?sh$/.test(basename(programOf(parent))) ? parentOf(parent) : 0;
  const npm = known(above || parent);
  const timer = setInterval(() => {
    if (process.ppid === parent && isAlive(npm)) return;
    clearInterval(timer);
    act();
  }, 1000);
  timer.unref();
}

/** @param {number} pid */
function programOf(pid) {
  if (platform === "linux") return contents(`/proc/${pid}/comm`);
  if (platform === "win32") return "";
  return spawnSync("ps", ["-o", "comm=", "-p", String(pid)], { encoding: "utf8" }).stdout?.trim() ?? "";
}

/** Whether programs are started as leaders of groups of their own, so that ending one ends what it started in turn. */
export const inGroups = platform !== "win32";

/**
 * Sends the signal to a program that leads a group of its own, and to its group; on Windows ends it, and what it started.
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
export function signalGroup(pid, signal) {
  if (!inGroups) spawnSync("taskkill", ["/pid", String(pid), "/t", "/f"], { windowsHide: true });
  try {
    process.kill(inGroups ? -pid : pid, signal);
  } catch {
    // It has ended by itself.
  }
}

/**
 * Gives a program of ours the signals that we get; on Windows it gets those of the console itself.
 * @param {import("node:child_process").ChildProcess} child
 */
export function passSignals(child) {
  for (const signal of endings) {
    process.on(signal, () => {
      if (platform !== "win32") child.kill(signal);
    });
  }
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
function signalOne(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}

/** How long JupyterLab may take to end its kernels; then all that it started is ended for it. */
const patience = 8_000;

/**
 * Waits for the child; a signal meant for us ends it, and all that it has started.
 * @param {import("node:child_process").ChildProcess} child
 * @returns {Promise<number>}
 */
export function passingSignals(child) {
  /** @type {Promise<void> | undefined} */
  let ending;
  for (const signal of endings) {
    process.removeAllListeners(signal);
    process.on(signal, () => {
      // A terminal's Ctrl-C has reached the child already, and JupyterLab takes a second one for "at once".
      if (signal === "SIGINT" && process.stdin.isTTY) return;
      ending ??= end(child);
    });
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", async (code, signal) => {
      await ending;
      resolve(code ?? 128 + constants.signals[signal ?? "SIGTERM"]);
    });
  });
}

/**
 * Without a terminal JupyterLab only asks back at a SIGINT, and nobody answers: so it is always a SIGTERM.
 * @param {import("node:child_process").ChildProcess} child
 */
async function end(child) {
  const { pid } = child;
  if (pid === undefined) return;
  // Where there is no polite way all is ended at once; kernels see that Jupyter is gone.
  if (!inGroups) return signalGroup(pid, "SIGKILL");
  const family = descendantsOf(pid);
  child.kill("SIGTERM");
  const running = () => child.exitCode === null && child.signalCode === null;
  await until(() => !running(), patience);
  if (running()) family.push(...descendantsOf(pid), known(pid));
  else await until(() => !family.some(isAlive), 2000);
  for (const member of family) if (isAlive(member)) signalOne(member.pid, "SIGKILL");
}

/**
 * @param {() => boolean} reached
 * @param {number} milliseconds after which it is not waited for any more
 */
async function until(reached, milliseconds) {
  for (const start = Date.now(); !reached() && Date.now() - start < milliseconds;) await sleep(50);
}
