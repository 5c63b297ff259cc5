import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Client } from "./client";
import { textOf } from "./wire";

let kernel: Client;
beforeAll(async () => {
  kernel = await Client.start();
}, 60_000);
afterAll(() => kernel.shutdown());

describe("streams", () => {
  test("a late print goes to the cell that started it", async () => {
    const first = kernel.begin("setTimeout(() => console.log('from the first'), 300)");
    await kernel.end(first);
    const second = kernel.begin(
      "await new Promise((r) => setTimeout(r, 600)); console.log('from the second')",
    );
    await kernel.end(second);
    expect(kernel.text(first)).toBe("from the first\n");
    expect(kernel.text(second)).toBe("from the second\n");
  });

  test("what is printed shows while the cell still computes", async () => {
    const id = kernel.begin("console.log('begun'); const t = Date.now(); while (Date.now() - t < 1500) {}");
    await kernel.until(() => kernel.text(id) === "begun\n");
    expect(kernel.outputs(id).filter(({ type }) => type === "status")).toHaveLength(1);
    await kernel.end(id);
  });

  test("a flood comes whole and in order", async () => {
    const id = kernel.begin("for (let i = 0; i < 100_000; i++) console.log(i)");
    await kernel.end(id);
    expect(kernel.text(id)).toBe(Array.from({ length: 100_000 }, (_, i) => `${i}\n`).join(""));
  });

  test("bytes and halves of characters are put together", async () => {
    const { outputs } = await kernel.run(
      "const b = Buffer.from('é梯\\n'); process.stdout.write(b.subarray(0, 1)); process.stdout.write(b.subarray(1, 3)); process.stdout.write(b.subarray(3)); void 0",
    );
    expect(textOf(outputs)).toBe("é梯\n");
  });

  test("a cell's children print where they should and see none of the kernel's pipes", async () => {
    const { outputs } = await kernel.run(
      "import { execSync } from 'child_process'; console.log(execSync('ls /proc/self/fd').toString())",
    );
    // The tests themselves may have inherited more than their three.
    const ours = execFileSync("ls", ["/proc/self/fd"], { encoding: "utf8" });
    expect(textOf(outputs).trim()).toBe(ours.trim());
  });
});

describe("questions", () => {
  test("a cursor counts code points", async () => {
    await kernel.run("const gradientName = 1");
    const code = "'😀😀'; gradientNa";
    const reply = await kernel.ask("complete_request", { code, cursor_pos: [...code].length });
    expect(reply).toMatchObject({ status: "ok", matches: ["gradientName"], cursor_start: 6, cursor_end: 16 });
  });

  test("inspection gives Markdown with the doc comment", async () => {
    await kernel.run("/** Doubles it. */\nfunction twice(x: number) { return 2 * x }");
    const reply = await kernel.ask("inspect_request", { code: "twice(2)", cursor_pos: 2, detail_level: 0 });
    expect(reply).toMatchObject({ status: "ok", found: true });
    expect(reply.data["text/markdown"]).toBe(
      "```typescript\nfunction twice(x: number): number\n```\n\nDoubles it.",
    );
    expect(await kernel.ask("inspect_request", { code: "   ", cursor_pos: 1 })).toMatchObject({
      found: false,
    });
  });

  test("an incomplete cell says how far the next line is indented", async () => {
    expect(await kernel.ask("is_complete_request", { code: "if (x) {\n  for (;;) {" })).toEqual({
      status: "incomplete",
      indent: "    ",
    });
  });

  test("questions are answered while a cell waits", async () => {
    const id = kernel.begin("await new Promise((r) => setTimeout(r, 800))");
    expect((await kernel.ask("comm_info_request", {})).status).toBe("ok");
    expect((await kernel.ask("complete_request", { code: "Math.ab", cursor_pos: 7 })).matches).toContain(
      "abs",
    );
    expect(kernel.outputs(id).some(({ content }) => content.execution_state === "idle")).toBe(false);
    await kernel.end(id);
  });

  test("history", async () => {
    await kernel.run("6 * 7");
    const tail = await kernel.ask("history_request", { hist_access_type: "tail", n: 1, output: true });
    expect(tail.history).toEqual([[0, expect.any(Number), ["6 * 7", "42"]]]);
    const search = await kernel.ask("history_request", {
      hist_access_type: "search",
      pattern: "6 [*]*",
      unique: true,
    });
    expect(search.history).toHaveLength(1);
  });

  test("a wrong request is refused in one sentence", async () => {
    expect(await kernel.ask("execute_request", { code: 5 })).toMatchObject({
      status: "error",
      evalue: "execute_request's code is 5; expected a string.",
    });
  });
});

test("input() asks through Jupyter", async () => {
  const id = kernel.begin(
    'import { input } from "tslab-gradients"; const name = await input("Name? "); `Hello, ${name}`',
    {
      allow_stdin: true,
    },
  );
  const asked = await kernel.line();
  expect(asked.content).toEqual({ prompt: "Name? ", password: false });
  kernel.send("stdin", "input_reply", { status: "ok", value: "Ada" });
  const { outputs } = await kernel.end(id);
  expect(outputs[0]!.content.data["text/plain"]).toBe("'Hello, Ada'");
  expect((await kernel.run('await input("x")')).reply).toMatchObject({
    status: "error",
    evalue: expect.stringContaining("takes no input") as string,
  });
});

test("a comm goes both ways", async () => {
  await kernel.run(
    'const host = (globalThis as any)[Symbol.for("tslab-gradients.kernel")]; host.onCommOpen("echo", (comm: any, first: any) => { comm.send({ opened: first.data.x }); comm.onMessage((m: any) => comm.send({ again: m.data.x }, { buffers: m.buffers })) })',
  );
  kernel.send("shell", "comm_open", { comm_id: "c1", target_name: "echo", data: { x: 1 } });
  kernel.send("shell", "comm_msg", { comm_id: "c1", data: { x: 2 } });
  const said = (key: string) => () =>
    kernel.heard.find(({ type, content }) => type === "comm_msg" && key in content.data);
  expect((await kernel.until(said("opened"))).content).toEqual({ comm_id: "c1", data: { opened: 1 } });
  expect((await kernel.until(said("again"))).content).toEqual({ comm_id: "c1", data: { again: 2 } });
  expect((await kernel.ask("comm_info_request", { target_name: "echo" })).comms).toEqual({
    c1: { target_name: "echo" },
  });
  kernel.send("shell", "comm_close", { comm_id: "c1", data: {} });
  expect((await kernel.ask("comm_info_request", {})).comms).toEqual({});
  kernel.send("shell", "comm_open", { comm_id: "c2", target_name: "nobody", data: {} });
  await kernel.until(() =>
    kernel.heard.find(({ type, content }) => type === "comm_close" && content.comm_id === "c2"),
  );
});
