// @ts-check
// What Jupyter starts: the kernel's front, or one sentence on what is missing.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { parseArgs } from "node:util";
import { inRoot, root } from "./paths.mjs";

/** @param {string} name */
function missing(name) {
  process.stderr.write(
    `The kernel cannot start because ${name} is missing in ${root}: run "npm run setup" there, then start the kernel again.\n`,
  );
  process.exit(2);
}

const { values } = parseArgs({ options: { "config-path": { type: "string", default: "" } }, strict: false });
const require = createRequire(import.meta.url);
if (!existsSync(inRoot("node_modules", "tslab"))) missing("tslab (node_modules)");
if (!existsSync(inRoot("dist", "index.js"))) missing("the build (dist)");
try {
  const { startKernel } = require(inRoot("dist", "kernel", "front", "main.js"));
  await startKernel(String(values["config-path"]));
} catch (error) {
  const { code, exitCode, message } = /** @type {NodeJS.ErrnoException & { exitCode?: number }} */ (error);
  if (code === "MODULE_NOT_FOUND") missing("a package (node_modules)");
  if (exitCode === undefined) throw error;
  process.stderr.write(`tslab-gradients: ${message}\n`);
  process.exit(exitCode);
}
