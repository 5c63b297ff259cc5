import { spawn } from "node:child_process";
import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isAlive, known } from "../../src/setup/processes.mjs";

const guard = JSON.stringify(join(import.meta.dirname, "guard.mjs"));

test.each(["SIGTERM", "SIGINT", "SIGHUP", "SIGKILL"] as const)(
  "a server and what it started end with the tests that are cut off by %s",
  async (signal) => {
    const folder = mkdtempSync(join(tmpdir(), "tslab-gradients-guard-"));
    // A server with a kernel that does not end by itself.
    const server = `const kernel = require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
      console.error(process.pid, kernel.pid); setInterval(() => {}, 1000);`;
    const tests = `require("node:child_process").spawn(process.execPath,
      [${guard}, ${JSON.stringify(folder)}, process.execPath, "-e", ${JSON.stringify(server)}],
      { detached: true, stdio: ["pipe", "ignore", "inherit"] });`;
    const child = spawn(process.execPath, ["-e", tests], { stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    child.stderr.on("data", (chunk) => (said += String(chunk)));
    await expect.poll(() => said).toMatch(/^\d+ \d+\n/);
    const family = said
      .trim()
      .split(" ")
      .map((pid) => known(Number(pid)));
    expect(family.map(isAlive)).toEqual([true, true]);
    child.kill(signal);
    await expect.poll(() => family.map(isAlive)).toEqual([false, false]);
    await expect.poll(() => existsSync(folder)).toBe(false);
  },
);
