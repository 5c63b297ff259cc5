// @ts-check
import { join } from "node:path";
import { inRoot, venvJupyter } from "./paths.mjs";
import { textOf, writeWhole } from "./stamp.mjs";

/** The key of kernel.json's metadata that tells our kernelspecs from others. */
export const mark = "tslab-gradients";

/** What kernel.json says: this very Node, and the launcher by its absolute path. */
export function kernelJson() {
  const spec = {
    argv: [process.execPath, inRoot("src", "setup", "kernel.mjs"), "--config-path", "{connection_file}"],
    display_name: "TypeScript (tslab-gradients)",
    language: "typescript",
    interrupt_mode: "signal",
    metadata: { [mark]: true },
  };
  return `${JSON.stringify(spec, null, 2)}\n`;
}

const file = join(venvJupyter, "kernels", "tslab", "kernel.json");

/** Whether `.venv` has the kernelspec, with paths that are still right. */
export function kernelspecReady() {
  return textOf(file) === kernelJson();
}

export function writeKernelspec() {
  writeWhole(file, kernelJson());
}
