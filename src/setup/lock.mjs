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
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { message } from "./messages.mjs";
import { here, isAlive, known, signalGroup } from "./processes.mjs";
import { say } from "./say.mjs";
import { NoSpace, sentence } from "./trouble.mjs";

/** A holder touches its lock this often; one whose process cannot be seen is given up on after some such times. */
const touchEvery = 5_000;
const patience = 4 * touchEvery;
/** A lock that has not been touched for so long need not be watched, even where two clocks differ. */
const deadAfter = 600_000;

/**
 * @typedef {import("./processes.mjs").Known} Known
 * @typedef {Known & { place: string, children: Known[] }} Holder
 */

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
  const seen = { touched: 0, since: 0, alive: false };
  for (let told = ""; !take(file); await sleep(300)) {
    const holder = holderOf(file);
    const state = holder === undefined ? "dead" : stateOf(file, holder, seen);
    if (state === "dead") breakLock(file, holder);
    else if (state !== told) say(message(state === "alive" ? "waiting" : "looking", holder?.pid ?? ""));
    told = state;
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

/** @type {Known[]} */
let children = [];
/** @type {Omit<Holder, "children"> | undefined} */
let me;

/**
 * Keeps in the locks which programs are at work for us: whoever finds us killed ends them.
 * @param {Iterable<number | undefined>} pids
 */
export function noteChildren(pids) {
  const before = children;
  children = [...pids]
    .filter((pid) => pid !== undefined)
    .map((pid) => before.find((child) => child.pid === pid) ?? known(pid));
  for (const file of held) {
    try {
      const partial = write(file);
      renameSync(partial, file);
    } catch {
      // The note is for a crash alone: a full disk is told of by the work itself.
    }
  }
}

/**
 * @param {string} file
 * @returns {string} what is to become the lock, whole
 */
function write(file) {
  const partial = `${file}.${process.pid}.partial`;
  me ??= { ...known(process.pid), place: here() };
  /** @type {Holder} */
  const holder = { ...me, children };
  try {
    writeFileSync(partial, JSON.stringify(holder));
    return partial;
  } catch (error) {
    rmSync(partial, { force: true });
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "ENOSPC") throw error;
    throw new NoSpace(sentence(message("cacheDisk", dirname(dirname(file)), 1300)));
  }
}

/** @param {string} file */
function take(file) {
  const partial = write(file);
  try {
    // A link appears whole, and not where there is one already.
    linkSync(partial, file);
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === "EEXIST" || !takeWithoutLinks(file, partial)) return false;
  } finally {
    rmSync(partial, { force: true });
  }
  held.add(file);
  return true;
}

/**
 * For disks that know no links.
 * @param {string} file
 * @param {string} partial
 */
function takeWithoutLinks(file, partial) {
  try {
    writeFileSync(file, readFileSync(partial), { flag: "wx" });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "EEXIST") return false;
    throw error;
  }
}

/**
 * @param {string} file
 * @returns {Holder | undefined} undefined where the file is not what a set-up writes
 */
function holderOf(file) {
  try {
    const { pid, started, place = "", children = [] } = JSON.parse(readFileSync(file, "utf8"));
    return Number.isInteger(pid) && pid > 0
      ? { pid, started, place, children: [children].flat() }
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {string} file
 * @param {Holder} holder
 * @param {{ touched: number, since: number, alive: boolean }} seen what is known from the times before
 * @returns {"alive" | "dead" | "unknown"}
 */
function stateOf(file, { place, children, ...holder }, seen) {
  if (place === here()) {
    if (!isAlive(holder)) {
      // It was killed, and what it had started works on for nobody.
      for (const child of children)
        if (child.started !== undefined && isAlive(child)) signalGroup(child.pid, "SIGKILL");
      return "dead";
    }
    if (holder.started !== undefined) return "alive";
  }
  // On another machine or in another container, whose clock may differ, or where a process of its number may be another:
  // only what changes there tells that it lives.
  const touched = touchedAt(file);
  if (touched !== seen.touched)
    Object.assign(seen, { touched, since: Date.now(), alive: seen.touched !== 0 });
  const unchanged = Date.now() - seen.since;
  if (unchanged > patience || Date.now() - touched > deadAfter) return "dead";
  return seen.alive ? "alive" : "unknown";
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
    const found = holderOf(aside);
    if (found && (found.pid !== holder?.pid || found.started !== holder.started)) linkSync(aside, file);
  } catch {
    // It is gone, or taken again: the next try sees.
  }
  rmSync(aside, { recursive: true, force: true });
}

/** @param {string} file */
function touchedAt(file) {
  try {
    return statSync(file).mtimeMs;
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
