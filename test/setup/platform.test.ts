// What Windows and macOS do otherwise, on whatever machine the tests run: the platform is told to what decides, or the whole
// program is made to take this machine for another one.
import { lstatSync, mkdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { installedBrowser } from "../../src/setup/browser.mjs";
import { dataFolders, isProgram, userFolder } from "../../src/setup/jupyterkernels.mjs";
import { shortened } from "../../src/setup/doctor/findings.mjs";
import { marks, word } from "../../src/setup/doctor/wording.mjs";
import { inChinese } from "../../src/setup/messages.mjs";
import * as platform from "../../src/setup/platform.mjs";
import { findPython } from "../../src/setup/venv.mjs";
import { link } from "../../src/setup/files.mjs";
import { isInUse } from "../../src/setup/trouble.mjs";
import { slashed } from "../../src/kernel/packages.js";
import { folderWith, pretending } from "./pretend.js";
import { checkout, emptyFolder, Project } from "./project.js";

describe("on Windows", () => {
  it("a virtual environment has its programs in Scripts", () => {
    expect(platform.venvLayout("/v", "win32")).toEqual({
      programs: join("/v", "Scripts"),
      python: join("/v", "Scripts", "python.exe"),
    });
    expect(platform.venvLayout("/v", "darwin").python).toBe(join("/v", "bin", "python"));
  });

  it("Python is asked of its launcher first, which knows what is installed", async () => {
    const py = folderWith("py", `[ "$1" = -3 ] && echo 3.12 whole`);
    expect(await findPython({ PATH: `${py}${delimiter}${process.env.PATH}` }, "win32")).toEqual(["py", "-3"]);
  });

  it("npm is found beside the batch file on the PATH, which Node cannot start", () => {
    const env = { PATH: ["/a", "/b"].join(delimiter), npm_execpath: "/npm/bin/npx-cli.js" };
    const [caller, ...others] = platform.npmPrograms(env, "/node/node.exe", "win32");
    // As npx names itself, and npm lies beside it.
    expect(caller).toBe(join("/npm/bin", "npm-cli.js"));
    const below = join("node_modules", "npm", "bin", "npm-cli.js");
    expect(others[0]).toBe(join("/node", below));
    expect(others.slice(-2)).toEqual([join("/a", below), join("/b", below)]);
    expect(platform.npmPrograms({ PATH: "/a" }, "/n/bin/node", "linux")).toEqual([
      join("/n/bin", below),
      join("/n/lib", below),
    ]);
  });

  it("npm's cache is where Windows keeps such things", () => {
    expect(platform.npmCache({ LOCALAPPDATA: "/local" }, "win32")).toBe(join("/local", "npm-cache"));
    expect(platform.npmCache({ npm_config_cache: "/named" }, "win32")).toBe("/named");
    expect(platform.npmCache({ LOCALAPPDATA: "/local" }, "linux")).toBe(join(homedir(), ".npm"));
  });

  it("variables have their names", () => {
    expect(platform.homeVariable("win32")).toBe("USERPROFILE");
    expect(platform.homeVariable("darwin")).toBe("HOME");
    expect(platform.temporaryVariables("win32")).toEqual(["TEMP", "TMP"]);
    expect(platform.temporaryVariables("linux")[0]).toBe("TMPDIR");
  });

  it("a folder for temporary files that is none is told of by that name, and done without", () => {
    const project = new Project();
    const env = { ...pretending("win32"), TEMP: join(project.cache, "none") };
    const { error, out } = project.evaluate(
      `console.log((await import("./trouble.mjs")).mendTemporaryFolder(), process.env.TEMP, process.env.TMP);`,
      env,
    );
    const own = join(project.cache, "temporary");
    expect({ error, out }).toEqual({
      error: "",
      out: `The folder for temporary files, ${env.TEMP} (TEMP), is missing or cannot be written; ${own} is used in its place. ${own} ${own}`,
    });
  });

  it("programs may end in .cmd", () => {
    const env = { PATH: folderWith("tslab.cmd", "") };
    expect(isProgram("tslab", env, "win32")).toBe(true);
    expect(isProgram("tslab", env, "linux")).toBe(false);
  });

  it("a browser is in the folders for programs, and is not started to see whether it runs", () => {
    const programs = emptyFolder();
    const edge = join(programs, "Microsoft", "Edge", "Application", "msedge.exe");
    mkdirSync(dirname(edge), { recursive: true });
    writeFileSync(edge, "");
    const env = { "PROGRAMFILES(X86)": programs };
    expect(installedBrowser(env, "win32")).toEqual({ executablePath: edge, env: {} });
    expect(installedBrowser({}, "win32")).toBeUndefined();
  });

  it("folders are linked by junctions, with absolute targets; files where links are allowed, else copied", () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, "file"), "content");
    link(folder, join(folder, "in", "junction"), "win32");
    expect(readlinkSync(join(folder, "in", "junction"))).toBe(folder);
    link(join(folder, "file"), join(folder, "linked"), "win32");
    expect(lstatSync(join(folder, "linked")).isSymbolicLink()).toBe(true);
    // Without developer mode.
    const { out, error } = new Project().evaluate(
      `import fs from "node:fs";
       import { syncBuiltinESMExports } from "node:module";
       fs.symlinkSync = () => { throw Object.assign(new Error("EPERM"), { code: "EPERM" }); };
       syncBuiltinESMExports();
       const { link } = await import("./files.mjs");
       link(${JSON.stringify(join(folder, "file"))}, ${JSON.stringify(join(folder, "copied"))});
       console.log(fs.lstatSync(${JSON.stringify(join(folder, "copied"))}).isSymbolicLink());`,
      pretending("win32"),
    );
    expect({ out, error }).toEqual({ out: "false", error: "" });
    expect(readFileSync(join(folder, "copied"), "utf8")).toBe("content");
  });

  it("a library that a kernel has loaded is in use, not unwritable", () => {
    expect(isInUse("EPERM", "C:\\nb\\kernels.node", "win32")).toBe(true);
    expect(isInUse("EBUSY", "C:\\nb\\dist", "win32")).toBe(true);
    expect(isInUse("EPERM", "C:\\nb\\package.json", "win32")).toBe(false);
    expect(isInUse("EPERM", "/nb/kernels.node", "linux")).toBe(false);
    const told = `console.log((await import("./trouble.mjs")).explained({ code: "EPERM", path: "kernels.node" }).message);`;
    expect(new Project().evaluate(told, pretending("win32")).out).toBe(
      "kernels.node is in use: close the notebooks, JupyterLab and VS Code that use it, then run this again.",
    );
  });

  it("paths that are too long are told of, as pip tells of them", () => {
    const project = new Project();
    // pip's hint, word for word.
    const hint =
      "HINT: This error might have occurred since this system does not have Windows Long Path support enabled. You can find information on how to enable this at https://pip.pypa.io/warnings/enable-long-paths";
    project.write(
      ".venv/bin/python",
      `#!/bin/sh\necho "ERROR: Could not install packages"\necho "${hint}"\nexit 1\n`,
    );
    const { out } = project.evaluate(
      `import { chmodSync } from "node:fs";
       import { venvPython, root } from "./paths.mjs";
       chmodSync(venvPython, 0o755);
       const { pip } = await import("./registries.mjs");
       await pip(["install", "x"]).catch((error) => console.log(error.message));`,
    );
    expect(out).toBe(
      `Windows lets a path be 260 characters long, and those in ${project.folder} would be longer: move the folder nearer to the drive's root, or enable long paths in Windows, then run this again.`,
    );
  });

  it("Jupyter's folders are Windows's", () => {
    expect(userFolder({ APPDATA: "/roaming" }, "win32")).toBe(join("/roaming", "jupyter"));
    expect(userFolder({}, "win32")).toBe(join(homedir(), ".jupyter", "data"));
    const env = { APPDATA: "/roaming", PROGRAMDATA: "/all", JUPYTER_USE_PROGRAMDATA: "1" };
    expect(dataFolders(undefined, { platform: "win32", env })).toEqual([
      join("/roaming", "jupyter"),
      join("/roaming", "Python", "share", "jupyter"),
      join("/all", "jupyter"),
    ]);
  });

  it("paths stay whole in doctor's lines, and as they are", () => {
    for (const path of ["c:\\a b\\c", "D:/a b", "\\\\server\\share", "/a"])
      expect(word("venvGone", path)).toContain(`${marks[0]}${path}${marks[1]}`);
    const text = `in ${homedir()}/notebooks`;
    expect(shortened(text, "win32")).toBe(text);
    expect(shortened(text, "darwin")).toBe("in ~/notebooks");
  });

  it("TypeScript's paths have slashes", () => {
    expect(slashed("C:\\我的 notebooks\\a", "win32")).toBe("C:/我的 notebooks/a");
    // A backslash is a letter of a name elsewhere.
    expect(slashed("/a\\b", "linux")).toBe("/a\\b");
  });

  it("kernels are compiled by the compiler that is fetched, and linked to a list of Node's functions", () => {
    expect(platform.compilers("cl", true, "win32")).toEqual([]);
    const names = "node_api.def";
    const library = join("/t", "node.lib");
    expect(platform.addonLinking("/t", names, "win32", "arm64")).toEqual({
      flags: [library],
      made: ["-m", "arm64", "-D", "node.exe", "-d", names, "-l", library],
    });
    expect(platform.addonLinking("/t", names, "win32", "x64").made?.[1]).toBe("i386:x86-64");
  });

  it("files are checked out as they are elsewhere", () => {
    expect(readFileSync(join(checkout, ".gitattributes"), "utf8")).toMatch(/^\* text=auto eol=lf$/m);
  });
});

