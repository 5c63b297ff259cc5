import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Subscriber } from "zeromq";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Client } from "./client";
import { addressOf, writeConnection } from "./connection";
import { decode } from "./wire";

let kernel: Client;
beforeAll(async () => {
  kernel = await Client.start();
}, 60_000);
afterAll(() => kernel.shutdown());

/** What the kernel's outputs and states for a message are, in their order. */
const heardOf = (id: string): unknown[] =>
  kernel.outputs(id).map(({ type, content }) => content.execution_state ?? type);

describe("a request that the kernel does not support", () => {
  test.each([
    ["debug_request", "control"],
    ["debug_request", "shell"],
    ["create_subshell_request", "control"],
    ["connect_request", "shell"],
    ["no_such_request", "shell"],
  ] as const)("%s on %s gets an error on the channel it came on, between busy and idle", async (type, on) => {
    const id = kernel.send(on, type, { type: "request", seq: 1, command: "debugInfo" });
    const { type: replied, content, channel } = await kernel.reply(id, 5_000);
    expect([replied, channel]).toEqual([type.replace("_request", "_reply"), on]);
    expect(content).toEqual({
      status: "error",
      ename: "UnsupportedRequest",
      evalue: `The request "${type}" is not supported by this kernel.`,
      traceback: [],
    });
    await kernel.until(() => heardOf(id).length === 2, 5_000);
    expect(heardOf(id)).toEqual(["busy", "idle"]);
  });

  test("is answered while a cell computes, whose state is what front ends heard last", async () => {
    const cell = kernel.begin("console.log('begun'); for (;;) {}");
    await kernel.until(() => kernel.text(cell).includes("begun"));
    const { content } = await kernel.reply(kernel.send("control", "debug_request", {}), 5_000);
    expect(content.status).toBe("error");
    await kernel.until(() => heardOf(cell).filter((state) => state === "busy").length === 2, 5_000);
    await kernel.ask("interrupt_request", {}, "control");
    await kernel.end(cell);
  });
});

test.each(["execute_reply", "status", "debug_event", "", "comm_nothing", "toString"])(
  "%j, which is no request, has no reply and no state",
  async (type) => {
    const ids = (["shell", "control"] as const).map((on) => kernel.send(on, type, {}));
    // Those that came after them are answered.
    for (const on of ["shell", "control"] as const) await kernel.ask("kernel_info_request", {}, on);
    for (const id of ids) {
      expect(heardOf(id)).toEqual([]);
      await expect(kernel.reply(id, 1)).rejects.toThrow();
    }
    expect(kernel.log).toContain(`A message was ignored: its type is "${type}".\n`);
  },
);

test("a comm's message that is wrong has no reply either: it would be taken for a comm of the kernel's", async () => {
  const id = kernel.send("shell", "comm_open", { comm_id: 3 });
  await kernel.until(() => heardOf(id).includes("idle"), 5_000);
  await kernel.ask("kernel_info_request", {});
  await expect(kernel.reply(id, 1)).rejects.toThrow();
  expect(kernel.log).toContain("A message was ignored: comm_open's comm_id is 3; expected a string.\n");
});

describe("iopub_welcome", () => {
  /** What a new front end hears that subscribes to these topics, until nothing more comes for a while. */
  async function heardBy(
    topics: (string | Buffer)[],
  ): Promise<[type: string, topic: string, parent: string][]> {
    const socket = new Subscriber({ receiveTimeout: 300, linger: 0 });
    const heard: [string, string, string][] = [];
    try {
      for (const topic of topics) socket.subscribe(topic);
      socket.connect(addressOf(kernel.connection, "iopub_port"));
      for (;;) {
        const frames = await socket.receive();
        const { type, parent } = decode(frames);
        heard.push([type, String(frames[0]), parent]);
        if (type === "iopub_welcome")
          expect(decode(frames).content).toEqual({ subscription: String(frames[0]) });
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      return heard;
    } finally {
      socket.close();
    }
  }

  test("comes to each subscriber to everything, though another one has subscribed to it before", async () => {
    for (let i = 0; i < 3; i++) expect(await heardBy([""])).toEqual([["iopub_welcome", "", ""]]);
  });

  test("comes to a subscriber to a topic, under that topic, and to nobody else's topic", async () => {
    expect(await heardBy(["status"])).toEqual([["iopub_welcome", "status", ""]]);
    const [one, other] = await Promise.all([heardBy(["错误"]), heardBy(["stream"])]);
    expect(one).toEqual([["iopub_welcome", "错误", ""]]);
    expect(other).toEqual([["iopub_welcome", "stream", ""]]);
  });

  test("does not come where a subscription is no text, and the end of one is no subscription", async () => {
    const welcomes = (): unknown[] =>
      kernel.heard.filter(({ type }) => type === "iopub_welcome").map(({ content }) => content.subscription);
    const before = welcomes();
    expect(await heardBy([Buffer.from([0xff, 0xfe])])).toEqual([]);
    // Its socket is closed, which ends its subscription.
    await heardBy(["ended"]);
    expect(welcomes()).toEqual([...before, "ended"]);
    expect((await kernel.run("1 + 1")).outputs[0]!.content.data["text/plain"]).toBe("2");
  });

  test("is what a front end hears first that was there before the kernel, and then that it starts", async () => {
    const { connection, file, folder } = await writeConnection({});
    const socket = new Subscriber({ reconnectInterval: 3, receiveTimeout: 20_000, linger: 0 });
    socket.connect(addressOf(connection, "iopub_port"));
    socket.subscribe("");
    const child = spawn(process.execPath, [join("src", "setup", "kernel.mjs"), "--config-path", file], {
      stdio: "ignore",
    });
    try {
      const [first, second] = [decode(await socket.receive()), decode(await socket.receive())];
      expect([first.type, second.type, second.content]).toEqual([
        "iopub_welcome",
        "status",
        { execution_state: "starting" },
      ]);
    } finally {
      child.kill();
      await once(child, "exit");
      socket.close();
      rmSync(folder, { recursive: true });
    }
  }, 60_000);
});

test("more than 10,000 requests go by: what runs prints under its cell, and lives through the engine's end", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tslab-gradients-test-"));
  const go = join(folder, "go");
  const own = await Client.start();
  const left = own.begin(`
    import { existsSync } from "node:fs"; const isTime = () => existsSync(${JSON.stringify(go)});
    const often = setInterval(() => { if (isTime()) { console.log("from the first"); clearInterval(often); } }, 20); void 0`);
  await own.end(left);
  const runs = own.begin(`
    while (!isTime()) await new Promise((resolve) => setTimeout(resolve, 20));
    console.log("from the second"); await new Promise((resolve) => setTimeout(resolve, 300));
    process.kill(process.pid, "SIGKILL"); await new Promise(() => {})`);
  for (let i = 0; i < 10_010; i++) own.send("shell", "comm_msg", { comm_id: "nowhere", data: {} });
  await own.ask("comm_info_request", {});
  writeFileSync(go, "");
  expect((await own.end(runs)).reply).toMatchObject({ status: "error", ename: "EngineEnded" });
  expect([own.text(left), own.text(runs)]).toEqual(["from the first\n", "from the second\n"]);
  expect(own.outputs(runs).filter(({ type }) => type === "error")).toHaveLength(1);
  expect((await own.run("1 + 1")).outputs[0]!.content.data["text/plain"]).toBe("2");
  await own.shutdown();
  rmSync(folder, { recursive: true });
}, 60_000);
