import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Browser, BrowserContext } from "playwright-core";
import { startChromium } from "./chromium";

/** A JupyterLab that runs on a copy of the notebooks. */
export interface JupyterLab {
  /** The address that opens a file of the notebooks' folder. */
  address(path: string): string;
  stop(): Promise<void>;
}

const token = "browser-test";
const patience = 60_000;

/** So often it is started: it tells its address before it has taken it, and another program may come first. */
const attempts = 3;

/** Starts `.venv`'s JupyterLab with these labextension folders alone, and nothing of the user's own settings. */
export async function startJupyterLab(labextensions: string[]): Promise<JupyterLab> {
  for (let left = attempts; ; left--) {
    try {
      return await start(labextensions);
    } catch (error) {
      if (left === 1) throw error;
    }
  }
}

/** JupyterLab with the project's extensions, and a browser for it. */
export interface LabInBrowser {
  browser: Browser;
  lab: JupyterLab;
  context: BrowserContext;
}

export async function startLabInBrowser(): Promise<LabInBrowser> {
  const { venvJupyter } = await import("../../src/setup/paths.mjs");
  const [browser, lab] = await Promise.all([
    startChromium(),
    startJupyterLab([join(venvJupyter, "labextensions")]),
  ]);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  context.setDefaultTimeout(20_000);
  return { browser, lab, context };
}

async function start(labextensions: string[]): Promise<JupyterLab> {
  const { inRoot, modules, venvPython } = await import("../../src/setup/paths.mjs");
  const folder = mkdtempSync(join(tmpdir(), "tslab-gradients-lab-"));
  const notebooks = join(folder, "notebooks");
  cpSync(inRoot("notebooks"), notebooks, { recursive: true });
  // Its cells import the package as they do in the checkout.
  symlinkSync(modules, join(folder, "node_modules"), "junction");
  withoutNews(folder);
  // An empty list would stand for all folders that Jupyter knows.
  const empty = join(folder, "labextensions");
  mkdirSync(empty);
  const command = [venvPython, "-m", "jupyterlab", ...options(notebooks, [empty, ...labextensions])];
  // Whatever ends the tests early must not leave a server behind, so it has a guard, whom no signal to the tests reaches.
  const server = spawn(process.execPath, [join(import.meta.dirname, "guard.mjs"), folder, ...command], {
    detached: true,
    env: { ...own(process.env), ...isolation(folder) },
    stdio: ["pipe", "ignore", "pipe"],
  });
  const stop = () => ended(server);
  try {
    const base = await baseAddress(server);
    await answers(base, basename(folder), notebooks);
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
    JUPYTER_PREFER_ENV_PATH: "1",
    JUPYTER_CONFIG_DIR: join(folder, "config"),
    JUPYTER_DATA_DIR: join(folder, "data"),
    JUPYTER_RUNTIME_DIR: join(folder, "runtime"),
    IPYTHONDIR: join(folder, "ipython"),
  };
}

/** JupyterLab asks a new user about its news, in a box that may lie above a figure. */
function withoutNews(folder: string): void {
  const config = join(folder, "config", "labconfig");
  mkdirSync(config, { recursive: true });
  const disabledExtensions = { "@jupyterlab/apputils-extension:announcements": true };
  writeFileSync(join(config, "page_config.json"), JSON.stringify({ disabledExtensions }));
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

/** Waits until this very server answers, which alone has the file. */
async function answers(base: string, name: string, notebooks: string): Promise<void> {
  writeFileSync(join(notebooks, name), "");
  const address = `${base}api/contents/${name}?token=${token}&content=0`;
  const isRight = async (): Promise<boolean> => (await fetch(address).catch(() => null))?.ok ?? false;
  const end = Date.now() + patience / 4;
  while (!(await isRight())) {
    if (Date.now() > end) throw new Error(`JupyterLab does not answer at ${base}.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  rmSync(join(notebooks, name));
}

/** Lets go of the guard, who ends the server and its kernels. */
async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exit = once(server, "exit");
  server.stdin?.end();
  await exit;
}
