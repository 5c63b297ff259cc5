// @ts-check
import { copyFileSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { inRoot, venvJupyter } from "./paths.mjs";
import { textOf, writeWhole } from "./stamp.mjs";

/** The key of kernel.json's metadata that tells our kernelspecs from others. */
export const mark = "tslab-gradients";

/**
 * What kernel.json says: this very Node, and the launcher by its absolute path. It names no `kernel_protocol_version`: 5.5
 * there would mean that the kernel can be started with the address of a registration socket instead of ports (JEP 66).
 */
export function kernelJson() {
  const spec = {
    argv: [process.execPath, inRoot("src", "setup", "kernel.mjs"), "--config-path", "{connection_file}"],
    display_name: "TypeScript (tslab-gradients)",
    language: "typescript",
    interrupt_mode: "message",
    // jupyter_client encrypts what it says to kernels that declare this.
    metadata: { [mark]: true, supported_encryption: "curve" },
  };
  return `${JSON.stringify(spec, null, 2)}\n`;
}

const logos = inRoot("src", "setup", "logo");
const folder = join(venvJupyter, "kernels", "tslab");
const file = join(folder, "kernel.json");

/** Whether `.venv` has the kernelspec, with paths that are still right. */
export function kernelspecReady() {
  return textOf(file) === kernelJson() && readdirSync(logos).every((logo) => existsSync(join(folder, logo)));
}

export function writeKernelspec() {
  writeLogos(folder);
  writeWhole(file, kernelJson());
}

/**
 * Puts the kernel's pictures where launchers look for them.
 * @param {string} folder
 */
export function writeLogos(folder) {
  mkdirSync(folder, { recursive: true });
  for (const logo of readdirSync(logos)) copyFileSync(join(logos, logo), join(folder, logo));
}
