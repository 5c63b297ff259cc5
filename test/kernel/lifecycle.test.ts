import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { Client } from "./client";

/** The processes of this group, and those whose parent is this one, by their ids. */
function descendants(pid: number): number[] {
  const all = spawnSync("ps", ["-eo", "pid=,ppid="], { encoding: "utf8" }).stdout.trim().split("\n");
  const pairs = all.map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  const of = (parent: number): number[] =>
    pairs.filter(([, ppid]) => ppid === parent).flatMap(([child]) => [child, ...of(child)]);
  return of(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test.each([
  ["TCP", { transport: "tcp" as const }],
  ["IPC", { transport: "ipc" as const }],
  ["TCP with CurveZMQ", { transport: "tcp" as const, curve: true }],
  ["IPC with CurveZMQ", { transport: "ipc" as const, curve: true }],
  ["no key", { key: "" }],
])(
  "over %s",
  async (_, options) => {
    const kernel = await Client.start(options);
    expect((await kernel.run("1 + 1")).outputs[0]!.content.data["text/plain"]).toBe("2");
    await kernel.beat();
    await kernel.shutdown();
  },
  60_000,
);

test("it ends at once whatever a cell left, and so does what the cell started", async () => {
  const kernel = await Client.start();
  const { outputs } = await kernel.run(`
    import { createServer } from "net"; import { spawn } from "child_process";
    setInterval(() => {}, 1000); createServer().listen(0);
    spawn("sleep", ["1000"]).pid`);
  const child = Number(outputs[0]!.content.data["text/plain"]);
  expect(isAlive(child)).toBe(true);
  const started = Date.now();
  await kernel.shutdown();
  expect(Date.now() - started).toBeLessThan(5_000);
  await kernel.until(() => !isAlive(child), 5_000);
  expect(kernel.process.exitCode).toBe(0);
}, 60_000);

test("a kernel whose parent dies ends itself, even while a cell computes", async () => {
  // A parent between us and the kernel, to be killed.
  const launcher =
    "const c = require('child_process').spawn(process.execPath, process.argv.slice(1), { stdio: 'inherit' }); console.log('child', c.pid)";
  const kernel = await Client.start({
    command: [process.execPath, "-e", launcher, join(process.cwd(), "src", "setup", "kernel.mjs")],
  });
  const family = descendants(kernel.process.pid!);
  expect(family).toHaveLength(2);
  const id = kernel.begin("console.log('begun'); for (;;) {}");
  await kernel.until(() => kernel.text(id).includes("begun"));
  kernel.process.kill("SIGKILL");
  await kernel.until(() => family.every((pid) => !isAlive(pid)), 10_000);
  kernel.close();
}, 60_000);

describe("a connection file that cannot be used", () => {
  const folder = mkdtempSync(join(tmpdir(), "tslab-gradients-connection-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const good = { transport: "tcp", ip: "127.0.0.1", key: "k", signature_scheme: "hmac-sha256" };
  const ports = {
    shell_port: 50001,
    iopub_port: 50002,
    stdin_port: 50003,
    control_port: 50004,
    hb_port: 50005,
  };

  test.each<[string, unknown, string]>([
    ["is missing", undefined, "is missing"],
    ["is no JSON", "{", "is not JSON"],
    ["is an array", [], "is not a JSON object"],
    ["has no port", good, "has the shell_port undefined; expected a whole number from 1 to 65535"],
    ["has a port that is none", { ...good, ...ports, hb_port: "x" }, 'has the hb_port "x"'],
    [
      "has another transport",
      { ...good, ...ports, transport: "udp" },
      'has the transport "udp"; expected "tcp" or "ipc"',
    ],
    [
      "has another scheme",
      { ...good, ...ports, signature_scheme: "rot13" },
      'has the signature_scheme "rot13"',
    ],
    [
      "has a broken key",
      { ...good, ...ports, curve_publickey: "short", curve_secretkey: "x" },
      "is not a CurveZMQ key",
    ],
    [
      "has an address that is none",
      { ...good, ...ports, ip: "256.1.1.1" },
      "cannot listen at the shell channel's address",
    ],
  ])("because it %s", (_, content, sentence) => {
    const file = join(folder, "connection.json");
    rmSync(file, { force: true });
    if (content !== undefined)
      writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    const { status, stderr } = spawnSync("node", ["dist/cli.js", "kernel", "--config-path", file], {
      encoding: "utf8",
    });
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(status).toBe(2);
  });

  test("because a port is busy", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    const file = join(folder, "busy.json");
    writeFileSync(file, JSON.stringify({ ...good, ...ports, iopub_port: port }));
    const child = spawn("node", ["dist/cli.js", "kernel", "--config-path", file], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    let stderr = "";
    child.stderr.on("data", (chunk) => (stderr += String(chunk)));
    const [code] = (await once(child, "exit")) as [number];
    server.close();
    expect(stderr).toBe(
      `tslab-gradients: The iopub channel's address tcp://127.0.0.1:${port} is in use by another program.\n`,
    );
    expect(code).toBe(2);
  });
});
