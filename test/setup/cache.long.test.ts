import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { devNull } from "node:os";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { cacheFolder } from "../../src/setup/paths.mjs";
import { inChinese } from "../../src/setup/messages.mjs";
import { checkout, Project } from "./project.js";

let project: Project;
beforeAll(() => (project = new Project()));

describe("the environment", () => {
  it("names the cache folder", () => {
    expect(cacheFolder({ TSLAB_GRADIENTS_CACHE: "/somewhere", XDG_CACHE_HOME: "/x" }, "linux")).toBe(
      "/somewhere",
    );
    expect(cacheFolder({ XDG_CACHE_HOME: "/x" }, "linux")).toBe("/x/tslab-gradients");
    expect(cacheFolder({}, "darwin")).toMatch(/\/Library\/Caches\/tslab-gradients$/);
    expect(cacheFolder({ LOCALAPPDATA: "/local" }, "win32")).toBe("/local/tslab-gradients/Cache");
  });

  it.each([
    [{ LANG: "zh_CN.UTF-8" }, true],
    [{ LANG: "en_US.UTF-8", LC_ALL: "zh_TW.UTF-8" }, true],
    [{ LANG: "en_US.UTF-8", LANGUAGE: "zh_CN:en" }, true],
    [{ LANG: "C.UTF-8", LANGUAGE: "zh_CN" }, false],
    [{ LANG: "zh_CN.UTF-8", LC_ALL: "C" }, false],
    [{ LANG: "en_US.UTF-8" }, false],
    [{ LANG: "en_US.UTF-8", TSLAB_GRADIENTS_LANGUAGE: "zh" }, true],
    [{ LC_ALL: "zh_CN.UTF-8", TSLAB_GRADIENTS_LANGUAGE: "en" }, false],
  ])("tells the language: %j", (env, chinese) => {
    expect(inChinese(env)).toBe(chinese);
  });

  it.each(["messages.mjs", "doctor/wording.mjs"])(
    "has Chinese punctuation in Chinese sentences: %s",
    (file) => {
      const text = readFileSync(join(checkout, "src/setup", file), "utf8");
      const sentences = text.match(/"[^"\n]*[\u4e00-\u9fff][^"\n]*"/g) ?? [];
      expect(sentences.length).toBeGreaterThan(50);
      // The name of npm's script keeps its colon.
      for (const sentence of sentences) expect(sentence.replace("test:long", "")).not.toMatch(/[,:;()!?]/);
    },
  );
});

describe("a lock", () => {
  const hold = (seconds: number) => `
    import { setTimeout } from "node:timers/promises";
    import { inCache } from "./paths.mjs";
    import { withLock } from "./lock.mjs";
    await withLock(inCache("locks", "test.lock"), async () => {
      console.log("in");
      await setTimeout(${seconds * 1000});
      console.log("out");
    });`;
  const lock = () => join(project.cache, "locks", "test.lock");

  it("lets one in at a time", async () => {
    project.write("src/setup/held.mjs", hold(0.5));
    const lines: string[] = [];
    const children = [1, 2, 3].map(() => {
      const child = spawn(process.execPath, [project.path("src/setup/held.mjs")], {
        env: project.environment(),
      });
      child.stdout.on("data", (data: Buffer) => lines.push(...String(data).trim().split("\n")));
      return once(child, "close");
    });
    await Promise.all(children);
    expect(lines.filter((line) => /^(in|out)$/.test(line))).toEqual(["in", "out", "in", "out", "in", "out"]);
    expect(lines.filter((line) => line.startsWith("Another set-up"))).toHaveLength(2);
    expect(readdirSync(join(project.cache, "locks"))).toEqual([]);
  });

  const here = () => project.evaluate('console.log((await import("./processes.mjs")).here());').out;
  const left = (text: string) => {
    mkdirSync(dirname(lock()), { recursive: true });
    writeFileSync(lock(), text);
  };

  it("does not outlive the one who held it", async () => {
    const gone = spawn(process.execPath, ["-e", ""]);
    await once(gone, "close");
    left(JSON.stringify({ pid: gone.pid, place: here(), children: [] }));
    expect(project.evaluate(hold(0)).out).toBe("in\nout");
  });

  // Another process has got the number of the one that was killed; a crash left less than a whole file; numbers of groups.
  it.each([
    { pid: process.pid, started: "1" },
    { pid: process.pid, started: "1", children: [{ pid: process.pid, started: "1" }] },
    { pid: 0 },
    { pid: -1 },
    { pid: "1" },
    null,
    "[]",
    "",
    '{"pid": 1',
  ])("is nobody's where it says %j", (holder) => {
    const place = here();
    left(typeof holder === "string" ? holder : JSON.stringify(holder && { place, children: [], ...holder }));
    const start = Date.now();
    expect(project.evaluate(hold(0)).out).toBe("in\nout");
    expect(Date.now() - start).toBeLessThan(10_000);
    expect(readdirSync(dirname(lock()))).toEqual([]);
  });

  it("is nobody's where it is a folder", () => {
    mkdirSync(join(lock(), "in", "the", "way"), { recursive: true });
    expect(project.evaluate(hold(0)).out).toBe("in\nout");
  });

  it("of another machine counts as long as that touches it", async () => {
    const elsewhere = JSON.stringify({ pid: process.pid, place: "elsewhere", children: [] });
    left(elsewhere);
    const hourAgo = new Date(Date.now() - 3_600_000);
    utimesSync(lock(), hourAgo, hourAgo);
    expect(project.evaluate(hold(0)).out).toBe("in\nout");
    left(elsewhere);
    project.write("src/setup/held.mjs", hold(0));
    const child = spawn(process.execPath, [project.path("src/setup/held.mjs")], {
      env: project.environment(),
    });
    let out = "";
    child.stdout.on("data", (data: Buffer) => (out += data));
    await expect.poll(() => out).toMatch(/looking whether it still is …\n$/);
    const now = new Date(Date.now() + 1000);
    utimesSync(lock(), now, now);
    await expect.poll(() => out).toMatch(/\nAnother set-up \(process \d+\) is at work; waiting for it …\n$/);
    rmSync(lock());
    await once(child, "close");
    expect(out).toMatch(/\nin\nout\n$/);
  });

  it.runIf(process.platform === "linux")("of a killed set-up frees its programs' work too", async () => {
    project.write(
      "src/setup/held.mjs",
      `import { inCache } from "./paths.mjs";
       import { withLock } from "./lock.mjs";
       import { run } from "./run.mjs";
       await withLock(inCache("locks", "test.lock"), () =>
         run(process.execPath, ["-e", "console.log(process.pid); setInterval(() => {}, 1000)"], { onLine: console.log }));`,
    );
    const child = spawn(process.execPath, [project.path("src/setup/held.mjs")], {
      env: project.environment(),
    });
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(project.evaluate(hold(0)).out).toBe("in\nout");
    await expect.poll(() => existsSync(`/proc/${Number(String(line))}/fd/0`)).toBe(false);
  });
});

