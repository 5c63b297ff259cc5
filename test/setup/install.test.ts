import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { install } from "../../src/setup/install.mjs";
import { userFolder } from "../../src/setup/jupyterkernels.mjs";
import { emptyFolder } from "./project.js";

describe("install", () => {
  let folder: string;
  beforeEach(() => void vi.stubEnv("JUPYTER_DATA_DIR", (folder = emptyFolder())));
  afterEach(() => void vi.unstubAllEnvs());
  const spec = (...parts: string[]) => JSON.parse(readFileSync(join(...parts, "kernel.json"), "utf8"));

  it("writes the kernelspec into the user's Jupyter folder, again and again", async () => {
    for (let time = 0; time < 2; time++) {
      expect(await install({ user: true })).toBe(join(folder, "kernels", "tslab"));
      expect(spec(folder, "kernels/tslab")).toMatchObject({
        language: "typescript",
        interrupt_mode: "message",
      });
    }
    expect(readdirSync(join(folder, "kernels"))).toEqual(["tslab"]);
  });

  it("writes JupyterLab's extension beside the kernels, again and again", async () => {
    const extension = join(folder, "labextensions", "tslab-gradients");
    for (let time = 0; time < 2; time++) {
      await install({ user: true });
      expect(JSON.parse(readFileSync(join(extension, "package.json"), "utf8"))).toMatchObject({
        name: "tslab-gradients",
      });
      expect(readdirSync(join(extension, "static")).join()).toMatch(/remoteEntry\.\w+\.js/);
    }
  });

  it("takes a prefix, an active environment and another name", async () => {
    expect(await install({ prefix: folder, name: "ts-2" })).toBe(join(folder, "share/jupyter/kernels/ts-2"));
    vi.stubEnv("VIRTUAL_ENV", folder);
    expect(await install({ sysPrefix: true })).toBe(join(folder, "share/jupyter/kernels/tslab"));
    vi.stubEnv("VIRTUAL_ENV", "");
    vi.stubEnv("CONDA_PREFIX", "");
    await expect(install({ sysPrefix: true })).rejects.toMatchObject({ exitCode: 2, message: /--prefix/ });
  });

  it("leaves a kernelspec of that name that it did not write, unless forced", async () => {
    const foreign = join(folder, "kernels/tslab");
    mkdirSync(foreign, { recursive: true });
    writeFileSync(join(foreign, "kernel.json"), '{"argv": ["tslab"], "metadata": {}}');
    writeFileSync(join(foreign, "logo.png"), "");
    await expect(install()).rejects.toMatchObject({
      exitCode: 2,
      message: `${foreign} is a kernelspec that tslab-gradients did not write: replace it with --force, or choose another name with --name.`,
    });
    expect(spec(foreign).argv).toEqual(["tslab"]);
    await install({ force: true });
    expect(spec(foreign).metadata).toEqual({ "tslab-gradients": true, supported_encryption: "curve" });
    expect(existsSync(join(foreign, "logo.png"))).toBe(false);
  });

  it.each(["", "a b", "../x", "..", "核"])("refuses the name %j", async (name) => {
    await expect(install({ name })).rejects.toMatchObject({ exitCode: 2, message: /kernel name/ });
    expect(readdirSync(folder)).toEqual([]);
  });

  it("says which folder cannot be written", async () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    await expect(install({ prefix: file })).rejects.toMatchObject({
      exitCode: 1,
      message: /file.* cannot be written/,
    });
  });

  it("knows each system's Jupyter folder", () => {
    expect(userFolder({ XDG_DATA_HOME: "/data" }, "linux")).toBe("/data/jupyter");
    expect(userFolder({}, "linux")).toMatch(/\/\.local\/share\/jupyter$/);
    expect(userFolder({}, "darwin")).toMatch(/\/Library\/Jupyter$/);
    expect(userFolder({ APPDATA: "/roaming" }, "win32")).toBe("/roaming/jupyter");
  });
});
