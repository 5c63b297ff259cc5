// @ts-check
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
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

/**
 * Compiles tfjs-node's binding against folder/include and folder/lib into folder/tfjs_binding.node, and beside it the
 * addon that lets TensorFlow load in silence.
 * @param {string} tfjsNode the package's own folder
 * @param {string} folder
 * @param {import("./say.mjs").Progress} progress
 */
export async function compileBinding(tfjsNode, folder, progress) {
  const named = process.env.CXX?.split(" ").filter(Boolean) ?? [];
  const usual = [["c++"], ["g++"], ["clang++"]];
  for (const compiler of named.length > 0 ? [named, ...usual] : usual) {
    progress(message("compiling", compiler.join(" ")));
    if (await compile(compiler, tfjsNode, folder)) return;
  }
  progress(message("fetchingCompiler"));
  const [compiler, env] = await fetchZig(folder);
  progress(message("compiling", "Zig"));
  if (!(await compile(compiler, tfjsNode, folder, env))) throw new Trouble(message("noCompiler"));
  rmSync(join(folder, "zig"), { recursive: true, force: true });
}

/**
 * @param {string[]} compiler
 * @param {string} tfjsNode
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} [env]
 */
async function compile([program = "", ...first], tfjsNode, folder, env = process.env) {
  const headers = join(dirname(require.resolve("node-api-headers/package.json")), "include");
  const sources = ["tfjs_backend.cc", "tfjs_binding.cc"].map((name) => join(tfjsNode, "binding", name));
  // Node-API alone, so that one binding serves every Node; its functions are there once Node has loaded it.
  const flags = ["-O2", "-shared", "-fPIC", "-std=c++17", "-DNAPI_VERSION=8", "-w", "-I", headers];
  const libraries = [
    "-ltensorflow",
    "-ltensorflow_framework",
    "-Wl,-rpath,$ORIGIN/lib:$ORIGIN/../../deps/lib",
  ];
  const paths = ["-I", join(folder, "include"), "-L", join(folder, "lib")];
  const build = async (/** @type {string} */ name, /** @type {string[]} */ ...args) =>
    (
      await run(program, [...first, ...flags, ...args, "-o", join(folder, name)], {
        env,
        log: "compiler",
        timeout: 600,
      })
    ).ok;
  return (
    (await build("tfjs_binding.node", ...paths, ...sources, ...libraries)) &&
    (await build("quiet.node", fileURLToPath(new URL("quiet.cc", import.meta.url))))
  );
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
  await pip(["install", ...args, "--target", target, "-r", requirement], { log: "zig", env });
  /** @type {NodeJS.ProcessEnv} */
  const zigEnv = { ...pythonEnvironment(), PYTHONPATH: target, ZIG_GLOBAL_CACHE_DIR: join(target, "cache") };
  return [[venvPython, "-m", "ziglang", "c++"], { ...zigEnv, ZIG_LOCAL_CACHE_DIR: join(target, "cache") }];
}
