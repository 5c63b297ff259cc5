// @ts-check
import { spawn } from "node:child_process";
import { message } from "./messages.mjs";
import { inRoot, root } from "./paths.mjs";
import { complain, say } from "./say.mjs";
import { passingSignals } from "./start.mjs";

const checks = [
  ["prettier/bin/prettier.cjs", "--check", "."],
  ["eslint/bin/eslint.js", "."],
  ["typescript/bin/tsc", "--noEmit"],
  ["dependency-cruiser/bin/dependency-cruise.mjs", "--config", ".dependency-cruiser.cjs", "src"],
];
const tests = ["vitest/vitest.mjs", "run"];

/**
 * Runs the checks and the tests, or with arguments only the tests that these choose.
 * @param {string[]} args for vitest
 * @returns {Promise<number>} the first exit code that is not 0
 */
export async function runChecks(args) {
  let result = 0;
  const failed = [];
  for (const [script = "", ...rest] of args.length > 0 ? [[...tests, ...args]] : [...checks, tests]) {
    const name = script.split("/")[0] ?? "";
    say(`\n> ${[name, ...rest].join(" ")}`);
    const options = { cwd: root, stdio: /** @type {const} */ ("inherit") };
    const code = await passingSignals(
      spawn(process.execPath, [inRoot("node_modules", script), ...rest], options),
    );
    if (code !== 0) failed.push(name);
    result ||= code;
    // Stopped by a signal: the rest is not wanted either.
    if (code > 128) break;
  }
  if (failed.length > 0) complain(`\n${message("checkFailed", failed.join(", "))}`);
  return result;
}
