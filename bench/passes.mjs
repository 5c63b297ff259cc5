// @ts-check
// Networks of the same parameters here and in PyTorch, timed in turn: forward, backward and the layers' means.
import { availableParallelism } from "node:os";
import { root } from "../src/setup/paths.mjs";
import { ourSide } from "./ours.mjs";
import { startPeer } from "./peer.mjs";

/** Seconds of each round. @typedef {{ ours: number[], theirs: number[] }} Times */

/** How far a mean may be from PyTorch's, relative: float32 errors of the deepest and widest nets are 20 times smaller. */
const tolerance = 1e-5;

/**
 * Starts PyTorch on these cases, with a thread for every core that the process may use, as TensorFlow takes them.
 * @param {{ [name: string]: import("./ours.mjs").Case }} cases
 * @param {number} draws
 */
export const startTorch = (cases, draws) =>
  startPeer("networks.py", { cases, draws, threads: availableParallelism(), root });

/**
 * The times of every case that is asked for, here and in PyTorch, in turn within each round.
 * @param {{ [name: string]: import("./ours.mjs").Case }} cases
 * @param {string[]} wanted names of cases, or "draws"
 * @param {number} rounds
 * @param {number} [draws] how many
 * @returns {Promise<Map<string, Times>>}
 */
export async function passTimes(cases, wanted, rounds, draws = 0) {
  const theirs = await startTorch(cases, draws);
  try {
    const ours = ourSide(cases, draws);
    const times = new Map(wanted.map((name) => [name, /** @type {Times} */ ({ ours: [], theirs: [] })]));
    for (let round = 0; round < rounds; round++)
      for (const [name, entry] of times) {
        // Neither side is always the first.
        const early = round % 2 === 0 ? ours(name) : undefined;
        const peer = await theirs.round(name);
        const own = early ?? ours(name);
        checkMean(name, own.mean, peer.mean);
        entry.ours.push(own.time);
        entry.theirs.push(peer.time);
      }
    return times;
  } finally {
    theirs.end();
  }
}

/**
 * Both sides must have computed the same, and numbers.
 * @param {string} name
 * @param {number} own
 * @param {number} peer
 * @throws Error where they differ
 */
export function checkMean(name, own, peer) {
  if (Math.abs(own - peer) <= tolerance * Math.abs(peer) && Number.isFinite(peer)) return;
  throw new Error(`${name}: the mean is ${own}; expected PyTorch's ${peer} within ${tolerance}, relative.`);
}
