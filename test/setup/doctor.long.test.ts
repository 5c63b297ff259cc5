import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { dataFolders } from "../../src/setup/jupyterkernels.mjs";
import { type Told, ours, someone, tell, writeSpec } from "./doctor";
import { Project, checkout, emptyFolder } from "./project";

const like = (pattern: RegExp): string => expect.stringMatching(pattern) as string;
const inCheckout = join(checkout, "src/setup/doctor.mjs");

describe("doctor starts every kernel", () => {
  const user = someone();
  const { JUPYTER_DATA_DIR: jupyter } = user;
  const pidFile = join(user.HOME, "pid");
  const node = (program: string): object => ({
    argv: [process.execPath, "-e", program],
    language: "typescript",
  });
  const silent = `require("fs").writeFileSync(${JSON.stringify(pidFile)}, String(process.pid));
    process.on("SIGTERM", () => {}); setInterval(() => {}, 1000);`;
  /** A tslab-gradients elsewhere whose launcher is a program of ours. */
  const elsewhere = (program: string): object => {
    const place = emptyFolder();
    mkdirSync(join(place, "src/setup"), { recursive: true });
    writeFileSync(join(place, "src/setup/kernel.mjs"), program);
    return ours(place);
  };
  const specs = {
    works: writeSpec(jupyter, "works", ours(checkout)),
    again: writeSpec(jupyter, "again", ours(checkout)),
    dies: writeSpec(jupyter, "dies", elsewhere(`throw new Error("nothing to start");`)),
    foreign: writeSpec(jupyter, "foreign", node(silent)),
    silent: writeSpec(jupyter, "silent", elsewhere("setInterval(() => {}, 1000);")),
    stock: writeSpec(jupyter, "stock", {
      argv: [
        process.execPath,
        join(checkout, "node_modules/tslab/bin/tslab"),
        "kernel",
        "--config-path",
        "{connection_file}",
      ],
      language: "typescript",
    }),
  };
  let told: Told;
  beforeAll(async () => {
    told = await tell(inCheckout, user, ["--json", "--timeout", "8"]);
  });

  it("and tells in how many milliseconds they answer", () => {
    for (const folder of [specs.works, specs.again]) {
      expect(told.kernel(folder)).toMatchObject({
        state: "ok",
        detail: like(/^this package, answers in \d+ ms, runs a first cell after \d+ ms; /),
        facts: { implementation: "tslab-gradients", owner: "this" },
      });
    }
    // One command is started once.
    expect(told.kernel(specs.again)?.facts.milliseconds).toBe(told.kernel(specs.works)?.facts.milliseconds);
    expect(told.kernel(specs.stock)).toMatchObject({ state: "ok", detail: like(/^stock tslab, answers in/) });
  });

  it("and tells which end or never answer, and leaves none of them behind", () => {
    expect(told.kernel(specs.dies)).toMatchObject({
      state: "broken",
      detail: like(/: ends at start: Error: nothing to start; /),
      advice: like(/^Run “npx tslab-gradients doctor” in /),
    });
    expect(told.kernel(specs.silent)).toMatchObject({
      state: "broken",
      detail: like(/: does not answer within 8 s; /),
      advice: like(/--timeout 32”/),
    });
    expect(told.kernel(specs.foreign)).toMatchObject({ state: "optional", facts: { owner: "other" } });
    expect(() => process.kill(Number(readFileSync(pidFile, "utf8")), 0)).toThrow();
    expect(told.status).toBe(1);
  });
});

