import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { dataFolders, jupyters } from "../../src/setup/jupyterkernels.mjs";
import { columnsOf, report } from "../../src/setup/doctor/findings.mjs";
import { type Told, ours, someone, tell, writeSpec } from "./doctor";
import { emptyFolder, Project } from "./project";

const like = (pattern: RegExp): string => expect.stringMatching(pattern) as string;
const memory = "node_modules/.cache/tslab-gradients";
const doctorOf = (project: Project): string => project.path("src/setup/doctor.mjs");

describe("doctor in a checkout where much is broken", () => {
  const user = someone();
  const project = new Project();
  const gone = join(emptyFolder(), "moved");
  const system = emptyFolder();
  let told: Told;
  const specs = {
    moved: writeSpec(user.JUPYTER_DATA_DIR, "Moved", ours(gone)),
    node: writeSpec(user.JUPYTER_DATA_DIR, "old-node", ours(project.folder, join(gone, "node"))),
    stock: writeSpec(user.JUPYTER_DATA_DIR, "tslab", {
      argv: [join(gone, "tslab"), "kernel", "--config-path", "{connection_file}"],
      language: "typescript",
    }),
    hidden: writeSpec(system, "tslab", ours(project.folder)),
    unreadable: writeSpec(system, "typescript-broken", "{"),
    python: writeSpec(user.JUPYTER_DATA_DIR, "python3", { argv: ["python", "-m"], language: "python" }),
  };

  beforeAll(async () => {
    project.write(
      "package.json",
      '{ "name": "tslab-gradients", "dependencies": { "no-such-package": "1" } }',
    );
    project.write("node_modules/@tensorflow/tfjs-node/package.json", '{ "version": "0" }');
    project.write(`${memory}/native.json`, '{ "works": "v18.0.0 1@1" }');
    project.write(`${memory}/kernels.json`, '{ "sources": "0", "failed": 1, "reason": "no compiler" }');
    // Made for the place where the checkout was.
    project.write(".venv/tslab-gradients.json", JSON.stringify({ root: gone, state: "ready" }));
    const env = project.environment({
      ...user,
      TSLAB_GRADIENTS_NATIVE: "",
      TSLAB_GRADIENTS_BROWSER: join(gone, "chrome"),
      JUPYTER_PREFER_ENV_PATH: "0",
      TMPDIR: join(gone, "tmp"),
      PATH: "",
      JUPYTER_PATH: "",
    });
    mkdirSync(project.path(".venv/share/jupyter"), { recursive: true });
    renameSync(join(system, "kernels"), project.path(".venv/share/jupyter/kernels"));
    told = await tell(doctorOf(project), env);
  });

  it("tells what is missing, and ends with 1", () => {
    expect(told.error).toBe("");
    expect(told.status).toBe(1);
    const run = `Run “npm run setup” in ${project.folder}.`;
    expect(told.of("npm packages")).toMatchObject({
      state: "missing",
      detail: "missing: no-such-package",
      advice: run,
      fixable: true,
    });
    expect(told.of("build")).toMatchObject({ state: "missing", advice: run });
    expect(told.of("fonts")).toMatchObject({ state: "missing" });
    expect(told.of("Plotly's renderer")).toMatchObject({ state: "missing", advice: run });
    expect(told.of("ZeroMQ")).toMatchObject({ state: "broken", detail: like(/Cannot find module 'zeromq'/) });
    expect(told.of("Node.js")).toMatchObject({ state: "ok", facts: { version: process.version } });
  });

  it("tells of a temporary folder that is not there, and of a browser", () => {
    expect(told.of("temporary folder")).toMatchObject({
      state: "broken",
      detail: `${join(gone, "tmp")} cannot be written (ENOENT)`,
      advice: "Make the folder, or set TMPDIR to one that you can write.",
    });
    expect(told.of("browser")).toMatchObject({ state: "broken", advice: "Correct or unset it." });
  });

  it("tells of an environment that was made elsewhere, and of a missing Python", () => {
    expect(told.of("Python")).toMatchObject({
      state: "missing",
      detail: like(/Python 3\.10 or newer was not found/),
    });
    expect(told.of("Python")?.advice).toMatch(/^Install Python 3\.10 or newer/);
    expect(told.of("JupyterLab")).toMatchObject({
      state: "broken",
      detail: `${project.path(".venv")} was made for ${gone}, and this is ${project.folder}`,
    });
  });

  it("tells of a Node upgraded under native TensorFlow, and of kernels that did not compile", () => {
    expect(told.of("native TensorFlow")).toMatchObject({
      state: "broken",
      detail: like(
        new RegExp(`^built for Node.js v18.0.0, and this is ${process.version}; it does not load: `),
      ),
      fixable: true,
    });
    expect(told.of("compiled kernels")).toMatchObject({
      state: "optional",
      detail: "no compiler (tried 1970-01-01 00:00)",
    });
  });

  it("tells of kernelspecs whose paths are gone, and of another program's", () => {
    expect(told.kernel(specs.moved)).toMatchObject({
      state: "broken",
      detail: like(/ is gone: that tslab-gradients was moved or removed/),
      advice: `Run “node dist/cli.js install --name moved” in ${project.folder}.`,
      fixable: true,
    });
    expect(told.kernel(specs.node)).toMatchObject({
      state: "broken",
      detail: like(/its Node.js was removed/),
    });
    expect(told.kernel(specs.stock)).toMatchObject({
      state: "optional",
      detail: like(/^stock tslab: its program is gone/),
      fixable: false,
    });
    expect(told.kernel(specs.python)).toBeUndefined();
  });

  it("tells which of two kernelspecs of one name wins", () => {
    expect(told.of("Jupyter's choice")).toMatchObject({
      state: "broken",
      detail: `.venv's Jupyter takes ${specs.stock} for “tslab”, which hides ${project.path(
        ".venv/share/jupyter/kernels/tslab",
      )}`,
      advice: like(/“node dist\/cli.js install --name tslab-gradients”/),
    });
  });
});

