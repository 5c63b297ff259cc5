// @ts-check
// A kernel's engine as it is when TypeScript and its declarations have been read, kept as a V8 snapshot of this Node.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { inRoot } from "./paths.mjs";
import { run } from "./run.mjs";

const compiled = inRoot("dist", "kernel", "front", "prepared.js");
const require = createRequire(import.meta.url);

/** @returns {string} the file that a kernel of this Node and this build looks for */
function wanted() {
  return /** @type {typeof import("../kernel/front/prepared.ts")} */ (require(compiled)).preparedFile();
}

export function engineReady() {
  return !existsSync(compiled) || existsSync(wanted());
}

/** Without it kernels start as well, only later: where Node cannot make it, that is no trouble. */
export async function prepareEngine() {
  const file = wanted();
  const folder = dirname(file);
  mkdirSync(folder, { recursive: true });
  const partial = join(folder, `${process.pid}.partial.blob`);
  const names = ["@tslab/typescript-for-tslab", "tslab/package.json"];
  const places = Object.fromEntries(names.map((name) => [name, createRequire(compiled).resolve(name)]));
  const entry = inRoot("src", "setup", "prepare.cjs");
  const { ok } = await run(process.execPath, [
    "--snapshot-blob",
    partial,
    "--build-snapshot",
    entry,
    JSON.stringify(places),
  ]);
  // Those of earlier builds fit no more.
  for (const name of readdirSync(folder))
    if (name.endsWith(".blob") && name !== basename(partial)) rmSync(join(folder, name), { force: true });
  if (ok) renameSync(partial, file);
  else rmSync(partial, { force: true });
}
