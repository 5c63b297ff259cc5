// @ts-check
// What lets a kernel and its first figure start fast: its engine as it is when TypeScript, its declarations and what cells
// import have been read, kept as a V8 snapshot of this Node; and the machine code of the program that draws still figures.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { inRoot } from "./paths.mjs";
import { run } from "./run.mjs";

const compiled = inRoot("dist", "kernel", "front", "snapshotfile.js");
const require = createRequire(import.meta.url);
/** What a notebook's cells load; it starts TensorFlow, and so is not kept itself. */
const entry = inRoot("dist", "index.js");
/** Of what the engine's main module asks for the one that does something when it is loaded. */
const acting = "./faststart";

/** What a notebook's cells load, and what checks and runs them. */
function loaded() {
  const main = readFileSync(inRoot("dist", "kernel", "engine", "main.js"), "utf8");
  const engine = [...main.matchAll(/require\("(\.[^"]+)"\)/g)]
    .filter(([, name]) => name !== acting)
    .map(([, name]) => `./kernel/engine/${name}.js`);
  return ["./index.js", "./kernel/cells/converter.js", ...engine];
}

/** @returns {readonly string[]} */
function v8Options() {
  return /** @type {typeof import("../kernel/front/snapshotfile.ts")} */ (require(compiled)).v8Options;
}

/** @returns {string} the file that a kernel of this Node and this build looks for */
function wanted() {
  return /** @type {typeof import("../kernel/front/snapshotfile.ts")} */ (require(compiled)).preparedFile();
}

/** The program that draws still figures; run by itself it practises, and keeps what that compiled. */
const machineCode = inRoot("dist", "figures", "still", "machinecode.js");
const painter = ["-e", `require(${JSON.stringify(machineCode)}).runPainter()`];

/** @returns {string} where the machine code of the painter is kept */
function wantedCode() {
  const { bundleFile, compiledFile } = /** @type {typeof import("../figures/still/machinecode.ts")} */ (
    require(machineCode)
  );
  return compiledFile(bundleFile);
}

export function engineReady() {
  return !existsSync(compiled) || (existsSync(wanted()) && existsSync(wantedCode()));
}

/** Both are done without where Node cannot make them; a kernel starts as well, only later. */
export async function prepareStart() {
  await Promise.all([prepareEngine(), preparePainter()]);
}

async function preparePainter() {
  const file = wantedCode();
  rmSync(dirname(file), { recursive: true, force: true });
  // V8 keeps code apart by its options: once for an engine, and once for every other program.
  const [{ ok }] = await Promise.all([
    run(process.execPath, painter),
    run(process.execPath, [...v8Options(), ...painter]),
  ]);
  if (ok) return;
  // Remembered, so that it is not tried again.
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, "");
}

/**
 * Whether a process that starts from it can do what an engine does: a thread of it must be able to load whatever Node has.
 * Node.js 24 ends where one loads its cryptography, which TensorFlow.js had loaded before.
 * @param {string} file
 */
async function works(file) {
  const prepared = JSON.stringify(inRoot("dist", "kernel", "engine", "faststart.js"));
  const loading = `for (const name of require("node:module").builtinModules) try { require(name); } catch {}`;
  const program = `
    const { preparedFiles } = require(${prepared});
    const { Worker } = require("node:worker_threads");
    const thread = new Worker(${JSON.stringify(loading)}, { eval: true });
    thread.on("exit", (code) => process.exit(preparedFiles.length > 0 ? code : 1));`;
  const { ok } = await run(process.execPath, [...v8Options(), "--snapshot-blob", file, "-e", program], {
    timeout: 60,
  });
  return ok;
}

async function prepareEngine() {
  const file = wanted();
  const folder = dirname(file);
  mkdirSync(folder, { recursive: true });
  const partial = join(folder, `${process.pid}.partial.blob`);
  const list = join(folder, `${process.pid}.modules.json`);
  await run(process.execPath, [inRoot("src", "setup", "listmodules.cjs"), list, entry, ...loaded()]);
  const program = inRoot("src", "setup", "buildsnapshot.cjs");
  // A warning would open a stream, which the process to come could not open again.
  const options = [...v8Options(), "--no-warnings", "--snapshot-blob", partial, "--build-snapshot"];
  const { ok } = await run(process.execPath, [...options, program, list]);
  rmSync(list, { force: true });
  // Those of earlier builds fit no more.
  for (const name of readdirSync(folder))
    if (name.endsWith(".blob") && name !== basename(partial)) rmSync(join(folder, name), { force: true });
  if (ok && (await works(partial))) return renameSync(partial, file);
  rmSync(partial, { force: true });
  // Remembered, so that it is not tried again.
  writeFileSync(file, "");
}