describe("doctor in an installed package", () => {
  const installed = (): { project: Project; folder: string } => {
    const project = new Project();
    const folder = join(emptyFolder(), "我的 lessons", "node_modules", "tslab-gradients");
    mkdirSync(join(folder, ".."), { recursive: true });
    rmSync(project.path("tsconfig.build.json"));
    renameSync(project.folder, folder);
    project.folder = folder;
    return { project, folder };
  };

  it.skipIf(process.getuid?.() !== 0)(
    "advises what exists there, whoever's home is not readable",
    async () => {
      const { project, folder } = installed();
      const home = join(folder, "..", "..");
      const user = someone();
      const secret = emptyFolder();
      // Another user may not look into it.
      chmodSync(secret, 0o700);
      project.write("../../package.json", "{}");
      const env = project.environment({
        ...user,
        HOME: secret,
        JUPYTER_DATA_DIR: "",
        TSLAB_GRADIENTS_NATIVE: "",
      });
      const told = await tell(doctorOf(project), env, ["--json"], { uid: 65534 });
      expect(told.error).toBe("");
      expect(told.status).toBe(1);
      expect(told.of("home folder")).toMatchObject({
        state: "broken",
        detail: `${secret} cannot be read (EACCES)`,
        advice: like(/^Make it yours/),
      });
      expect(told.checks.some(({ name, detail }) => name === "kernelspec" && /EACCES/.test(detail))).toBe(
        true,
      );
      expect(told.of("build")?.advice).toBe(`Delete ${folder}, then run “npm install” in ${home}.`);
      for (const name of ["JupyterLab", "native TensorFlow", "compiled kernels", "browser"])
        expect(told.of(name)?.state, name).toBe("optional");
      expect(told.of("native TensorFlow")?.advice).toBe(
        `Good for wide networks, which WebAssembly computes slower. Run “npx tslab-gradients setup” in ${home}.`,
      );
      // Nothing is put into node_modules by hand, and nothing of a checkout is named.
      for (const { advice } of told.checks)
        expect(advice).not.toMatch(/npm run|dist\/cli|in \S*node_modules/);
    },
  );
});

