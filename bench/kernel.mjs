// @ts-check
// The project's kernel beside the stock one, and Python's for scale.
import { spawnSync } from "node:child_process";
import { inRoot, venvPython } from "../src/setup/paths.mjs";
import { row } from "./row.mjs";

/** @typedef {{ [what: string]: (number | null)[] }} Measured seconds of each round */

const measurements = {
  info: { title: "start to kernel_info", most: 0.4 },
  first: { title: "start to the first cell's output", most: 0.8 },
  trivial: { title: "a trivial cell", most: 1 },
  imported: { title: "a trivial cell after tfjs is imported", most: 0.35 },
  tensor: { title: "a cell that makes a tensor", most: 1 },
  flood: { title: "100,000 lines in one tick, complete and in order", most: 0.2 },
};

/**
 * @param {number} rounds
 * @returns {import("./row.mjs").Row[]}
 */
export function kernelRows(rounds) {
  const file = "{connection_file}";
  const kernels = {
    ours: [process.execPath, inRoot("src", "setup", "kernel.mjs"), "--config-path", file],
    stock: [
      process.execPath,
      inRoot("node_modules", "tslab", "bin", "tslab"),
      "kernel",
      "--config-path",
      file,
    ],
    ipykernel: [venvPython, "-m", "ipykernel_launcher", "-f", file],
  };
  const { status, stdout } = spawnSync(venvPython, [inRoot("bench", "kernel.py")], {
    input: JSON.stringify({ kernels, rounds }),
    encoding: "utf8",
    stdio: ["pipe", "pipe", "inherit"],
    cwd: inRoot(),
  });
  if (status !== 0) throw new Error(`bench/kernel.py ended with ${status}`);
  const measured = /** @type {{ [name: string]: Measured }} */ (JSON.parse(stdout));
  return Object.entries(measurements).map(([what, { title, most }]) =>
    row({
      title,
      most,
      ours: measured.ours?.[what] ?? [],
      peer: "stock tslab",
      theirs: measured.stock?.[what] ?? [],
      besides: { ipykernel: measured.ipykernel?.[what] ?? [] },
    }),
  );
}
