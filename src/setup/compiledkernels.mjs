// @ts-check
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { addonFlags, addonNames, withCompiler } from "./compiler.mjs";
import { failedLately, hash, link, readStamp, writeStamp } from "./files.mjs";
import { withLock } from "./lock.mjs";
import { message } from "./messages.mjs";
import { inCache, inRoot, stampFolder } from "./paths.mjs";
import { addonLinking } from "./platform.mjs";
import { run } from "./run.mjs";
import { explained, isPassing, Trouble } from "./trouble.mjs";

const folder = inRoot("src", "tensorflow", "cpp");
export const kernelsAddon = join(stampFolder, "kernels.node");
/** What set-up found; without it, it tries again. */
export const kernelsStampFile = join(stampFolder, "kernels.json");

/**
 * The sets of instructions that the kernels are compiled for, one of which is chosen when they load.
 * @param {NodeJS.Architecture} arch
 * @returns {Record<string, string[]>}
 */
const setsFor = (arch) =>
  arch === "x64"
    ? {
        baseline: [],
        avx2: ["-mavx2", "-mfma"],
        avx512: [
          "-mavx512f",
          "-mavx512dq",
          "-mavx512vl",
          "-mavx512bw",
          "-mavx2",
          "-mfma",
          "-mprefer-vector-width=512",
        ],
      }
    : { baseline: [] };

const unwanted = () => process.env.TSLAB_GRADIENTS_KERNELS === "0" || !existsSync(folder);

/** Whether the compiled kernels are there, or are not wanted, or were tried in vain not long ago. */
export function kernelsReady() {
  if (unwanted()) return true;
  const stamp = readStamp(kernelsStampFile);
  if (stamp?.sources !== sourcesHash()) return false;
  return stamp.failed === undefined ? existsSync(kernelsAddon) : failedLately(stamp);
}

/** The instructions that they were compiled for, or why there are none. */
export function kernelsState() {
  if (unwanted()) return "TSLAB_GRADIENTS_KERNELS=0";
  const stamp = readStamp(kernelsStampFile);
  return existsSync(kernelsAddon) ? stamp?.instructions : stamp?.reason;
}

function sourcesHash() {
  const names = readdirSync(folder).sort();
  return hash(process.arch, ...names.flatMap((name) => [name, readFileSync(join(folder, name))])).slice(
    0,
    16,
  );
}

/**
 * @param {import("./say.mjs").Progress} progress
 * @returns {Promise<string | undefined>} what to tell the user where they cannot be compiled
 */
export async function setUpKernels(progress) {
  const sources = sourcesHash();
  rmSync(kernelsStampFile, { force: true });
  rmSync(kernelsAddon, { force: true });
  const entry = inCache("kernels", `${sources}-${process.platform}-${process.arch}`);
  const made = join(entry, "kernels.node");
  try {
    await withLock(inCache("locks", "kernels.lock"), async () => {
      if (existsSync(made) && (await instructionsOf(made))) return;
      await make(entry, progress);
    });
    const instructions = await instructionsOf(made);
    if (!instructions) throw new Trouble(message("kernelsFail"));
    link(made, kernelsAddon);
    writeStamp(kernelsStampFile, { sources, instructions });
    return undefined;
  } catch (error) {
    if (!(explained(error) instanceof Trouble)) throw error;
    const reason = /** @type {Error} */ (explained(error)).message.replace(/[.。]$/, "");
    const passes = isPassing(error);
    // Without its time it is tried again at once.
    writeStamp(kernelsStampFile, { sources, failed: passes ? undefined : Date.now(), reason });
    return message("kernelsUnavailable", reason, message(passes ? "nextTime" : "inADay"));
  }
}

/**
 * @param {string} entry
 * @param {import("./say.mjs").Progress} progress
 */
async function make(entry, progress) {
  const partial = `${entry}.partial`;
  for (const rest of [entry, partial]) rmSync(rest, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  try {
    await withCompiler(partial, progress, (compile) => compileAll(partial, compile));
    renameSync(partial, entry);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

/**
 * @param {string} target
 * @param {import("./compiler.mjs").Compile} compile
 * @param {NodeJS.Platform} [platform]
 * @param {NodeJS.Architecture} [arch]
 */
export async function compileAll(target, compile, platform = process.platform, arch = process.arch) {
  const flags = ["-O3", "-fno-math-errno", "-fno-trapping-math", ...addonFlags()];
  const objects = [];
  for (const [name, instructions] of Object.entries(setsFor(arch))) {
    const object = join(target, `${name}.o`);
    objects.push(object);
    const source = ["-c", join(folder, "kernels.cc"), `-DTSLAB_ARCH=${name}`];
    if (!(await compile([...flags, ...instructions, ...source, "-o", object]))) return false;
  }
  const sources = ["addon.cc", "workers.cc"].map((name) => join(folder, name));
  const linking = addonLinking(target, addonNames(), platform, arch);
  if (linking.made && !(await compile(linking.made, "dlltool"))) return false;
  const output = [...linking.flags, "-o", join(target, "kernels.node")];
  const linked = await compile([...flags, "-shared", ...sources, ...objects, ...output]);
  // Objects, and on Windows what linking needs and leaves beside the addon.
  for (const entry of readdirSync(target, { withFileTypes: true })) {
    if (entry.isFile() && entry.name !== "kernels.node") rmSync(join(target, entry.name));
  }
  return linked;
}

/**
 * Which instructions the kernels use here; tried in a process of its own, which a broken addon may end.
 * @param {string} file
 * @returns {Promise<string | undefined>} undefined where they do not compute
 */
async function instructionsOf(file) {
  const probe = `const k = require(${JSON.stringify(file)}); const c = new Float32Array(1);
    k.product(new Float32Array([1, 2]), 2, 1, new Float32Array([3, 4]), 1, 1, null, c, 1, 1, 2);
    if (c[0] !== 11) throw new Error("1*3 + 2*4 = " + c[0]); console.log(k.instructions());`;
  const { ok, output } = await run(process.execPath, ["-e", probe], { log: "kernels", timeout: 60 });
  return ok ? output.trim() : undefined;
}