it("knows Jupyter's folders as Jupyter itself does", () => {
  const user = someone();
  const venv = join(checkout, ".venv");
  const python = join(venv, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  for (const more of [
    {},
    { JUPYTER_PREFER_ENV_PATH: "0" },
    { JUPYTER_PATH: "/a:/b" },
    { JUPYTER_DATA_DIR: "" },
  ]) {
    const env = { ...process.env, ...user, ...more };
    const code =
      "import json; from jupyter_core.paths import jupyter_path; print(json.dumps(jupyter_path()))";
    const said = JSON.parse(execFileSync(python, ["-c", code], { env, encoding: "utf8" })) as string[];
    const before = process.env.HOME;
    process.env.HOME = user.HOME;
    const folders = dataFolders(venv, { env, platform: process.platform });
    process.env.HOME = before;
    expect(folders).toEqual([...new Set(said)]);
  }
});

it("mends a checkout with set-up's missing steps, of which its answer holds nothing", async () => {
  const project = new Project();
  const user = someone();
  const gone = join(emptyFolder(), "moved");
  project.write(".venv/tslab-gradients.json", JSON.stringify({ root: gone, state: "ready" }));
  const spec = writeSpec(project.path(".venv/share/jupyter"), "tslab", ours(gone));
  const program = project.path("src/setup/doctor.mjs");
  const { of, kernel, error, checks } = await tell(program, project.environment(user), ["--json", "--fix"]);
  expect(error).toContain("Build: done in");
  expect(existsSync(project.path("dist/index.js"))).toBe(true);
  expect(checks.length).toBeGreaterThan(15);
  // Its clone has no JupyterLab to install; where it is has been put right.
  expect(of("JupyterLab")?.detail).not.toContain(gone);
  expect(kernel(spec)?.detail).not.toContain(gone);
});

describe("doctor of a copy that npm might have installed", () => {
  const user = someone();
  const lessons = join(emptyFolder(), "我的 lessons");
  const folder = join(lessons, "node_modules", "tslab-gradients");
  const program = join(folder, "src/setup/doctor.mjs");
  const run = (args?: string[], more: NodeJS.ProcessEnv = {}): Promise<Told> => {
    const env = { ...user, TSLAB_GRADIENTS_CACHE: join(user.HOME, "cache"), TSLAB_GRADIENTS_NATIVE: "0" };
    return tell(program, { ...env, ...more }, args, { cwd: lessons });
  };

  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    for (const name of ["dist", "src/setup", "package.json", "requirements.txt"])
      cpSync(join(checkout, name), join(folder, name), { recursive: true });
    writeFileSync(join(lessons, "package.json"), "{}");
    const { dependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
      dependencies: Record<string, string>;
    };
    for (const name of [...Object.keys(dependencies), "@tensorflow/tfjs-core"]) {
      mkdirSync(join(lessons, "node_modules", name, ".."), { recursive: true });
      const link = join(lessons, "node_modules", name);
      if (!existsSync(link)) symlinkSync(realpathSync(join(checkout, "node_modules", name)), link);
    }
    execFileSync(process.execPath, [join(folder, "dist/cli.js"), "install"], {
      env: { ...process.env, ...user },
    });
  });

  it("finds nothing to mend, nor calls for what nobody asked for", async () => {
    const { checks, status, of } = await run();
    expect(checks.filter(({ state }) => state === "missing" || state === "broken")).toEqual([]);
    expect(status).toBe(0);
    expect(of("Plotly's renderer")).toMatchObject({ state: "ok", detail: like(/^SVG and PNG in \d+ ms$/) });
    expect(of("ZeroMQ")).toMatchObject({ state: "ok" });
    expect(of("native TensorFlow")).toMatchObject({ state: "optional", detail: like(/^not wanted: /) });
    expect(of("Jupyter's choice")).toMatchObject({ state: "ok" });
    const text = (await run([])).out;
    expect(text).toMatch(/\nAll is well\.\n$/);
  });

  it("says which TensorFlow.js cells get, and which of the project's is not used", async () => {
    const other = emptyFolder();
    const own = join(other, "node_modules/@tensorflow/tfjs");
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, "package.json"), '{ "version": "3.21.0" }');
    const { of } = await tell(program, user, ["--json"], { cwd: other });
    expect(of("cells' TensorFlow.js")).toMatchObject({
      state: "ok",
      detail: like(/^4\.22\.0, in .*; not used: @tensorflow\/tfjs 3\.21\.0, /),
      facts: { unused: [{ package: "@tensorflow/tfjs", version: "3.21.0" }] },
    });
    const project = join(other, "node_modules/tslab-gradients");
    mkdirSync(project);
    writeFileSync(join(project, "package.json"), '{ "version": "9.9.9" }');
    const broken = await tell(program, user, ["--json"], { cwd: other });
    expect(broken.of("cells' tslab-gradients")).toMatchObject({
      state: "broken",
      facts: { version: "9.9.9" },
    });
    mkdirSync(join(project, "dist"));
    writeFileSync(join(project, "dist/index.js"), "");
    const brought = await tell(program, user, ["--json"], { cwd: other });
    expect(brought.of("cells' tslab-gradients")).toMatchObject({
      state: "ok",
      detail: `9.9.9 of the project, in ${project}`,
    });
  });

  it("tells of missing packages, parts of the build and fonts with advice for npm", async () => {
    const aside = emptyFolder();
    const without = async (path: string): Promise<Told> => {
      renameSync(path, join(aside, "part"));
      try {
        return await run();
      } finally {
        renameSync(join(aside, "part"), path);
      }
    };
    const packages = await without(join(lessons, "node_modules/zeromq"));
    expect(packages.of("npm packages")).toMatchObject({ state: "missing", advice: "Run “npm install”." });
    expect(packages.of("ZeroMQ")).toMatchObject({ state: "broken" });
    const again = `Delete ${folder}, then run “npm install” in ${lessons}.`;
    const fonts = await without(join(folder, "dist/fonts"));
    expect(fonts.of("fonts")).toMatchObject({ state: "missing", advice: again });
    const build = await without(join(folder, "dist"));
    expect(build.of("build")).toMatchObject({ state: "missing", advice: again });
    expect(build.kernel(join(user.JUPYTER_DATA_DIR, "kernels/tslab"))).toMatchObject({
      state: "broken",
      detail: like(/ends at start: The kernel cannot start because the build \(dist\) is missing/),
    });
    const painter = await without(join(folder, "dist/figures/still/painter.bundle.js"));
    expect(painter.of("Plotly's renderer")).toMatchObject({ state: "broken", detail: like(/^no picture: /) });
  });

  it("mends the kernelspecs of a copy that was moved, and no other program's", async () => {
    const moved = writeSpec(user.JUPYTER_DATA_DIR, "moved", ours(join(lessons, "gone")));
    const stock = '{"argv": ["/nowhere/tslab", "kernel"], "language": "typescript"}';
    const foreign = writeSpec(user.JUPYTER_DATA_DIR, "foreign", stock);
    const extension = join(user.JUPYTER_DATA_DIR, "labextensions/tslab-gradients");
    rmSync(extension);
    const before = await run();
    expect(before.kernel(moved)).toMatchObject({ state: "broken", fixable: true });
    expect(before.of("JupyterLab extension")).toMatchObject({ state: "missing", fixable: true });
    const { kernel, of, status, error } = await run(["--json", "--fix"]);
    expect(status).toBe(0);
    expect(error).toContain(`Wrote ${join(moved, "kernel.json")}.`);
    expect(kernel(moved)).toMatchObject({ state: "ok" });
    expect(of("JupyterLab extension")).toMatchObject({ state: "ok" });
    expect(existsSync(join(extension, "package.json"))).toBe(true);
    expect(readFileSync(join(foreign, "kernel.json"), "utf8")).toBe(stock);
    // What nobody asked for is not set up.
    expect(existsSync(join(lessons, ".venv"))).toBe(false);
  });
});
