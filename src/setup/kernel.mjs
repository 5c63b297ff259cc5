// @ts-check
// What Jupyter starts: the kernel's front, or one sentence on what is missing.
import { createRequire } from "node:module";
import { parseArgs } from "node:util";
import { home, isInstalled, root } from "./paths.mjs";
import { mendTemporaryFolder } from "./trouble.mjs";

/** @param {string} name */
function missing(name) {
  const mend = isInstalled
    ? `install tslab-gradients again in ${home} with npm`
    : `run "npm run setup" in ${root}`;
  process.stderr.write(
    `The kernel cannot start because ${name} is missing: ${mend}, then start the kernel again.\n`,
  );
  process.exit(2);
}

const note = mendTemporaryFolder();
if (note) process.stderr.write(`${note}\n`);
const { values } = parseArgs({ options: { "config-path": { type: "string", default: "" } }, strict: false });
const require = createRequire(import.meta.url);

/** Whether npm has put something where Node looks for it. @param {string} name */
function isThere(name) {
  try {
    require.resolve(name);
    return true;
  } catch {
    return false;
  }
}

if (!isThere("tslab/package.json")) missing("the package tslab");
if (!isThere("../../dist/index.js")) missing("the build (dist)");
try {
  const { startKernel } = require("../../dist/kernel/front/main.js");
  await startKernel(String(values["config-path"]));
} catch (error) {
  const { code, exitCode, message } = /** @type {NodeJS.ErrnoException & { exitCode?: number }} */ (error);
  if (code === "MODULE_NOT_FOUND") missing(`a package (${message.split("\n", 1)[0]})`);
  if (exitCode === undefined) throw error;
  const { inReadersWords } = require("../../dist/runtime/readerswords.js");
  process.stderr.write(`tslab-gradients: ${inReadersWords(message)}\n`);
  process.exit(exitCode);
}
