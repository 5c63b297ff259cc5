import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { emptyFolder, pathWithNodeOnly, Project } from "./project.js";

let project: Project;
beforeAll(() => (project = new Project()));

const states = `
import { pythonReady } from "./venv.mjs";
import { kernelspecReady } from "./install.mjs";
console.log(pythonReady(), kernelspecReady());
`;

describe("a machine without Python", () => {
  it("is told what it lacks and what it can do without, after everything else is built", () => {
    const { status, error } = project.run("setup", { PATH: pathWithNodeOnly() });
    expect(status).toBe(1);
    expect(error).toMatch(
      /^Python 3\.10 or newer was not found.*TSLAB_GRADIENTS_PYTHON.*VS Code.*install --user[^\n]*$/,
    );
    expect(existsSync(project.path("dist/index.js"))).toBe(true);
  });

  it("is told in Chinese where the locale is Chinese", () => {
    const { status, error } = project.run("setup", { PATH: pathWithNodeOnly(), LANG: "zh_CN.UTF-8" });
    expect(status).toBe(1);
    expect(error).toMatch(/^未找到 Python 3\.10[^\n]*$/);
  });

  it("is told of a TSLAB_GRADIENTS_PYTHON that is none", () => {
    const { status, error } = project.run("setup", { TSLAB_GRADIENTS_PYTHON: process.execPath });
    expect(status).toBe(1);
    expect(error).toMatch(/^TSLAB_GRADIENTS_PYTHON is [^\n]*, which is not a Python 3\.10[^\n]*$/);
  });
});

describe(".venv", () => {
  it("is left alone where somebody else made it", () => {
    project.write(".venv/mine.txt", "precious");
    const { status, error } = project.run("setup");
    expect(status).toBe(1);
    expect(error).toMatch(/\.venv was not made by this set-up[^\n]*$/);
    expect(readFileSync(project.path(".venv/mine.txt"), "utf8")).toBe("precious");
    rmSync(project.path(".venv"), { recursive: true });
  });

  it("is made with its kernelspec", () => {
    const make =
      'await (await import("./venv.mjs")).makeVenv(); (await import("./install.mjs")).writeKernelspec();';
    expect(project.evaluate(make)).toEqual({ status: 0, out: "", error: "" });
    expect(project.evaluate(states).out).toBe("true true");
    const { argv, metadata, ...spec } = JSON.parse(
      readFileSync(project.path(".venv/share/jupyter/kernels/tslab/kernel.json"), "utf8"),
    );
    // JEP 66: from 5.5 on a client may start the kernel without ports.
    expect(spec).not.toHaveProperty("kernel_protocol_version");
    expect(argv).toEqual([
      process.execPath,
      project.path("src/setup/kernel.mjs"),
      "--config-path",
      "{connection_file}",
    ]);
    expect(metadata).toEqual({ "tslab-gradients": true, supported_encryption: "curve" });
  });

  it("counts as missing where its installation was interrupted, or the checkout moved", () => {
    const stamp = project.path(".venv/tslab-gradients.json");
    const text = readFileSync(stamp, "utf8");
    writeFileSync(stamp, text.replace('"made"', '"installing"'));
    expect(project.evaluate(states).out).toBe("false true");
    writeFileSync(stamp, text);
    const moved = `${emptyFolder()}/moved`;
    renameSync(project.folder, moved);
    project.folder = moved;
    expect(project.evaluate(states).out).toBe("false false");
  });
});
