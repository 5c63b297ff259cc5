// The kernel's processes where there are no groups of them and no signals: programs take this machine for Windows.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { expect, test } from "vitest";
import { folderWith, pretending } from "../setup/pretend";
import { emptyFolder } from "../setup/project";
import { Client } from "./client";

const dist = (...parts: string[]): string => JSON.stringify(join(process.cwd(), "dist", "kernel", ...parts));

/** Runs a program, with a pipe on which the front's interrupts come, until it ends or so many milliseconds are over. */
async function said(program: string, env: NodeJS.ProcessEnv, { interrupt = "", until = 20_000 } = {}) {
  const child = spawn(process.execPath, ["-e", program], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe", "ignore", "ignore", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout!, child.stderr!]) stream.on("data", (chunk) => (text += String(chunk)));
  if (interrupt !== "") (child.stdio as unknown as { 5: NodeJS.WritableStream })[5].write(interrupt);
  const timer = setTimeout(() => child.kill("SIGKILL"), until);
  await new Promise((resolve) => child.on("close", resolve));
  clearTimeout(timer);
  return text;
}

test("on Windows an engine is no leader of a group, and is ended with all that it started", async () => {
  const asked = join(emptyFolder(), "asked");
  const taskkill = folderWith("taskkill", `echo "$@" >> '${asked}'; kill -9 "$2"`);
  const program = `
    const { Engine } = require(${dist("front", "engineprocess.js")});
    const { execFileSync } = require("node:child_process");
    const engine = new Engine(process.cwd(), false);
    const { pid } = engine.child;
    const group = (id) => execFileSync("ps", ["-o", "pgid=", "-p", String(id)], { encoding: "utf8" }).trim();
    console.log(pid, group(pid) === group(process.pid));
    engine.stop();
    engine.child.on("close", (code, signal) => console.log(signal));`;
  const PATH = `${taskkill}${delimiter}${process.env.PATH}`;
  const [, pid, inGroup, signal] =
    /^(\d+) (\w+)\n(\w+)\n$/.exec(await said(program, { ...pretending("win32"), PATH })) ?? [];
  expect({ inGroup, signal }).toEqual({ inGroup: "true", signal: "SIGKILL" });
  expect(readFileSync(asked, "utf8")).toBe(`/pid ${pid} /t /f\n`);
  // Elsewhere its group is ended, and nobody else is asked.
  const plain = await said(program, { PATH });
  expect(plain).toMatch(/^\d+ false\nSIGKILL\n$/);
  expect(readFileSync(asked, "utf8")).toBe(`/pid ${pid} /t /f\n`);
});

test.each([
  ["win32", "heard\n"],
  ["linux", "heard\nSIGINT\n"],
] as const)(
  "a cell that does not heed an interrupt gets a signal, where that does not end the process: %s",
  async (platform, expected) => {
    const program = `
    const { Worker } = require("node:worker_threads");
    const interrupts = new Int32Array(new SharedArrayBuffer(8));
    process.on("SIGINT", () => console.log("SIGINT"));
    new Worker(${dist("engine", "alarm.js")}, { workerData: interrupts }).unref();
    const timer = setInterval(() => {
      if (Atomics.load(interrupts, 0) !== 1) return;
      clearInterval(timer);
      console.log("heard");
      // A second after the interrupt comes the first signal, and the next one a second later.
      setTimeout(() => process.exit(0), 1600);
    }, 10);`;
    expect(await said(program, pretending(platform), { interrupt: "1\n" })).toBe(expected);
  },
);

test("a kernel whose parent dies ends itself where it keeps the number of that parent, as on Windows", async () => {
  const launcher =
    "const c = require('child_process').spawn(process.execPath, process.argv.slice(1), { stdio: 'inherit' }); console.log('child', c.pid)";
  const kept = "const{ppid}=process;Object.defineProperty(process,'ppid',{get:()=>ppid})".replaceAll(
    " ",
    "%20",
  );
  const kernel = await Client.start({
    command: [process.execPath, "-e", launcher, join(process.cwd(), "src", "setup", "kernel.mjs")],
    env: { NODE_OPTIONS: `--import=data:text/javascript,${kept}` },
  });
  const [, child] = /child (\d+)/.exec(kernel.log) ?? [];
  const isAlive = (): boolean => {
    try {
      process.kill(Number(child), 0);
      return true;
    } catch {
      return false;
    }
  };
  expect(isAlive()).toBe(true);
  kernel.process.kill("SIGKILL");
  await kernel.until(() => !isAlive(), 10_000);
  kernel.close();
}, 60_000);
