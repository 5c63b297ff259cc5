// @ts-check
// The most memory of a fresh process that runs a network, here and in Python with PyTorch.
import { spawnSync } from "node:child_process";
import { inRoot } from "../src/setup/paths.mjs";
import { networks } from "./networks.mjs";
import { startTorch } from "./passes.mjs";
import { row } from "./row.mjs";

/** @type {{ [name: string]: string }} */
const cases = { "memory-section": "section", "memory-5x2048": "5x2048" };
export const memoryNames = Object.keys(cases);

/**
 * @param {number} rounds
 * @param {string[]} wanted
 * @returns {Promise<import("./row.mjs").Row[]>}
 */
export async function memoryRows(rounds, wanted) {
  const rows = [];
  for (const [name, net] of Object.entries(cases)) {
    const known = networks[net];
    if (!wanted.includes(name) || known === undefined) continue;
    /** @type {import("./row.mjs").Rounds} */
    const ours = [];
    const theirs = [];
    for (let round = 0; round < rounds; round++) {
      ours.push(ourPeak(known));
      theirs.push(await theirPeak(known));
    }
    const title = { en: `memory peak: ${known.title.en}`, zh: `内存峰值：${known.title.zh}` };
    rows.push(row({ name, title, unit: "B", ours, theirs, peer: "Python + PyTorch" }));
  }
  return rows;
}

/**
 * @param {import("./ours.mjs").Case} net
 * @returns {number | null}
 */
function ourPeak(net) {
  const { status, stdout } = spawnSync(process.execPath, [inRoot("bench", "peak.mjs"), JSON.stringify(net)], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  return status === 0 ? Number(stdout) : null;
}

/**
 * @param {import("./ours.mjs").Case} net
 * @returns {Promise<number | null>}
 */
async function theirPeak(net) {
  const torch = await startTorch({ net }, 0);
  try {
    await torch.round("net");
    return (await torch.round("peak")).peak;
  } finally {
    torch.end();
  }
}
