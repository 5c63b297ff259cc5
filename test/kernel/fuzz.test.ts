import { randomUUID } from "node:crypto";
import { existsSync, rmSync } from "node:fs";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Client } from "./client";

/** How many hostile messages are sent. */
const count = 2_000;
/** A file that no message may bring into being: they all try to, and none is signed. */
const proof = join(tmpdir(), `tslab-gradients-fuzz-${randomUUID()}`);
const attack = `require("fs").writeFileSync(${JSON.stringify(proof)}, "executed")`;

/** mulberry32: the same messages in every run. */
function randomFrom(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

let kernel: Client;
beforeAll(async () => {
  kernel = await Client.start();
}, 60_000);
afterAll(async () => {
  await kernel.shutdown();
  rmSync(proof, { force: true });
});

test(`the kernel answers after ${count} hostile messages, and runs none that is not signed`, async () => {
  const random = randomFrom(123);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const junk = (): unknown =>
    pick([
      null,
      0,
      -1,
      1e308,
      "",
      "x",
      [],
      {},
      true,
      [[[]]],
      { a: { b: [] } },
      "\u0000",
      "💥",
      "a".repeat(1000),
    ]);
  const types = [
    ...["execute_request", "complete_request", "inspect_request", "is_complete_request", "history_request"],
    ...[
      "comm_open",
      "comm_msg",
      "comm_close",
      "comm_info_request",
      "input_reply",
      "unknown_request",
      "",
      "__proto__",
    ],
    ...["toString", "execute_reply", "kernel_info_request"],
  ];
  const request = { code: attack, silent: false };
  const unsigned: (() => (Buffer | string)[])[] = [
    () => kernel.frames("execute_request", request, { key: "wrong" }),
    () =>
      kernel.frames("execute_request", request).map((frame, i) => (i === 1 ? Buffer.alloc(64, "0") : frame)),
    () => kernel.frames("execute_request", request).map((frame, i) => (i === 1 ? Buffer.alloc(0) : frame)),
    // A good signature under another content.
    () =>
      kernel
        .frames("execute_request", { code: "1" })
        .map((frame, i) => (i === 5 ? Buffer.from(JSON.stringify(request)) : frame)),
    () => kernel.frames("execute_request", request, { key: "" }),
  ];
  const malformed: (() => (Buffer | string)[])[] = [
    () => ["<IDS|MSG>"],
    () => ["no", "delimiter", "at", "all"],
    () => [""],
    () => kernel.frames("execute_request", request, { key: "wrong" }).slice(0, Math.floor(random() * 6)),
    () => ["<IDS|MSG>", "sig", "{", "{}", "{}", "{}"],
    () => [Buffer.from(Array.from({ length: 200 }, () => Math.floor(random() * 256)))],
    () => ["<IDS|MSG>", Buffer.alloc(1 << 20), ...Array.from({ length: 50 }, () => "x")],
    // Signed, but with contents that are wrong in every way.
    () => kernel.frames(pick(types), junk()),
    () =>
      kernel.frames(pick(types), {
        code: junk(),
        cursor_pos: junk(),
        data: junk(),
        comm_id: junk(),
        target_name: junk(),
      }),
    () =>
      kernel.frames(pick(types), {
        hist_access_type: junk(),
        n: junk(),
        session: junk(),
        pattern: pick(["[z-a]", "[", "*", "\\"]),
      }),
    () =>
      kernel.frames(
        pick(types),
        { code: "1", cursor_pos: 1e9, user_expressions: junk(), stop_on_error: junk() },
        { metadata: { cellId: junk(), deletedCells: junk() } as never },
      ),
  ];
  const channels = ["shell", "control", "stdin"] as const;
  for (let i = 0; i < count; i++) {
    kernel.raw(pick(channels), pick(i % 2 === 0 ? unsigned : malformed)());
    if (i % 200 !== 199) continue;
    // The next good request is answered, on each channel that answers.
    expect((await kernel.ask("kernel_info_request", {})).status).toBe("ok");
    expect((await kernel.ask("kernel_info_request", {}, "control")).status).toBe("ok");
    await kernel.beat();
  }
  // A cell among them that failed may abort what waits behind it, this one too.
  await kernel.run("0");
  expect((await kernel.run("20 + 1")).outputs[0]!.content.data["text/plain"]).toBe("21");
  expect(existsSync(proof)).toBe(false);
  expect(kernel.process.exitCode).toBeNull();
}, 120_000);

test("a message that is sent again is not run again", async () => {
  const frames = kernel.frames("execute_request", {
    code: "globalThis.times = ((globalThis as any).times ?? 0) + 1",
  });
  kernel.raw("shell", frames);
  kernel.raw("shell", frames);
  expect((await kernel.run("(globalThis as any).times")).outputs[0]!.content.data["text/plain"]).toBe("1");
});

test("a frame larger than the kernel takes, and bytes that are no ZeroMQ at all, harm nobody", async () => {
  const { shell_port, hb_port, iopub_port } = kernel.connection as { [name: string]: number };
  for (const port of [shell_port, hb_port, iopub_port]) {
    const socket = createConnection(port!, "127.0.0.1").on("error", () => {});
    // A greeting of ZeroMQ's, then a frame that says it has 2^62 bytes.
    const greeting = Buffer.alloc(64);
    Buffer.from([0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3]).copy(greeting);
    greeting.write("NULL", 12);
    socket.write(Buffer.concat([greeting, Buffer.from([2, 0x40, 0, 0, 0, 0, 0, 0, 0]), Buffer.alloc(4096)]));
    const noise = createConnection(port!, "127.0.0.1").on("error", () => {});
    noise.end("GET / HTTP/1.1\r\n\r\n");
    await new Promise((resolve) => setTimeout(resolve, 100));
    socket.destroy();
  }
  const large = `void ${JSON.stringify("x".repeat(8 << 20))}`;
  expect((await kernel.run(large)).reply.status).toBe("ok");
  await kernel.beat();
}, 60_000);
