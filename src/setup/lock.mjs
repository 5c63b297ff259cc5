// @ts-check
import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { message } from "./messages.mjs";
import { say } from "./say.mjs";

/** A holder touches its lock this often; one on another machine is given up on after `deadAfter`. */
const touchEvery = 5_000;
const deadAfter = 60_000;

/** @typedef {{ pid: number, host: string, child?: number | undefined }} Holder */

/** @type {Set<string>} */
const held = new Set();

/**
 * Does the work while no other set-up holds the same lock.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, work) {
  mkdirSync(dirname(file), { recursive: true });
  for (let told = false; !take(file); await sleep(300)) {
    const holder = holderOf(file);
    if (holder === undefined || isDead(file, holder)) breakLock(file, holder);
    else if (!told) {
      say(message("waiting", holder.pid));
      told = true;
    }
  }
  const timer = setInterval(() => touch(file), touchEvery);
  timer.unref();
  try {
    return await work();
  } finally {
    clearInterval(timer);
    held.delete(file);
    rmSync(file, { force: true });
  }
}

/** Lets go of every lock: for a process that is about to end. */
export function releaseLocks() {
  for (const file of held) rmSync(file, { force: true });
  held.clear();
}

/**
 * A killed set-up leaves its child at work: whoever comes next waits for that child too.
 * @param {number | undefined} child
 */
export function noteChild(child) {
  for (const file of held) writeFileSync(file, JSON.stringify({ pid: process.pid, host: hostname(), child }));
}

/** @param {string} file */
function take(file) {
  try {
    writeFileSync(file, JSON.stringify({ pid: process.pid, host: hostname() }), { flag: "wx" });
    held.add(file);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "EEXIST") return false;
    throw error;
  }
}

/**
 * @param {string} file
 * @returns {Holder | undefined}
 */
function holderOf(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    // Read between creation and writing, or cut short by a crash: only age tells these apart.
    return age(file) > touchEvery ? undefined : { pid: 0, host: "" };
  }
}

/**
 * @param {string} file
 * @param {Holder} holder
 */
function isDead(file, { pid, host, child }) {
  if (host !== hostname()) return age(file) > deadAfter;
  if (isAlive(pid)) return false;
  return child === undefined || !isAlive(child) || age(file) > deadAfter;
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

/**
 * @param {string} file
 * @param {Holder | undefined} holder
 */
function breakLock(file, holder) {
  const aside = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, aside);
    // Somebody else may have broken the lock and taken it in between: theirs goes back.
    if (holder && holderOf(aside)?.pid !== holder.pid) linkSync(aside, file);
  } catch {
    // It is gone, or taken again: the next try sees.
  }
  rmSync(aside, { force: true });
}

/** @param {string} file */
function age(file) {
  try {
    return Date.now() - statSync(file).mtimeMs;
  } catch {
    return 0;
  }
}

/** @param {string} file */
function touch(file) {
  try {
    utimesSync(file, new Date(), new Date());
  } catch {
    // A lock that somebody deleted by hand needs no touch.
  }
}
