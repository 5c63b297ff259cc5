// @ts-check
// Every group of benchmarks and the names of its rows, in the order in which they run.
import { ensembleNames, ensembleRows } from "./ensemble.mjs";
import { exploreNames, exploreRows } from "./explore.mjs";
import { exportNames, exportRows } from "./export.mjs";
import { followNames, followRows } from "./follow.mjs";
import { growthNames, growthRows } from "./growth.mjs";
import { kernelNames, kernelRows } from "./kernel.mjs";
import { memoryNames, memoryRows } from "./memory.mjs";
import { networkNames, networkRows } from "./networks.mjs";
import { notebookRows } from "./notebook.mjs";

/**
 * `measure` may return rows that are not wanted, where they come of the same measurement.
 * @typedef {object} Group
 * @property {string[]} names
 * @property {(rounds: number, wanted: string[]) => import("./row.mjs").Row[] | Promise<import("./row.mjs").Row[]>} measure
 */

/** @type {{ [name: string]: Group }} */
export const groups = {
  kernel: { names: kernelNames, measure: kernelRows },
  export: { names: exportNames, measure: exportRows },
  explore: { names: exploreNames, measure: exploreRows },
  follow: { names: followNames, measure: followRows },
  networks: { names: networkNames, measure: networkRows },
  growth: { names: growthNames, measure: growthRows },
  ensemble: { names: ensembleNames, measure: ensembleRows },
  notebook: { names: ["section-notebook"], measure: notebookRows },
  memory: { names: memoryNames, measure: memoryRows },
};

/** Every row's name. */
export const allNames = Object.values(groups).flatMap(({ names }) => names);
