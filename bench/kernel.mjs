// @ts-check
// The project's kernel beside the stock one, and Python's for scale.
import { spawnSync } from "node:child_process";
import { inRoot, venvPython } from "../src/setup/paths.mjs";
import { row } from "./row.mjs";

/** @typedef {{ [what: string]: (number | null)[] }} Measured seconds of each round */

/** By what bench/kernel.py calls it. @type {{ [what: string]: { name: string, title: import("./row.mjs").Title, most: number } }} */
const measurements = {
  info: {
    name: "kernel-info",
    title: { en: "start to kernel_info", zh: "启动到 kernel_info" },
    most: 0.4,
  },
  first: {
    name: "first-result",
    title: { en: "start to the first cell's output", zh: "启动到第一个单元格的输出" },
    most: 0.8,
  },
  trivial: { name: "trivial-cell", title: { en: "a trivial cell", zh: "简单单元格" }, most: 1 },
  imported: {
    name: "trivial-after-tfjs",
    title: { en: "a trivial cell after tfjs is imported", zh: "导入 TensorFlow.js 之后的简单单元格" },
    most: 0.35,
  },
  tensor: {
    name: "tensor-cell",
    title: { en: "a cell that makes a tensor", zh: "创建张量的单元格" },
    most: 1,
  },
  flood: {
    name: "flood",
    title: { en: "100,000 lines in one tick, complete and in order", zh: "一次输出 100,000 行，完整且有序" },
    most: 0.2,
  },
};
export const kernelNames = Object.values(measurements).map(({ name }) => name);

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
  return Object.entries(measurements).map(([what, { name, title, most }]) =>
    row({
      name,
      title,
      most,
      ours: measured.ours?.[what] ?? [],
      peer: "stock tslab",
      theirs: measured.stock?.[what] ?? [],
      // Python has no TensorFlow.js to import.
      besides: measured.ipykernel?.[what] ? { ipykernel: measured.ipykernel[what] } : {},
    }),
  );
}