describe("on a Mac", () => {
  it("a browser is among the applications", () => {
    const places = platform.browserPlaces({}, "darwin");
    expect(places[0]).toBe("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
    expect(places).toContain(join(homedir(), "Applications/Chromium.app/Contents/MacOS/Chromium"));
  });

  it("Jupyter's folder is in the user's library", () => {
    expect(userFolder({}, "darwin")).toBe(join(homedir(), "Library", "Jupyter"));
    const env = { JUPYTER_PLATFORM_DIRS: "1" };
    expect(dataFolders(undefined, { platform: "darwin", env })).toEqual([
      join(homedir(), "Library", "Application Support", "jupyter"),
      "/Library/Application Support/jupyter",
    ]);
  });

  it("compilers are called only where Apple's tools are there: stubs would open a window", () => {
    expect(platform.compilers(undefined, true, "darwin")[0]).toEqual(["c++"]);
    expect(platform.compilers("/opt/clang++ -v", false, "darwin")).toEqual([["/opt/clang++", "-v"]]);
    expect(platform.addonLinking("/t", "", "darwin")).toEqual({ flags: ["-undefined", "dynamic_lookup"] });
  });
});

it.each(["win32", "darwin"] as const)(
  "the system's own language counts where no variable names one: %s",
  (name) => {
    expect(inChinese({}, name, () => "zh-Hans-CN")).toBe(true);
    expect(inChinese({}, name, () => "en-GB")).toBe(false);
    expect(inChinese({ LANG: "en_US.UTF-8" }, name, () => "zh-Hans-CN")).toBe(false);
    expect(inChinese({}, "linux", () => "zh-Hans-CN")).toBe(false);
  },
);
