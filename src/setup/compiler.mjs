// @ts-check
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { message } from "./messages.mjs";
import { venvPython } from "./paths.mjs";
import { compilers } from "./platform.mjs";
import { pip } from "./registries.mjs";
import { pythonEnvironment, run } from "./run.mjs";
import { Trouble } from "./trouble.mjs";

const require = createRequire(import.meta.url);

/** A whole C++ compiler as a Python package, for machines that have none. */
const zig = [
  "ziglang==0.17.1",
  "--hash=sha256:ea6cc5d87b033cf0aedfbc8f9549a908cae6c50ac31f1698188fa48a74524b54",
  "--hash=sha256:b7c5f02fccd40f89b999ee16a1f5ddced56e6182370f8affe494bcf8a28cf07e",
  // macOS and Windows, both on x64 and arm64.
  "--hash=sha256:4e0b4b9c02b8d0d220e9948010f860b62ff11d96abb39762eca5fa2ef3f7bc97",
  "--hash=sha256:09953b6af7f64168b915180a42774f520f92d86ef6331b28e33915c7e1f0bb23",
  "--hash=sha256:69c3dfc3aff6a297ec4017aa904782c0e450eb988982d7f675d83edce27526fb",
  "--hash=sha256:27a8da5f8eaa0e76ebbc7c2594130ed4646c1101ada2ce0aa86fe580c74154b9",
];

/** Node-API alone, so that one addon serves every Node; its functions are there once Node has loaded it. */
export function addonFlags() {
  const headers = join(dirname(require.resolve("node-api-headers/package.json")), "include");
  return ["-fPIC", "-std=c++17", "-DNAPI_VERSION=8", "-w", "-I", headers];
}

/** The names of Node-API's functions, as Windows wants them listed. */
export const addonNames = () =>
  join(dirname(require.resolve("node-api-headers/package.json")), "def", "node_api.def");

/**
 * A C++ compiler with arguments to it; the one that is fetched has other tools too.
 * @typedef {(args: string[], tool?: "c++" | "dlltool") => Promise<boolean>} Compile whether it succeeded
 */

/**
 * Compiles with the first of the machine's compilers that can, or else with one that is fetched.
 * @param {string} folder where the fetched one may lie meanwhile
 * @param {import("./say.mjs").Progress} progress
 * @param {(compile: Compile) => Promise<boolean>} work whether it succeeded
 */
export async function withCompiler(folder, progress, work) {
  const hasTools = process.platform !== "darwin" || (await run("xcode-select", ["-p"])).ok;
  for (const compiler of compilers(process.env.CXX, hasTools)) {
    progress(message("compiling", compiler.join(" ")));
    if (await work(compileBy(compiler))) return;
  }
  if (!existsSync(venvPython)) throw new Trouble(message("noCompiler"));
  progress(message("fetchingCompiler"));
  const compile = await fetchZig(folder);
  progress(message("compiling", "Zig"));
  if (!(await work(compile))) throw new Trouble(message("noCompiler"));
  // Windows lets go of a program that has just run a little later.
  rmSync(join(folder, "zig"), { recursive: true, force: true, maxRetries: 10 });
}

/**
 * @param {string[]} compiler
 * @returns {Compile}
 */
function compileBy([program = "", ...first]) {
  return async (args) => (await run(program, [...first, ...args], { log: "compiler", timeout: 600 })).ok;
}

/**
 * @param {string} python that has Zig
 * @param {NodeJS.ProcessEnv} env
 * @param {string[]} [first] the compiler's first arguments
 * @returns {Compile}
 */
export function compileByZig(python, env, first = []) {
  // Without a word it takes this very processor's instructions, of which a processor that comes after may lack some.
  const options = ["-mcpu=baseline", ...first];
  return async (args, tool = "c++") => {
    const given = ["-m", "ziglang", tool, ...(tool === "c++" ? options : []), ...args];
    return (await run(python, given, { env, log: "compiler", timeout: 600 })).ok;
  };
}

/**
 * @param {string} folder
 * @returns {Promise<Compile>}
 */
async function fetchZig(folder) {
  const target = join(folder, "zig");
  mkdirSync(target, { recursive: true });
  const requirement = join(target, "requirement.txt");
  writeFileSync(requirement, `${zig.join(" ")}\n`);
  const args = ["--no-deps", "--no-cache-dir", "--no-compile", "--require-hashes", "--only-binary", ":all:"];
  const env = { TMPDIR: target };
  await pip(["install", ...args, "--target", target, "-r", requirement], { log: "zig", env, folder: target });
  /** @type {NodeJS.ProcessEnv} */
  const zigEnv = { ...pythonEnvironment(), PYTHONPATH: target, ZIG_GLOBAL_CACHE_DIR: join(target, "cache") };
  return compileByZig(venvPython, { ...zigEnv, ZIG_LOCAL_CACHE_DIR: join(target, "cache") });
}
