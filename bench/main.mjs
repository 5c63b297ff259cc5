// @ts-check
// `npm run bench`: every timing is a ratio to a peer's in the same run. bench/arguments.mjs has the options.
import { existsSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { inRoot } from "../src/setup/paths.mjs";
import { readArguments, Refusal } from "./arguments.mjs";
import { machineText } from "./machine.mjs";
import { markdown } from "./markdown.mjs";
import { benchFigures, drawn } from "./picture.mjs";
import { measure, readRun } from "./run.mjs";
import { table } from "./table.mjs";

/** @param {string} sentence */
const complain = (sentence) => void process.stderr.write(`tslab-gradients: ${sentence}\n`);

/** @param {import("./run.mjs").Run} run */
const asTable = ({ rows, rounds, machine }) =>
  `${table(rows)}\n\n${rounds === 1 ? "One round" : `Medians of ${rounds} rounds`}. ${machineText(machine, "en")}.`;

/** @param {import("./arguments.mjs").Asked} asked */
async function main({ names, rounds, form, out, from, picture }) {
  // Before minutes of measuring, not after them.
  if (out !== undefined && !existsSync(dirname(out)))
    throw new Refusal(`The folder ${dirname(out)} is not there; expected one that is for --out.`);
  const { run, failures } =
    from === undefined ? await measure(names, rounds) : { run: readRun(from, names), failures: [] };
  const json = JSON.stringify(run, null, 2);
  if (out !== undefined) writeFileSync(out, `${json}\n`);
  console.log(form === "json" ? json : form === "markdown" ? markdown(run) : asTable(run));
  failures.forEach(complain);
  if (picture && failures.length === 0)
    for (const [path, figure] of benchFigures(run)) writeFileSync(inRoot(path), await drawn(figure));
  // An earlier run has been judged.
  return failures.length === 0 && (from !== undefined || run.rows.every(({ passes }) => passes)) ? 0 : 1;
}

try {
  process.exitCode = await main(readArguments(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  complain(error.message);
  process.exitCode = 2;
}
