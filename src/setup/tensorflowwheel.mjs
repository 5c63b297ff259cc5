// @ts-check
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { message } from "./messages.mjs";
import { inCache, venvPython } from "./paths.mjs";
import { pip } from "./registries.mjs";
import { pythonEnvironment, run } from "./run.mjs";
import { freeMegabytes, sentence, Trouble } from "./trouble.mjs";

/** The TensorFlow whose wheels carry the C library that @tensorflow/tfjs-node needs. */
export const tensorflowVersion = "2.21.0";

/** @type {Record<string, { name: string, platform: string, sha256: string, megabytes: number }>} */
const wheels = {
  x64: {
    name: "tensorflow-cpu",
    platform: "manylinux_2_27_x86_64",
    sha256: "2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c",
    megabytes: 274,
  },
  arm64: {
    name: "tensorflow",
    platform: "manylinux_2_27_aarch64",
    sha256: "4b24aca16d527a3cf1c37f720c04c484c3d20f4d0fdfa98632ac8b9f3be6eb5c",
    megabytes: 282,
  },
};

/** The most disk space that the wheel and what comes out of it take at any one time. */
export const neededMegabytes = 1300;

/** Whether there is a wheel for this system; the wheels are for glibc. */
export function hasWheel() {
  return process.platform === "linux" && process.arch in wheels && usesGlibc();
}

function usesGlibc() {
  if (process.report === undefined) return true;
  /** @type {any} */ (process.report).excludeNetwork = true;
  /** @type {any} */
  const { header } = process.report.getReport();
  return header.glibcVersionRuntime !== undefined;
}

/** Where the libraries lie until the binding is compiled against them. */
export const libraries = () => inCache("native", `libraries-${tensorflowVersion}-linux-${process.arch}`);

/**
 * Fetches the libraries where they are not there; called with the lock on native TensorFlow held.
 * @param {import("./say.mjs").Progress} progress
 */
export async function haveLibraries(progress) {
  if (existsSync(libraries())) return;
  const folder = dirname(libraries());
  mkdirSync(folder, { recursive: true });
  if (freeMegabytes(folder) < neededMegabytes)
    throw new Trouble(message("cacheDisk", folder, neededMegabytes));
  const partial = `${libraries()}.partial`;
  rmSync(partial, { recursive: true, force: true });
  try {
    await fetchLibraries(partial, progress);
    renameSync(partial, libraries());
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

/**
 * Puts TensorFlow's libraries into folder/lib and its C headers into folder/include.
 * @param {string} folder
 * @param {import("./say.mjs").Progress} progress
 */
async function fetchLibraries(folder, progress) {
  const { name, platform, sha256, megabytes } = wheels[process.arch] ?? fail();
  const download = join(folder, "download");
  const temporary = join(folder, "temporary");
  for (const path of [download, temporary]) mkdirSync(path, { recursive: true });
  const requirement = join(folder, "requirement.txt");
  writeFileSync(requirement, `${name}==${tensorflowVersion} --hash=sha256:${sha256}\n`);
  const tags = [
    "--python-version",
    "3.11",
    "--implementation",
    "cp",
    "--abi",
    "cp311",
    "--platform",
    platform,
  ];
  const args = ["--no-deps", "--no-cache-dir", "--require-hashes", "--only-binary", ":all:", ...tags];
  let done = 0;
  await pip(["download", ...args, "-d", download, "-r", requirement], {
    log: "tensorflow",
    folder,
    // The system's own temporary folder may be too small; and what pip has so far is to be seen here.
    env: { TMPDIR: temporary },
    grows() {
      const before = done;
      done = Math.max(megabytesIn(temporary), megabytesIn(download));
      progress(message("megabytes", Math.min(done, megabytes), megabytes));
      return done > before;
    },
  });
  rmSync(temporary, { recursive: true, force: true });
  const wheel = readdirSync(download).find((file) => file.endsWith(".whl")) ?? fail();
  await unpack(join(download, wheel), folder, progress);
  rmSync(download, { recursive: true, force: true });
  nameLibraries(join(folder, "lib"));
}

const unpacker = `
import os, shutil, sys, zipfile
wheel, folder = sys.argv[1:]
package, headers = "tensorflow/", ("c/", "core/platform/ctstring", "tsl/platform/ctstring", "xla/tsl/c/")
def target(name):
    path = name.removeprefix(package)
    if path.startswith("libtensorflow_cc.so.") or path.startswith("libtensorflow_framework.so."):
        return "lib/" + path
    inner = path.removeprefix("include/").removeprefix("tensorflow/")
    return path if path.startswith("include/") and inner.startswith(headers) else None
class Counted:
    done = told = 0
    def __init__(self, file): self.file = file
    def write(self, data):
        self.file.write(data)
        Counted.done += len(data)
        if Counted.done - Counted.told > 2e7:
            Counted.told = Counted.done
            print("megabytes %d %d" % (Counted.done / 1e6, total / 1e6), flush=True)
with zipfile.ZipFile(wheel) as archive:
    wanted = [i for i in archive.infolist() if target(i.filename) and not i.is_dir()]
    total = sum(i.file_size for i in wanted)
    for info in wanted:
        path = os.path.join(folder, target(info.filename))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with archive.open(info) as source, open(path, "wb") as file:
            shutil.copyfileobj(source, Counted(file), 1 << 20)
`;

/**
 * @param {string} wheel
 * @param {string} folder
 * @param {import("./say.mjs").Progress} progress
 */
async function unpack(wheel, folder, progress) {
  const { ok, output, log } = await run(venvPython, ["-c", unpacker, wheel, folder], {
    env: pythonEnvironment(),
    log: "unpack",
    onLine(line) {
      const [, done, total] = /^megabytes (\d+) (\d+)$/.exec(line) ?? [];
      if (done && total) progress(message("unpacking", done, total));
    },
  });
  if (ok) return;
  if (/No space left/.test(output)) throw new Trouble(message("cacheDisk", folder, neededMegabytes));
  throw new Trouble(message("toolFailed", "unzip", sentence(output.trim().split("\n").pop() ?? ""), log));
}

/**
 * The names under which the linker and tfjs-node look for the libraries.
 * @param {string} folder
 */
function nameLibraries(folder) {
  symlinkSync("libtensorflow_cc.so.2", join(folder, "libtensorflow.so.2"));
  symlinkSync("libtensorflow.so.2", join(folder, "libtensorflow.so"));
  symlinkSync("libtensorflow_framework.so.2", join(folder, "libtensorflow_framework.so"));
}

/**
 * @param {string} folder
 * @returns {number}
 */
function megabytesIn(folder) {
  let bytes = 0;
  try {
    for (const name of readdirSync(folder, { recursive: true })) {
      bytes += statSync(join(folder, String(name)), { throwIfNoEntry: false })?.size ?? 0;
    }
  } catch {
    // pip removes its temporary folders while they are looked at.
  }
  return Math.floor(bytes / 1e6);
}

/** @returns {never} */
function fail() {
  throw new Error(`There is no TensorFlow wheel for ${process.platform} ${process.arch}.`);
}
