// @ts-check
// The section's notebook, the whole process of `jupyter execute`, beside the same cells on ipykernel with PyTorch.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { inRoot, venvPython } from "../src/setup/paths.mjs";
import { pythonEnvironment } from "../src/setup/run.mjs";
import { row } from "./row.mjs";
import { torchPython } from "./torch.mjs";

/** @typedef {{ output_type: string, text?: string | string[], data?: { [mimeType: string]: unknown } }} Output */
/** @typedef {{ cell_type: string, source: string | string[], outputs?: Output[] }} Cell */

const section = inRoot("notebooks", "zh", "shortcut-connections.ipynb");
const peerKernel = "tslab-gradients-bench-torch";

/**
 * @param {number} rounds
 * @returns {Promise<import("./row.mjs").Row[]>}
 */
export async function notebookRows(rounds) {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    const peer = join(folder, "section.ipynb");
    writeFileSync(peer, JSON.stringify(peerNotebook()));
    writeKernel(folder, await torchPython());
    /** @type {number[]} */
    const ours = [];
    /** @type {number[]} */
    const theirs = [];
    // The first round of each is not counted: it reads everything from the disk, and Python compiles its modules.
    for (let round = 0; round <= rounds; round++) {
      const [mine, other] = [execute(section, folder), execute(peer, folder)];
      if (round === 0) continue;
      ours.push(mine);
      theirs.push(other);
    }
    const title = {
      en: "the section's notebook from process start to end",
      zh: "本节的笔记本，从进程启动到结束",
    };
    return [
      row({ name: "section-notebook", title, ours, theirs, peer: "ipykernel with PyTorch", most: 0.6 }),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** bench/section.py as a notebook. */
function peerNotebook() {
  const [, ...sources] = readFileSync(inRoot("bench", "section.py"), "utf8").split(/^# %%\n/m);
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: peerKernel, display_name: peerKernel, language: "python" } },
    cells: sources.map((source, i) => ({
      id: `cell-${i}`,
      cell_type: "code",
      execution_count: null,
      metadata: {},
      outputs: [],
      source: source.trim(),
    })),
  };
}

/**
 * @param {string} folder
 * @param {string} python
 */
function writeKernel(folder, python) {
  const file = join(folder, "kernels", peerKernel, "kernel.json");
  mkdirSync(dirname(file), { recursive: true });
  const argv = [python, "-m", "ipykernel_launcher", "-f", "{connection_file}"];
  writeFileSync(file, JSON.stringify({ argv, display_name: peerKernel, language: "python" }));
}

/**
 * @param {string} notebook
 * @param {string} folder where the result is written, and the peer's kernel is
 * @returns the seconds of the whole process
 */
function execute(notebook, folder) {
  const output = join(folder, "executed");
  const start = performance.now();
  const { status, stderr } = spawnSync(
    venvPython,
    ["-m", "jupyter", "execute", notebook, "--output", output],
    { encoding: "utf8", cwd: dirname(notebook), env: { ...pythonEnvironment(), JUPYTER_PATH: folder } },
  );
  const seconds = (performance.now() - start) / 1000;
  if (status !== 0) throw new Error(`jupyter execute ${notebook} ended with ${status}: ${stderr}`);
  checkOutputs(`${output}.ipynb`, notebook);
  return seconds;
}

/**
 * Both sides must have computed the 20 numbers and shown the three figures.
 * @param {string} file
 * @param {string} notebook
 */
function checkOutputs(file, notebook) {
  const { cells } = /** @type {{ cells: Cell[] }} */ (JSON.parse(readFileSync(file, "utf8")));
  const outputs = cells.flatMap((cell) => cell.outputs ?? []);
  const printed = outputs.flatMap(({ text = "" }) => text).join("");
  const pictures = outputs.filter(({ data }) => data !== undefined && "image/png" in data).length;
  if (!printed.includes("20 of 20 pass") || pictures !== 3)
    throw new Error(`${notebook} showed ${pictures} pictures; expected 3, and that 20 of 20 numbers pass`);
}
