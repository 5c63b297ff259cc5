// @ts-check
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { addonFlags, withCompiler } from "./compiler.mjs";
import { dependenciesReady } from "./dependencies.mjs";
import { failedLately, link, readStamp, writeStamp } from "./files.mjs";
import { withLock } from "./lock.mjs";
import { message } from "./messages.mjs";
import { inCache, isInstalled, stampFolder, modules, packageFolder, venvPython } from "./paths.mjs";
import { run } from "./run.mjs";
import {
  hasWheel,
  haveLibraries,
  libraries,
  neededMegabytes,
  tensorflowVersion,
} from "./tensorflowwheel.mjs";
import { explained, freeMegabytes, Trouble, Unreachable } from "./trouble.mjs";

// A checkout has its own, or will have; what a folder above it has is none of its business.
const tfjsNode =
  (isInstalled && packageFolder("@tensorflow/tfjs-node")) || join(modules, "@tensorflow", "tfjs-node");
const binding = join(tfjsNode, "lib", "napi-v8", "tfjs_binding.node");
/** What set-up found; without it, it tries again. */
export const nativeStampFile = join(stampFolder, "native.json");

const wish = () => process.env.TSLAB_GRADIENTS_NATIVE;

/** Whether native TensorFlow works, or is not wanted, or was tried in vain not long ago. */
export function nativeReady() {
  if (wish() === "0") return true;
  const stamp = readStamp(nativeStampFile);
  if (stamp?.works) return stamp.works === binaryState();
  return wish() !== "1" && failedLately(stamp);
}

/** Whether there is nothing to fetch for `setUpNative`, as far as can be told before npm has done its work. */
export function librariesReady() {
  if (nativeReady() || existsSync(binding) || !hasWheel() || lacksAvx()) return true;
  if (!isInstalled && dependenciesReady() && !existsSync(tfjsNode)) return true;
  // On a small disk what is necessary comes first.
  if (freeMegabytes(inCache("native")) < neededMegabytes + otherMegabytes) return true;
  const folder = inCache("native");
  const made = existsSync(folder) ? readdirSync(folder).filter((name) => !name.endsWith(".partial")) : [];
  const ending = `-quiet-linux-${process.arch}`;
  const entry = made.find(
    (name) => name.startsWith(`tensorflow-${tensorflowVersion}-`) && name.endsWith(ending),
  );
  return entry !== undefined ? isComplete(join(folder, entry)) : existsSync(libraries());
}

/** What everything else takes, if it is on the same disk. */
const otherMegabytes = 1500;

/** What pip could not fetch a moment ago is not asked for again. @type {unknown} */
let unfetched;

/**
 * Fetches TensorFlow's libraries while npm still works: only what is compiled against them waits for npm's packages.
 * @param {import("./say.mjs").Progress} progress
 */
export async function setUpLibraries(progress) {
  try {
    await withLock(nativeLock(), () => haveLibraries(progress));
  } catch (error) {
    unfetched = error;
    throw error;
  }
}

const nativeLock = () => inCache("locks", "native.lock");

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
 * @returns {Promise<string | void>} what to tell the user where there is no native TensorFlow
 */
export async function setUpNative(progress) {
  rmSync(nativeStampFile, { force: true });
  const problem = await findNative(progress);
  if (problem === undefined) return writeStamp(nativeStampFile, { works: binaryState() });
  const { isOffline = false } = problem;
  const reason = problem.reason.replace(/[.。]$/, "");
  // Without its time it is tried again at once.
  writeStamp(nativeStampFile, { failed: isOffline ? undefined : Date.now(), reason });
  return message("nativeUnavailable", reason, message(isOffline ? "nextTime" : "inADay"));
}

/**
 * @param {import("./say.mjs").Progress} progress
 * @returns {Promise<{ reason: string, isOffline?: boolean } | undefined>} why there is none
 */
async function findNative(progress) {
  if (!existsSync(tfjsNode)) return { reason: message("notInstalled") };
  if (await works(progress)) return undefined;
  if (lacksAvx()) return { reason: message("noAvx") };
  /** @type {string} */
  let reason;
  let isOffline = false;
  try {
    if (!hasWheel() || !existsSync(venvPython)) throw new Trouble(message("ownDownloadFailed"));
    await withLock(nativeLock(), () => useCache(progress));
    if (await works(progress)) return undefined;
    reason = message("bindingFails");
  } catch (error) {
    reason = /** @type {Error} */ (explained(error)).message;
    isOffline = error instanceof Unreachable;
    if (!(explained(error) instanceof Trouble)) throw error;
  }
  try {
    progress(message("ownDownload"));
    await ownDownload(tfjsNode, isOffline);
    if (await works(progress)) return undefined;
  } catch (error) {
    if (!(explained(error) instanceof Trouble)) throw error;
  }
  return { reason, isOffline };
}

