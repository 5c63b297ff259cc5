// @ts-check
// One run of the benchmark: measured, or read from the file of an earlier one.
import { readFileSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { Refusal } from "./arguments.mjs";
import { groups as allGroups } from "./groups.mjs";
import { thisMachine } from "./machine.mjs";

/** @typedef {{ version: 1, rounds: number, machine: import("./machine.mjs").Machine, rows: import("./row.mjs").Row[] }} Run */

/**
 * A group that cannot be measured is left out, so that the others' minutes are not lost.
 * @param {string[]} names
 * @param {number} rounds
 * @param {{ [name: string]: import("./groups.mjs").Group }} [groups]
 * @returns {Promise<{ run: Run, failures: string[] }>}
 */
export async function measure(names, rounds, groups = allGroups) {
  const [load = 0] = loadavg();
  if (load > availableParallelism() / 2)
    process.stderr.write(`The machine is busy, load ${load.toFixed(1)}: threads will wait for each other.\n`);
  const rows = [];
  const failures = [];
  for (const [group, entry] of Object.entries(groups)) {
    const wanted = entry.names.filter((name) => names.includes(name));
    if (wanted.length === 0) continue;
    process.stderr.write(`${group} …\n`);
    try {
      rows.push(...(await entry.measure(rounds, wanted)).filter(({ name }) => wanted.includes(name)));
    } catch (error) {
      failures.push(`${group}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { run: { version: 1, rounds, machine: await thisMachine(), rows }, failures };
}

/**
 * @param {string} file that `--out` wrote
 * @param {string[]} names of the rows that are wanted
 * @returns {Run}
 * @throws Refusal
 */
export function readRun(file, names) {
  let text;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new Refusal(`${file} cannot be read; expected a file that --out wrote.`);
  }
  /** @type {Run} */
  let run;
  try {
    run = JSON.parse(text);
  } catch {
    throw new Refusal(`${file} is not JSON; expected a file that --out wrote.`);
  }
  if (run?.version !== 1 || !Array.isArray(run.rows) || typeof run.machine !== "object")
    throw new Refusal(`${file} holds something else than measurements; expected a file that --out wrote.`);
  return { ...run, rows: run.rows.filter(({ name }) => names.includes(name)) };
}
