// @ts-check
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { delimiter } from "node:path";
import { inChinese } from "./messages.mjs";
import { inRoot, root, venvPrograms, venvPython } from "./paths.mjs";

/**
 * Opens the section's notebook in JupyterLab and ends when JupyterLab does.
 * @param {string[]} args for `jupyter lab`
 * @returns {Promise<number>} its exit code
 */
export function startLab(args) {
  const folder = inRoot("notebooks");
  const notebook = `${inChinese() ? "zh" : "en"}/shortcut-connections.ipynb`;
  const own = existsSync(folder) ? [`--ServerApp.root_dir=${folder}`] : [];
  // As the address, not as a file to open, so that the address that is printed leads to it too.
  if (existsSync(inRoot("notebooks", notebook))) own.push(`--LabApp.default_url=/lab/tree/${notebook}`);
  if (process.getuid?.() === 0) own.push("--allow-root");
  const env = {
    // A kernel "tslab" of the user's own would otherwise hide the one of `.venv`.
    JUPYTER_PREFER_ENV_PATH: "1",
    ...process.env,
    PATH: `${venvPrograms}${delimiter}${process.env.PATH ?? ""}`,
  };
  return passingSignals(
    spawn(venvPython, ["-m", "jupyterlab", ...own, ...args], { cwd: root, env, stdio: "inherit" }),
  );
}

/**
 * Waits for the child; signals meant for us reach it too.
 * @param {import("node:child_process").ChildProcess} child
 * @returns {Promise<number>}
 */
export function passingSignals(child) {
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.removeAllListeners(signal);
    // A terminal's Ctrl-C has reached the child already, and JupyterLab takes a second one for "at once".
    process.on(signal, () => (signal === "SIGINT" && process.stdin.isTTY) || child.kill(signal));
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? "SIGTERM"]));
  });
}
