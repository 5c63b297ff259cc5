// @ts-check
// What npm's scripts run: set-up and the build, and after them JupyterLab or the tests.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants, homedir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { releaseLocks } from "./lock.mjs";
import { inChinese, message } from "./messages.mjs";
import { inCache, inRoot, isInstalled, root, venvPrograms, venvPython } from "./paths.mjs";
import { endings, passingSignals, whenOrphaned } from "./processes.mjs";
import { endChildren } from "./run.mjs";
import { complain, endShowing, say } from "./say.mjs";
import { explained, isWritable, mendTemporaryFolder, Trouble } from "./trouble.mjs";

/** @param {string[]} argv */
async function main([command, ...args]) {
  if (Number(process.versions.node.split(".")[0]) < 20)
    throw new Trouble(message("oldNode", process.version));
  const note = mendTemporaryFolder();
  if (note) complain(note);
  const { building, carryOut, settingUp, testing } = await import("./steps.mjs");
  switch (command) {
    case "build":
      return carryOut(building);
    case "setup":
      await carryOut(settingUp);
      return say(message("ready"));
    case "start":
      await carryOut(settingUp);
      return startLab(args);
    case "test":
      await carryOut([...settingUp, ...testing]);
      return runChecks(args);
    case "test:long":
      await carryOut([...settingUp, ...testing]);
      return runLongTests(args);
    default:
      throw new Trouble(message("usage"), 2);
  }
}

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
function runChecks(args) {
  return runEach(args.length > 0 ? [[...tests, ...args]] : [...checks, tests]);
}

/**
 * Runs the tests that take long, or those of them that the arguments choose.
 * @param {string[]} args for vitest
 * @returns {Promise<number>} its exit code
 */
function runLongTests(args) {
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

/** JupyterLab in the reader's language. */
const launcher = fileURLToPath(new URL("start_jupyterlab.py", import.meta.url));

/**
 * Opens the section's notebook in JupyterLab and ends when JupyterLab does.
 * @param {string[]} args for `jupyter lab`
 * @returns {Promise<number>} its exit code
 */
function startLab(args) {
  const folder = inRoot("notebooks");
  const notebook = `${inChinese() ? "zh" : "en"}/shortcut-connections.ipynb`;
  // Somebody's own notebooks are where the package was installed.
  const own = isInstalled ? [] : [`--ServerApp.root_dir=${folder}`];
  // As the address, not as a file to open, so that the address that is printed leads to it too.
  if (!isInstalled && existsSync(join(folder, notebook)))
    own.push(`--LabApp.default_url=/lab/tree/${notebook}`);
  if (process.getuid?.() === 0) own.push("--allow-root");
  const env = {
    // A kernel "tslab" of the user's own would otherwise hide the one of `.venv`.
    JUPYTER_PREFER_ENV_PATH: "1",
    ...(isWritable(homedir()) ? {} : inCacheInstead()),
    ...process.env,
    PATH: `${venvPrograms}${delimiter}${process.env.PATH ?? ""}`,
  };
  return passingSignals(
    spawn(venvPython, [launcher, inChinese() ? "chinese" : "other", ...own, ...args], {
      cwd: isInstalled ? process.cwd() : root,
      env,
      stdio: "inherit",
    }),
  );
}

/** JupyterLab's folders for what belongs to the user, where the home folder cannot be written. */
function inCacheInstead() {
  const [config, data, runtime] = ["config", "data", "runtime"].map((name) => inCache("jupyter", name));
  return {
    JUPYTER_CONFIG_DIR: config,
    JUPYTER_DATA_DIR: data,
    JUPYTER_RUNTIME_DIR: runtime,
    IPYTHONDIR: inCache("jupyter", "ipython"),
  };
}

for (const signal of endings) {
  process.on(signal, () => {
    endChildren();
    releaseLocks();
    endShowing();
    complain(`\n${message("interrupted")}`);
    process.exit(128 + constants.signals[signal]);
  });
}

// Emitted, not sent: on Windows a signal to this process would end it unheard.
whenOrphaned(() => process.emit("SIGTERM", "SIGTERM"));

try {
  process.exitCode = (await main(process.argv.slice(2))) ?? 0;
} catch (error) {
  const trouble = explained(error);
  if (!(trouble instanceof Trouble)) throw trouble;
  complain(trouble.message);
  process.exitCode = trouble.exitCode;
}
