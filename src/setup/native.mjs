// @ts-check
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compileBinding } from "./binding.mjs";
import { inCache } from "./cache.mjs";
import { ownDownload } from "./download.mjs";
import { withLock } from "./lock.mjs";
import { message } from "./messages.mjs";
import { memory, modules, packageFolder, venvPython } from "./paths.mjs";
import { run } from "./run.mjs";
import { link } from "./self.mjs";
import { failedLately, readStamp, writeStamp } from "./stamp.mjs";
import { explained, freeMegabytes, Trouble } from "./trouble.mjs";
import { fetchLibraries, hasWheel, neededMegabytes, tensorflowVersion } from "./wheel.mjs";

const tfjsNode = packageFolder("@tensorflow/tfjs-node") ?? join(modules, "@tensorflow", "tfjs-node");
const binding = join(tfjsNode, "lib", "napi-v8", "tfjs_binding.node");
const stampFile = join(memory, "native.json");

const wish = () => process.env.TSLAB_GRADIENTS_NATIVE;

/** Whether native TensorFlow works, or is not wanted, or was tried in vain not long ago. */
export function nativeReady() {
  if (wish() === "0") return true;
  const stamp = readStamp(stampFile);
  if (stamp?.works) return stamp.works === binaryState();
  return wish() !== "1" && failedLately(stamp);
}

/** What changes when the binding, its library or Node does; undefined where there is no binding. */
function binaryState() {
  try {
    // A binding that somebody else made may have its library elsewhere.
    const library = join(tfjsNode, "deps", "lib");
    const names = existsSync(library) ? readdirSync(library) : [];
    const files = [binding, ...names.map((name) => join(library, name))].map((file) => statSync(file));
    return [process.version, ...files.map(({ size, mtimeMs }) => `${size}@${Math.floor(mtimeMs)}`)].join(" ");
  } catch {
    return undefined;
  }
}

/**
 * @param {import("./say.mjs").Progress} progress
 * @returns {Promise<string | undefined>} what to tell the user where there is no native TensorFlow
 */
export async function setUpNative(progress) {
  rmSync(stampFile, { force: true });
  const problem = await findNative(progress);
  const reason = problem?.replace(/[.。]$/, "");
  writeStamp(stampFile, reason === undefined ? { works: binaryState() } : { failed: Date.now(), reason });
  return reason && message("nativeUnavailable", reason);
}

/** What `doctor` tells of it. */
export function nativeState() {
  if (wish() === "0") return "TSLAB_GRADIENTS_NATIVE=0";
  const stamp = readStamp(stampFile);
  if (stamp?.works && stamp.works === binaryState()) return realpathSync(binding);
  return stamp?.reason;
}

/**
 * @param {import("./say.mjs").Progress} progress
 * @returns {Promise<string | undefined>} why there is none
 */
async function findNative(progress) {
  if (!existsSync(tfjsNode)) return message("notInstalled");
  if (await works(progress)) return undefined;
  if (lacksAvx()) return message("noAvx");
  /** @type {string} */
  let reason;
  try {
    if (!hasWheel() || !existsSync(venvPython)) throw new Trouble(message("ownDownloadFailed"));
    await withLock(inCache("locks", "native.lock"), () => useCache(progress));
    if (await works(progress)) return undefined;
    reason = message("bindingFails");
  } catch (error) {
    reason = /** @type {Error} */ (explained(error)).message;
    if (!(explained(error) instanceof Trouble)) throw error;
  }
  try {
    progress(message("ownDownload"));
    await ownDownload(tfjsNode);
    if (await works(progress)) return undefined;
  } catch (error) {
    if (!(explained(error) instanceof Trouble)) throw error;
  }
  return reason;
}

/** @param {import("./say.mjs").Progress} progress */
async function works(progress) {
  if (!existsSync(binding)) return false;
  progress(message("trying"));
  const probe = fileURLToPath(new URL("tensorflow.mjs", import.meta.url));
  const env = { TF_CPP_MIN_LOG_LEVEL: "2", ...process.env };
  return (await run(process.execPath, [probe], { env, log: "native", timeout: 120 })).ok;
}

/** TensorFlow's x64 builds stop with an illegal instruction on processors without it: better found out beforehand. */
function lacksAvx() {
  if (process.platform !== "linux" || process.arch !== "x64" || !existsSync("/proc/cpuinfo")) return false;
  return !/^flags\s*:.*\bavx\b/m.test(readFileSync("/proc/cpuinfo", "utf8"));
}

/**
 * Links the cache's entry into the package, made anew where it is missing, damaged or does not run.
 * @param {import("./say.mjs").Progress} progress
 */
async function useCache(progress) {
  const version = createRequire(import.meta.url)(join(tfjsNode, "package.json")).version;
  const name = `tensorflow-${tensorflowVersion}-tfjs-node-${version}-quiet-linux-${process.arch}`;
  const entry = inCache("native", name);
  if (isComplete(entry)) {
    linkIn(entry);
    if (await works(progress)) return;
  }
  rmSync(entry, { recursive: true, force: true });
  // With the lock held, what others left half-made is nobody's any more.
  const folder = dirname(entry);
  mkdirSync(folder, { recursive: true });
  for (const rest of readdirSync(folder)) {
    if (rest.endsWith(".partial")) rmSync(join(folder, rest), { recursive: true, force: true });
  }
  if (freeMegabytes(folder) < neededMegabytes)
    throw new Trouble(message("cacheDisk", folder, neededMegabytes));
  const partial = `${entry}.partial`;
  try {
    await fetchLibraries(partial, progress);
    await compileBinding(tfjsNode, partial, progress);
    for (const rest of ["include", "requirement.txt"]) rmSync(join(partial, rest), { recursive: true });
    writeStamp(join(partial, "complete.json"), { files: sizes(partial) });
    renameSync(partial, entry);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  linkIn(entry);
}

/** @param {string} entry */
function isComplete(entry) {
  const files = readStamp(join(entry, "complete.json"))?.files;
  return files !== undefined && JSON.stringify(files) === JSON.stringify(sizes(entry));
}

/** @param {string} entry */
function sizes(entry) {
  const names = [
    "tfjs_binding.node",
    "quiet.node",
    "lib/libtensorflow_cc.so.2",
    "lib/libtensorflow_framework.so.2",
  ];
  return names.map((name) => statSync(join(entry, name), { throwIfNoEntry: false })?.size ?? 0);
}

/** @param {string} entry */
function linkIn(entry) {
  for (const folder of ["deps", "lib"]) rmSync(join(tfjsNode, folder), { recursive: true, force: true });
  link(join(entry, "lib"), join(tfjsNode, "deps", "lib"));
  for (const name of ["tfjs_binding.node", "quiet.node"])
    link(join(entry, name), join(dirname(binding), name));
}