it("refuses what it does not know", async () => {
  const project = new Project();
  for (const args of [["--jsn"], ["--timeout", "soon"], ["more"]]) {
    const { status, out, error } = await tell(doctorOf(project), project.environment(), args);
    expect({ status, out }).toEqual({ status: 2, out: "" });
    expect(error).toMatch(/^tslab-gradients: .*\n$/);
  }
});

it.skipIf(process.platform === "win32")("runs in a folder that was removed", () => {
  const project = new Project();
  const folder = emptyFolder();
  const command = `rmdir "${folder}" && exec "${process.execPath}" "${doctorOf(project)}"`;
  const env = project.environment({ ...someone(), LANG: "zh_CN.UTF-8" });
  const { status, stdout, stderr } = spawnSync("sh", ["-c", command], { cwd: folder, env, encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
  expect(stdout).toMatch(/^损坏 +当前文件夹 +已被移除\n +→ 请切换到存在的文件夹。$/m);
});

describe("Jupyter's folders", () => {
  const home = emptyFolder();
  const venv = emptyFolder();
  const linux = (env: NodeJS.ProcessEnv) => ({
    env: { JUPYTER_DATA_DIR: home, ...env },
    platform: "linux" as const,
  });
  const systems = ["/usr/local/share/jupyter", "/usr/share/jupyter"];

  it("come in Jupyter's own order", () => {
    const env = { PYTHONNOUSERSITE: "1", JUPYTER_PATH: "/a:/b" };
    const own = join(venv, "share/jupyter");
    expect(dataFolders(venv, linux(env))).toEqual(["/a", "/b", home, own, ...systems]);
    expect(dataFolders(venv, linux({ ...env, JUPYTER_PREFER_ENV_PATH: "1" }))).toEqual([
      ...["/a", "/b", own, home],
      ...systems,
    ]);
    const user = { platform: "win32" as const, env: { APPDATA: "/roaming", PYTHONNOUSERSITE: "1" } };
    expect(dataFolders("/python", user)).toEqual(["/roaming/jupyter", "/python/share/jupyter"]);
  });

  it("are those of .venv, and of the environment that is active", () => {
    const active = emptyFolder();
    const found = jupyters(venv, linux({ VIRTUAL_ENV: active, PATH: "" }));
    expect(found.map(({ prefix }) => prefix)).toEqual([venv, active]);
    // Its own start prefers what is its own.
    expect(found[0]?.folders[0]).toBe(join(venv, "share/jupyter"));
    expect(jupyters(join(venv, "none"), linux({ PATH: "" })).map(({ prefix }) => prefix)).toEqual([
      undefined,
    ]);
  });
});

describe("the report", () => {
  const advice = "Run “npx tslab-gradients install --prefix /somewhere/else/that/is/long” in /home/somebody.";
  const facts = {};
  it("is readable on 80 columns, and says at its end how many things there are to mend", () => {
    const text = report(
      [
        { name: "build", state: "ok", detail: "of these sources", advice: "", facts },
        { name: "kernelspec", state: "missing", detail: "no ".repeat(60).trim(), advice, facts },
        { name: "browser", state: "optional", detail: "none", advice: "", facts },
      ],
      "npx tslab-gradients doctor --fix",
    );
    expect(text).toMatch(/^ok +Build +of these sources\nmissing +Kernel +no no/);
    expect(text).toContain("“npx tslab-gradients install --prefix /somewhere/else/that/is/long”");
    expect(text).toMatch(/\n\n1 thing to mend\.\n$/);
    for (const line of text.split("\n")) expect(columnsOf(line)).toBeLessThanOrEqual(80);
  });

  it("knows that Chinese characters are two columns wide", () => {
    expect(columnsOf("内核 ok，")).toBe(9);
  });
});
