import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A JupyterLab that runs on a copy of the notebooks. */
export interface JupyterLab {
  /** The address that opens a file of the notebooks' folder. */
  address(path: string): string;
  stop(): Promise<void>;
}

const token = "browser-test";
const patience = 60_000;

/** Starts `.venv`'s JupyterLab with these labextension folders alone, and nothing of the user's own settings. */
export async function startJupyterLab(labextensions: string[]): Promise<JupyterLab> {
  const { inRoot, venvPython } = await import("../../src/setup/paths.mjs");
  const folder = mkdtempSync(join(tmpdir(), "tslab-gradients-lab-"));
  const notebooks = join(folder, "notebooks");
  cpSync(process.env.LABDEV_NB ?? inRoot("notebooks"), notebooks, { recursive: true });
  // A list with one entry needs none; none at all needs a folder that is empty.
  const empty = join(folder, "labextensions");
  mkdirSync(empty);
  const server = spawn(venvPython, ["-m", "jupyterlab", ...options(notebooks, [empty, ...labextensions])], {
    cwd: folder,
    env: { ...own(process.env), ...isolation(folder) },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const stop = async () => {
    await ended(server);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const base = await baseAddress(server);
    return { address: (path) => `${base}lab/tree/${path}?token=${token}`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function options(notebooks: string, labextensions: string[]): string[] {
  return [
    "--no-browser",
    "--ServerApp.ip=127.0.0.1",
    "--ServerApp.port=0",
    `--IdentityProvider.token=${token}`,
    `--ServerApp.root_dir=${notebooks}`,
    "--LabApp.expose_app_in_browser=True",
    // Neither may ask a package index while a test runs.
    "--LabApp.extension_manager=readonly",
    "--LabApp.check_for_updates_class=jupyterlab.handlers.announcements.NeverCheckForUpdate",
    ...labextensions.map((path) => `--LabApp.labextensions_path=${path}`),
    ...(process.getuid?.() === 0 ? ["--allow-root"] : []),
  ];
}

/** The environment without what another Jupyter, or a virtual environment, put there. */
function own(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(JUPYTER|IPYTHON|PYTHON|VITEST)/.test(name)),
  );
}

function isolation(folder: string): NodeJS.ProcessEnv {
  return {
    JUPYTER_NO_CONFIG: "1",
    JUPYTER_PREFER_ENV_PATH: "1",
    JUPYTER_CONFIG_DIR: join(folder, "config"),
    JUPYTER_DATA_DIR: join(folder, "data"),
    JUPYTER_RUNTIME_DIR: join(folder, "runtime"),
    IPYTHONDIR: join(folder, "ipython"),
  };
}

/** What JupyterLab says once it listens: http://127.0.0.1:41234/. */
function baseAddress(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let log = "";
    const fail = (what: string) => reject(new Error(`JupyterLab ${what}:\n${log}`));
    const timer = setTimeout(() => fail("did not start in time"), patience);
    server.once("error", reject);
    server.once("exit", () => fail("ended"));
    server.stderr?.setEncoding("utf8").on("data", (text: string) => {
      log += text;
      const base = /http:\/\/127\.0\.0\.1:\d+\/(?=lab)/.exec(log)?.[0];
      if (base === undefined) return;
      clearTimeout(timer);
      resolve(base);
    });
  });
}

/** SIGTERM lets the server end its kernels. */
function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.kill("SIGKILL"), 15_000);
    server.once("exit", () => {
      clearTimeout(timer);
      resolve();
    });
    server.kill("SIGTERM");
  });
}