describe.runIf(process.platform === "linux" && process.arch === "x64")("a damaged cache", () => {
  it("has its browser unpacked again", () => {
    mkdirSync(project.path("node_modules/@sparticuz"));
    symlinkSync(
      join(checkout, "node_modules/@sparticuz/chromium"),
      project.path("node_modules/@sparticuz/chromium"),
    );
    const setUp = 'await (await import("./browser.mjs")).setUpBrowser();';
    const bare = { PATH: "", TSLAB_GRADIENTS_BROWSER: "" };
    expect(project.evaluate(setUp, bare)).toEqual({ status: 0, out: "", error: "" });
    const stamp = project.path("node_modules/.cache/tslab-gradients/browser.json");
    const { executablePath } = JSON.parse(readFileSync(stamp, "utf8"));
    expect(executablePath.startsWith(project.cache)).toBe(true);
    truncateSync(executablePath, 1000);
    expect(project.evaluate(setUp, bare)).toEqual({ status: 0, out: "", error: "" });
    expect(statSync(executablePath).size).toBeGreaterThan(1e8);
  });

  it("loses its broken TensorFlow, and set-up goes on where there is no other", () => {
    const bulky = /[\\/]tfjs-node[\\/](deps|lib|src|node_modules)$/;
    const [from, to] = [checkout, project.folder].map((folder) =>
      join(folder, "node_modules/@tensorflow/tfjs-node"),
    );
    cpSync(from!, to!, { recursive: true, filter: (path) => !bulky.test(path) });
    const entry = join(project.cache, "native", "tensorflow-2.21.0-tfjs-node-4.22.0-quiet-linux-x64");
    mkdirSync(join(entry, "lib"), { recursive: true });
    writeFileSync(join(entry, "complete.json"), '{ "files": [9, 9, 9] }');
    writeFileSync(join(entry, "tfjs_binding.node"), "broken");
    mkdirSync(`${entry}.partial`);
    const setUp = `
      const native = await import("./nativetensorflow.mjs");
      await (await import("./venv.mjs")).makeVenv();
      console.log(native.nativeReady(), await native.setUpNative(() => {}), native.nativeReady());`;
    const alone = {
      TSLAB_GRADIENTS_NATIVE: "",
      PIP_NO_INDEX: "1",
      PIP_FIND_LINKS: "",
      PIP_CONFIG_FILE: devNull,
    };
    const { status, out, error } = project.evaluate(setUp, alone);
    expect({ status, error }).toEqual({ status: 0, error: "" });
    expect(out).toMatch(
      /^false Native TensorFlow is not available here, so WebAssembly does the work: .* The reason: .*\. true$/,
    );
    expect(readdirSync(dirname(entry))).toEqual([]);
  });
});