/** @param {import("./say.mjs").Progress} progress */
async function works(progress) {
  if (!existsSync(binding)) return false;
  progress(message("trying"));
  const { program, env, seconds } = tensorflowTrial();
  return (await run(process.execPath, [program], { env, log: "native", timeout: seconds })).ok;
}

/** How it is tried whether native TensorFlow computes: in a process of its own, which a broken library may end. */
export function tensorflowTrial() {
  const program = fileURLToPath(new URL("trytensorflow.mjs", import.meta.url));
  return { program, env: { TF_CPP_MIN_LOG_LEVEL: "2", ...process.env }, seconds: 120 };
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
    if (await works(progress)) return rmSync(libraries(), { recursive: true, force: true });
  }
  rmSync(entry, { recursive: true, force: true });
  // With the lock held, what others left half-made is nobody's any more.
  const folder = dirname(entry);
  mkdirSync(folder, { recursive: true });
  for (const rest of readdirSync(folder)) {
    if (rest.endsWith(".partial")) rmSync(join(folder, rest), { recursive: true, force: true });
  }
  const partial = `${entry}.partial`;
  try {
    if (unfetched) throw unfetched;
    await haveLibraries(progress);
    renameSync(libraries(), partial);
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

/**
 * Compiles tfjs-node's binding against folder/include and folder/lib into folder/tfjs_binding.node, and beside it the
 * addon that lets TensorFlow load in silence.
 * @param {string} tfjsNode the package's own folder
 * @param {string} folder
 * @param {import("./say.mjs").Progress} progress
 */
async function compileBinding(tfjsNode, folder, progress) {
  const sources = ["tfjs_backend.cc", "tfjs_binding.cc"].map((name) => join(tfjsNode, "binding", name));
  const libraries = [
    "-ltensorflow",
    "-ltensorflow_framework",
    "-Wl,-rpath,$ORIGIN/lib:$ORIGIN/../../deps/lib",
  ];
  const paths = ["-I", join(folder, "include"), "-L", join(folder, "lib")];
  const to = (/** @type {string} */ name) => ["-O2", "-shared", ...addonFlags(), "-o", join(folder, name)];
  const quiet = fileURLToPath(new URL("quiet.cc", import.meta.url));
  await withCompiler(
    folder,
    progress,
    async (compile) =>
      (await compile([...to("tfjs_binding.node"), ...paths, ...sources, ...libraries])) &&
      (await compile([...to("quiet.node"), quiet])),
  );
}

/** A blocked network often swallows packets: after so many seconds without a file there will be none. */
const patience = 20;

/** Where the package registry could not be reached either, it is most likely the network. */
const littlePatience = 6;

/**
 * Lets @tensorflow/tfjs-node download its library and binding as it would at its installation.
 * @param {string} tfjsNode the package's own folder
 * @param {boolean} isOffline whether there seems to be no network
 */
export async function ownDownload(tfjsNode, isOffline) {
  const deps = join(tfjsNode, "deps");
  for (const folder of [deps, join(tfjsNode, "lib")]) rmSync(folder, { recursive: true, force: true });
  // Its script rewrites this file while it works, and an interrupted one leaves it so.
  const manifest = join(tfjsNode, "package.json");
  const before = readFileSync(manifest);
  let waited = 0;
  try {
    const programs = join(modules, ".bin");
    const { ok } = await run(process.execPath, [join(tfjsNode, "scripts", "install.js")], {
      cwd: tfjsNode,
      env: { ...process.env, PATH: `${programs}${delimiter}${process.env.PATH ?? ""}` },
      log: "tfjs-node",
      timeout: 900,
      goOn: () =>
        ++waited < (isOffline ? littlePatience : patience) ||
        (existsSync(deps) && readdirSync(deps).length > 0),
    });
    if (!ok) throw new Trouble(message("ownDownloadFailed"));
  } finally {
    writeFileSync(manifest, before);
  }
}
