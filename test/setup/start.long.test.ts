import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { descendantsOf, isAlive, known } from "../../src/setup/processes.mjs";
import { checkout } from "./project.js";

/** Starts the real thing, with a kernel, and gives all processes of it. */
async function started() {
  const args = [
    "start",
    "--",
    "--no-browser",
    "--port=0",
    "--ServerApp.token=t",
    "--ServerApp.port_retries=0",
  ];
  const npm = spawn("npm", args, { cwd: checkout, stdio: ["ignore", "ignore", "pipe"], detached: true });
  let said = "";
  npm.stderr.on("data", (data: Buffer) => (said += data));
  const address = () => /http:\/\/127\.0\.0\.1:\d+\//.exec(said)?.[0];
  await expect.poll(address, { timeout: 60_000 }).toBeDefined();
  const body = JSON.stringify({ name: "tslab" });
  // Jupyter's server tells its address before it listens there.
  const kernel = () =>
    fetch(`${address()}api/kernels?token=t`, { method: "POST", body }).then(({ status }) => status, String);
  await expect.poll(kernel).toBe(201);
  // npm, its shell, set-up, JupyterLab, the kernel and its engine; not every shell stays.
  await expect.poll(() => descendantsOf(npm.pid!).length, { timeout: 30_000 }).toBeGreaterThanOrEqual(4);
  return { npm, family: [known(npm.pid!), ...descendantsOf(npm.pid!)] };
}

describe.runIf(process.platform === "linux")("npm start", () => {
  it.each(["SIGTERM", "SIGHUP", "SIGKILL"] as const)("leaves nothing when npm gets a %s", async (signal) => {
    const { npm, family } = await started();
    const ended = once(npm, "exit");
    npm.kill(signal);
    await ended;
    await expect.poll(() => family.filter(isAlive), { timeout: 15_000 }).toEqual([]);
  });

  it.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)(
    "leaves nothing when its group gets a %s",
    async (signal) => {
      const { npm, family } = await started();
      process.kill(-npm.pid!, signal);
      await expect.poll(() => family.filter(isAlive), { timeout: 15_000 }).toEqual([]);
    },
  );

  it("ends what does not end by itself", async () => {
    const { npm, family } = await started();
    const lab = family.find(({ pid }) => readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("jupyterlab"));
    process.kill(lab!.pid, "SIGSTOP");
    npm.kill("SIGTERM");
    await expect.poll(() => family.filter(isAlive), { timeout: 30_000 }).toEqual([]);
  });
});
