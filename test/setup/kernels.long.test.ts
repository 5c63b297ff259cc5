import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { type Addon, loadAddon } from "../../src/tensorflow/addon.js";
import { compileByZig } from "../../src/setup/compiler.mjs";
import { compileAll } from "../../src/setup/compiledkernels.mjs";
import { venvPython } from "../../src/setup/paths.mjs";
import { emptyFolder } from "./project";

/** Where the compiler lies, which compiles for other systems too. */
const zig = emptyFolder();
const cache = join(zig, "cache");
const env = {
  ...process.env,
  PYTHONPATH: zig,
  ZIG_GLOBAL_CACHE_DIR: cache,
  ZIG_LOCAL_CACHE_DIR: cache,
};

beforeAll(() => {
  const args = ["-m", "pip", "install", "--quiet", "--no-deps", "--target", zig, "ziglang==0.17.1"];
  const { status, stderr } = spawnSync(venvPython, args, { encoding: "utf8" });
  expect({ status, stderr: status === 0 ? "" : stderr }).toEqual({ status: 0, stderr: "" });
}, 600_000);

it("compiled here, they choose what the machine's own compiler has them choose", async () => {
  const folder = emptyFolder();
  expect(await compileAll(folder, compileByZig(venvPython, env))).toBe(true);
  const addon = loadAddon();
  const made = createRequire(import.meta.url)(join(folder, "kernels.node")) as Addon;
  for (const set of ["avx512", "avx2", "baseline"]) expect(made.use(set), set).toBe(addon!.use(set));
});

// The first bytes of each system's programs, and what tells the processor: the documents on PE and Mach-O.
const kinds = {
  win32: (file: Buffer) => {
    const at = file.readUInt32LE(0x3c);
    expect(file.toString("latin1", at, at + 4)).toBe("PE\0\0");
    return { 0x8664: "x64", 0xaa64: "arm64" }[file.readUInt16LE(at + 4)];
  },
  darwin: (file: Buffer) => {
    expect(file.readUInt32LE(0)).toBe(0xfeedfacf);
    return { 0x01000007: "x64", 0x0100000c: "arm64" }[file.readUInt32LE(4)];
  },
};

describe("the kernels' sources compile, with the flags of set-up there, for", () => {
  it.each([
    ["win32", "x64", "x86_64-windows-gnu"],
    ["darwin", "arm64", "aarch64-macos"],
  ] as const)("%s %s", async (platform, arch, target) => {
    const folder = emptyFolder();
    const compile = compileByZig(venvPython, env, ["-target", target]);
    expect(await compileAll(folder, compile, platform, arch)).toBe(true);
    expect(readdirSync(folder)).toEqual(["kernels.node"]);
    const file = readFileSync(join(folder, "kernels.node"));
    expect(kinds[platform](file)).toBe(arch);
    // Node finds its start by this name, and the sets of instructions are all in it.
    const text = file.toString("latin1");
    expect(text).toContain("napi_register_module_v1");
    for (const set of arch === "x64" ? ["baseline", "avx2", "avx512"] : ["baseline"])
      expect(text).toContain(set);
  });
});
