// @ts-check
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { message } from "./messages.mjs";
import { venvPython } from "./paths.mjs";
import { pip } from "./pip.mjs";
import { pythonEnvironment, run } from "./run.mjs";
import { Trouble } from "./trouble.mjs";

const require = createRequire(import.meta.url);

/** A whole C++ compiler as a Python package, for machines that have none. */
const zig = [
  "ziglang==0.17.1",
  "--hash=sha256:ea6cc5d87b033cf0aedfbc8f9549a908cae6c50ac31f1698188fa48a74524b54",
  "--hash=sha256:b7c5f02fccd40f89b999ee16a1f5ddced56e6182370f8affe494bcf8a28cf07e",
];

/** Node-API alone, so that one addon serves every Node; its functions are there once Node has loaded it. */
export function addonFlags() {
  const headers = join(dirname(require.resolve("node-api-headers/package.json")), "include");
  return ["-fPIC", "-std=c++17", "-DNAPI_VERSION=8", "-w", "-I", headers];
}

/**
 * A C++ compiler with arguments to it.
 * @typedef {(args: string[]) => Promise<boolean>} Compile whether it succeeded
 */

/**
 * Compiles with the first of the machine's compilers that can, or else with one that is fetched.
 * @param {string} folder where the fetched one may lie meanwhile
 * @param {import("./say.mjs").Progress} progress
 * @param {(compile: Compile) => Promise<boolean>} work whether it succeeded
 */
export async function withCompiler(folder, progress, work) {
  const named = process.env.CXX?.split(" ").filter(Boolean) ?? [];
  const usual = [["c++"], ["g++"], ["clang++"]];
  for (const compiler of named.length > 0 ? [named, ...usual] : usual) {
    progress(message("compiling", compiler.join(" ")));
    if (await work(compileBy(compiler))) return;
  }
  if (!existsSync(venvPython)) throw new Trouble(message("noCompiler"));
  progress(message("fetchingCompiler"));
  const [compiler, env] = await fetchZig(folder);
  progress(message("compiling", "Zig"));
  if (!(await work(compileBy(compiler, env)))) throw new Trouble(message("noCompiler"));
  rmSync(join(folder, "zig"), { recursive: true, force: true });
}

/**
 * @param {string[]} compiler
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Compile}
 */
function compileBy([program = "", ...first], env = process.env) {
  return async (args) => (await run(program, [...first, ...args], { env, log: "compiler", timeout: 600 })).ok;
}

/**
 * @param {string} folder
 * @returns {Promise<[string[], NodeJS.ProcessEnv]>}
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
  return [[venvPython, "-m", "ziglang", "c++"], { ...zigEnv, ZIG_LOCAL_CACHE_DIR: join(target, "cache") }];
}
