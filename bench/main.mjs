// @ts-check
// `npm run bench [-- NAME…] [--rounds N] [--json FILE]`: every timing is a ratio to a peer's in the same run.
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { ensembleRows } from "./ensemble.mjs";
import { exploreRows } from "./explore.mjs";
import { exportRows } from "./export.mjs";
import { kernelRows } from "./kernel.mjs";
import { networkRows } from "./networks.mjs";
import { table } from "./row.mjs";

const groups = {
  kernel: kernelRows,
  export: exportRows,
  ensemble: ensembleRows,
  explore: exploreRows,
  networks: networkRows,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: "string", default: "3" }, json: { type: "string" } },
});
const rounds = Number(values.rounds);
const unknown = positionals.find((name) => !(name in groups));
const wrong =
  unknown !== undefined
    ? `${unknown} is no group of benchmarks; expected ${Object.keys(groups).join(", ")}.`
    : !Number.isInteger(rounds) || rounds < 1
      ? `--rounds is ${values.rounds}; expected a whole number of 1 or more.`
      : null;
if (wrong !== null) {
  process.stderr.write(`tslab-gradients: ${wrong}\n`);
  process.exit(2);
}

const rows = [];
for (const [name, measure] of Object.entries(groups))
  if (positionals.length === 0 || positionals.includes(name)) rows.push(...(await measure(rounds)));
console.log(
  `${table(rows)}\n\nMedians of ${rounds} rounds on ${cpus().length} cores, Node.js ${process.version}.`,
);
if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(rows, null, 2));
process.exitCode = rows.every(({ passes }) => passes) ? 0 : 1;
