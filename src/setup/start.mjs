// @ts-check
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants, homedir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { inCache } from "./cache.mjs";
import { inChinese } from "./messages.mjs";
import { inRoot, isInstalled, root, venvPrograms, venvPython } from "./paths.mjs";
import { descendantsOf, endings, inGroups, isAlive, known, signalGroup, signalOne } from "./processes.mjs";
import { isWritable } from "./trouble.mjs";

const launcher = fileURLToPath(new URL("start_jupyterlab.py", import.meta.url));

/**
 * Opens the section's notebook in JupyterLab and ends when JupyterLab does.
 * @param {string[]} args for `jupyter lab`
 * @returns {Promise<number>} its exit code
 */
export function startLab(args) {
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

/** How long JupyterLab may take to end its kernels; then all that it started is ended for it. */
const patience = 8_000;

/**
 * Waits for the child; a signal meant for us ends it, and all that it has started.
 * @param {import("node:child_process").ChildProcess} child
 * @returns {Promise<number>}
 */
export function passingSignals(child) {
  /** @type {Promise<void> | undefined} */
  let ending;
  for (const signal of endings) {
    process.removeAllListeners(signal);
    process.on(signal, () => {
      // A terminal's Ctrl-C has reached the child already, and JupyterLab takes a second one for "at once".
      if (signal === "SIGINT" && process.stdin.isTTY) return;
      ending ??= end(child);
    });
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", async (code, signal) => {
      await ending;
      resolve(code ?? 128 + constants.signals[signal ?? "SIGTERM"]);
    });
  });
}

/**
 * Without a terminal JupyterLab only asks back at a SIGINT, and nobody answers: so it is always a SIGTERM.
 * @param {import("node:child_process").ChildProcess} child
 */
async function end(child) {
  const { pid } = child;
  if (pid === undefined) return;
  // Where there is no polite way all is ended at once; kernels see that Jupyter is gone.
  if (!inGroups) return signalGroup(pid, "SIGKILL");
  const family = descendantsOf(pid);
  child.kill("SIGTERM");
  const running = () => child.exitCode === null && child.signalCode === null;
  await until(() => !running(), patience);
  if (running()) family.push(...descendantsOf(pid), known(pid));
  else await until(() => !family.some(isAlive), 2000);
  for (const member of family) if (isAlive(member)) signalOne(member.pid, "SIGKILL");
}

/**
 * @param {() => boolean} reached
 * @param {number} milliseconds after which it is not waited for any more
 */
async function until(reached, milliseconds) {
  for (const start = Date.now(); !reached() && Date.now() - start < milliseconds;) await sleep(50);
}
