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
const longTests = [...tests, "--config", "vitest.long.config.mts"];

/**
 * Runs the checks and the tests, or with arguments only the tests that these choose.
 * @param {string[]} args for vitest
 * @returns {Promise<number>} the first exit code that is not 0
 */
export function runChecks(args) {
  return runEach(args.length > 0 ? [[...tests, ...args]] : [...checks, tests]);
}

/**
 * Runs the tests that take long, or those of them that the arguments choose.
 * @param {string[]} args for vitest
 * @returns {Promise<number>} its exit code
 */
export function runLongTests(args) {
  return runEach([[...longTests, ...args]]);
}

/** @param {string[][]} programs each a script among the dependencies, and its arguments */
async function runEach(programs) {
  let result = 0;
  const failed = [];
  for (const [script = "", ...rest] of programs) {
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
