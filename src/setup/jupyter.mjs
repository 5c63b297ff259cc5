// @ts-check
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { sitePackages } from "./exporter.mjs";
import { message } from "./messages.mjs";
import { inRoot, root, venv, venvJupyter } from "./paths.mjs";
import { pip } from "./pip.mjs";
import { stampVenv, venvStamp } from "./python.mjs";
import { hash, readStamp, textOf, writeStamp } from "./stamp.mjs";
import { needSpace } from "./trouble.mjs";

const lockFile = inRoot("requirements.txt");

/** @param {string} file */
const lockHash = (file) => hash(textOf(file) ?? "");

/** Whether `.venv` holds what requirements.txt names. */
export function jupyterReady() {
  const stamp = venvStamp();
  if (stamp?.state !== "ready" || stamp.lock !== lockHash(lockFile)) return false;
  return (
    existsSync(join(venv, stamp.library ?? "", "jupyterlab")) &&
    existsSync(join(venvJupyter, "lab", "static"))
  );
}

/** @param {import("./say.mjs").Progress} progress */
export async function installJupyter(progress) {
  needSpace(root, 400);
  stampVenv({ root, state: "installing" });
  const total = (textOf(lockFile)?.match(/^[a-z0-9]/gim) ?? []).length;
  let collected = 0;
  await pip(["install", "--require-hashes", "-r", lockFile], {
    onLine(line) {
      if (/^Installing collected/.test(line)) return progress(message("installing"));
      if (!/^(Collecting|Requirement already)/.test(line)) return;
      collected += 1;
      progress(message("packages", collected, total));
    },
  });
  stampVenv({
    root,
    state: "ready",
    lock: lockHash(lockFile),
    library: relative(venv, sitePackages() ?? venv),
  });
}

/**
 * What only the tests need, apart from `.venv`'s own packages so that JupyterLab does not see it unless told to:
 * PYTHONPATH leads to its modules, JUPYTER_PATH (with share/jupyter) to its labextensions.
 */
export const testPackages = join(venv, "test");
const testLock = inRoot("test", "requirements.txt");
const testStamp = join(testPackages, "tslab-gradients.json");

export function testPackagesReady() {
  return readStamp(testStamp)?.lock === lockHash(testLock);
}

export async function installTestPackages() {
  const partial = `${testPackages}.partial`;
  for (const folder of [partial, testPackages]) rmSync(folder, { recursive: true, force: true });
  mkdirSync(partial);
  await pip(["install", "--no-deps", "--require-hashes", "--target", partial, "-r", testLock]);
  writeStamp(join(partial, "tslab-gradients.json"), { lock: lockHash(testLock) });
  renameSync(partial, testPackages);
}
