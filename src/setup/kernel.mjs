// @ts-check
// What Jupyter starts: tslab's kernel, or one sentence on what is missing.
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
// Resolved from here, so that tslab's modules are the very same ones for the kernel and for our package.
const require = createRequire(import.meta.url);
let start;
try {
  start = require("tslab/dist/main").startKernel;
} catch (error) {
  if (/** @type {NodeJS.ErrnoException} */ (error).code !== "MODULE_NOT_FOUND") throw error;
  missing("tslab (node_modules)");
}
if (!existsSync(inRoot("dist", "index.js"))) missing("the build (dist)");
start({ configPath: String(values["config-path"]), enableFindLocal: false });
