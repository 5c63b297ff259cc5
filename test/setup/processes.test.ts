// Processes where there are no groups of them and no signals, or no /proc: whole programs take this machine for another one.
import { readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, expect, it } from "vitest";
import { folderWith, pretending } from "./pretend.js";
import { Project } from "./project.js";

it("a Mac's processes are known by ps, with their start and their parents", () => {
  const { out, error } = new Project().evaluate(
    `import { spawn } from "node:child_process";
     import { once } from "node:events";
     const { descendantsOf, isAlive, known } = await import("./processes.mjs");
     const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
     const one = known(child.pid);
     const isChild = descendantsOf(process.pid).some(({ pid }) => pid === child.pid);
     const before = [isChild, isAlive(one), isAlive({ ...one, started: "Thu Jan  1 00:00:00 1970" })];
     child.kill();
     await once(child, "exit");
     console.log(typeof one.started, ...before, isAlive(one));`,
    pretending("darwin"),
  );
  expect({ out, error }).toEqual({ out: "string true true false false", error: "" });
});

describe("on Windows, processes", () => {
  /** A taskkill that says what it was asked, and ends the process. */
  const withTaskkill = (project: Project) => {
    const asked = join(project.cache, "asked");
    const folder = folderWith("taskkill", `echo "$@" >> '${asked}'; kill -9 "$2"`);
    const env = { ...pretending("win32"), PATH: `${folder}${delimiter}${process.env.PATH}` };
    return { env, asked: () => readFileSync(asked, "utf8") };
  };

  it("are ended with all that they started", () => {
    const project = new Project();
    const { env, asked } = withTaskkill(project);
    const { out, error } = project.evaluate(
      `const { run } = await import("./run.mjs");
       const { ok, output } = await run(process.execPath, ["-e", "console.log(process.pid); setInterval(() => {}, 9)"], { timeout: 1 });
       console.log(ok, output.trim());`,
      env,
    );
    expect(error).toBe("");
    const [, ok, pid] = /^(\w+) (\d+)$/.exec(out) ?? [];
    expect(ok).toBe("false");
    expect(asked()).toBe(`/pid ${pid} /t /f\n`);
  });

  it("are no leaders of groups", () => {
    const { out } = new Project().evaluate(
      `const { run } = await import("./run.mjs");
       const group = ["-o", "pgid=", "-p"];
       const own = await run("ps", [...group, String(process.pid)]);
       const its = await run("sh", ["-c", "ps -o pgid= -p $$"]);
       console.log(own.output.trim() === its.output.trim());`,
      pretending("win32"),
    );
    expect(out).toBe("true");
  });

  it("get a console's signals themselves: they are not sent on, which would end them at once", () => {
    const program = `
      import { spawn } from "node:child_process";
      import { once } from "node:events";
      const { passSignals } = await import("./processes.mjs");
      const child = spawn(process.execPath, ["-e", "setTimeout(() => process.exit(7), 500)"]);
      passSignals(child);
      process.emit("SIGINT", "SIGINT");
      console.log(...(await once(child, "exit")));`;
    const project = new Project();
    expect(project.evaluate(program, pretending("win32")).out).toBe("7 null");
    expect(project.evaluate(program).out).toBe("null SIGINT");
  });

  it("see that npm is gone though they keep its number", () => {
    // Who the parent is does not change on Windows.
    const { out, error } = new Project().evaluate(
      `import { spawn } from "node:child_process";
       import { once } from "node:events";
       const npm = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
       Object.defineProperty(process, "ppid", { get: () => npm.pid });
       const { whenOrphaned } = await import("./processes.mjs");
       whenOrphaned(() => (console.log("orphaned"), process.exit(0)));
       npm.kill();
       await once(npm, "exit");
       setTimeout(() => console.log("late"), 4000);`,
      { ...pretending("win32"), npm_lifecycle_event: "setup" },
    );
    expect({ out, error }).toEqual({ out: "orphaned", error: "" });
  });

  it("of the number of one that was killed do not hold its lock for ever", () => {
    const project = new Project();
    const { out, error } = project.evaluate(
      `import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
       import { dirname } from "node:path";
       const { inCache } = await import("./paths.mjs");
       const { here } = await import("./processes.mjs");
       const { withLock } = await import("./lock.mjs");
       const file = inCache("locks", "test.lock");
       mkdirSync(dirname(file), { recursive: true });
       writeFileSync(file, JSON.stringify({ pid: process.ppid, place: here(), children: [] }));
       utimesSync(file, new Date(0), new Date(0));
       await withLock(file, async () => console.log("in"));`,
      pretending("win32"),
    );
    expect({ out, error }).toEqual({ out: "in", error: "" });
  });

  it("JupyterLab is ended at once, with its kernels", () => {
    const project = new Project();
    const { env, asked } = withTaskkill(project);
    const { out, error } = project.evaluate(
      `import { spawn } from "node:child_process";
       const { passingSignals } = await import("./processes.mjs");
       const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
       const ended = passingSignals(child);
       process.emit("SIGHUP", "SIGHUP");
       console.log(child.pid, await ended);`,
      env,
    );
    expect(error).toBe("");
    const [pid, code] = out.split(" ");
    expect(asked()).toBe(`/pid ${pid} /t /f\n`);
    expect(Number(code)).toBeGreaterThan(128);
  });
});
