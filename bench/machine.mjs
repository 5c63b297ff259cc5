// @ts-check
// What measured: a number of seconds says nothing without it.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism, cpus, release, totalmem, type } from "node:os";
import { torchBuild } from "./torch.mjs";

/**
 * @typedef {object} Machine
 * @property {string} processor
 * @property {string} instructions the widest that it has, such as "AVX-512"
 * @property {number} cores that the process may use: the threads of TensorFlow and of PyTorch
 * @property {number} memory in bytes
 * @property {string} system
 * @property {string} node
 * @property {string} tfjs TensorFlow.js' version
 * @property {string} backend "native", "wasm" or "cpu"
 * @property {string | null} pytorch its version; null where the benchmark has not installed it
 */

/** @returns {Promise<Machine>} */
export async function thisMachine() {
  const require = createRequire(import.meta.url);
  /** @type {typeof import("../src/index.ts")} */
  const { getBackend, tf } = require("../dist/index.js");
  const torch = await torchBuild();
  return {
    processor: cpus()[0]?.model.trim() || process.arch,
    instructions: instructions(lines("/proc/cpuinfo"), torch?.capability),
    cores: availableParallelism(),
    memory: totalmem(),
    system: `${/^PRETTY_NAME="?([^"\n]*)/m.exec(lines("/etc/os-release"))?.[1] ?? `${type()} ${release()}`}, ${process.arch}`,
    node: process.versions.node,
    tfjs: tf.version_core,
    backend: getBackend(),
    pytorch: torch?.version ?? null,
  };
}

/**
 * @param {string} cpuinfo Linux' list of the processor's features, if it is there
 * @param {string} [capability] PyTorch's word for them
 */
export function instructions(cpuinfo, capability = process.arch) {
  if (/\bavx512f\b/.test(cpuinfo)) return "AVX-512";
  if (/\bavx2\b/.test(cpuinfo)) return "AVX2";
  return capability.replace("AVX512", "AVX-512");
}

/** @param {string} file that only Linux has */
function lines(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/** @type {{ [backend: string]: { en: string, zh: string } }} */
const backends = {
  native: { en: "native TensorFlow", zh: "原生 TensorFlow" },
  wasm: { en: "WebAssembly", zh: "WebAssembly" },
  cpu: { en: "plain JavaScript", zh: "纯 JavaScript" },
};

/**
 * The machine in a line.
 * @param {Machine} machine
 * @param {"en" | "zh"} language
 */
export function machineText({ processor, instructions, cores, memory, system, ...versions }, language) {
  const { node, tfjs, backend, pytorch } = versions;
  const gigabytes = `${Math.round(memory / 2 ** 30)} GB`;
  const under = backends[backend]?.[language] ?? backend;
  const torch = pytorch === null ? [] : [`PyTorch ${pytorch}`];
  return language === "zh"
    ? [
        `${processor}，${cores} 核，${instructions}，${gigabytes} 内存，${system.replace(", ", "，")}`,
        [`Node.js ${node}`, `TensorFlow.js ${tfjs}（${under}）`, ...torch].join("，"),
      ].join("；")
    : [
        `${processor}, ${cores} ${cores === 1 ? "core" : "cores"}, ${instructions}, ${gigabytes} of memory, ${system}`,
        [`Node.js ${node}`, `TensorFlow.js ${tfjs} (${under})`, ...torch].join(", "),
      ].join("; ");
}
