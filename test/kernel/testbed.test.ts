import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Client } from "./client";
import type { Content, Received } from "./wire";

// runtimed's kernel-testbed, its 27 tests by their names, restated: https://github.com/runtimed/kernel-testbed. Where its
// snippets for TypeScript call Deno's own API, ours call `input()` of this package and `display` of tslab.

let kernel: Client;
beforeAll(async () => {
  kernel = await Client.start();
  await kernel.run('import { display } from "tslab"; import { input } from "tslab-gradients"');
}, 60_000);
afterAll(() => kernel.shutdown());

const html = (text: string, transient: object): string =>
  `require("tslab/dist/jupyter").lastWriteDisplayData({ data: { "text/html": ${JSON.stringify(text)} }, metadata: {}, transient: ${JSON.stringify(transient)} }`;
const info = (): Promise<Content> => kernel.ask("kernel_info_request", {});
/** Types and states of all that is heard of a cell, in their order. */
const heard = async (code: string): Promise<unknown[]> => {
  const id = kernel.begin(code);
  await kernel.end(id);
  return kernel.outputs(id).map(({ type, content }) => content.execution_state ?? type);
};

const tests: { [name: string]: () => Promise<void> } = {
  heartbeat_responds: () => kernel.beat(),
  async iopub_welcome() {
    await kernel.until(() => kernel.heard.find(({ type }) => type === "iopub_welcome"), 5_000);
  },
  async kernel_info_reply_valid() {
    expect((await info()).status).toBe("ok");
  },
  async kernel_info_has_language_info() {
    expect((await info()).language_info).toMatchObject({ name: "typescript" });
  },
  async kernel_info_has_protocol_version() {
    expect((await info()).protocol_version).toMatch(/^5\.\d$/);
  },
  async execute_stdout() {
    const { outputs } = await kernel.run("console.log('hello')");
    expect(outputs.map(({ content }) => content)).toEqual([{ name: "stdout", text: "hello\n" }]);
  },
  async execute_stderr() {
    const { outputs } = await kernel.run("console.error('error')");
    expect(outputs.map(({ content }) => content)).toEqual([{ name: "stderr", text: "error\n" }]);
  },
  async execute_reply_ok() {
    expect((await kernel.run("1 + 1")).reply.status).toBe("ok");
  },
  async status_busy_idle_lifecycle() {
    const states = await heard("1 + 1");
    expect([states[0], states.at(-1)]).toEqual(["busy", "idle"]);
  },
  async execute_input_broadcast() {
    expect(await heard("1 + 1")).toContain("execute_input");
  },
  async complete_request() {
    await kernel.run("const testVariableForCompletion = 42");
    const code = "testVariableFor";
    const reply = await kernel.ask("complete_request", { code, cursor_pos: code.length });
    expect(reply).toMatchObject({ status: "ok", matches: ["testVariableForCompletion"] });
  },
  async inspect_request() {
    const code = "testVariableForCompletion";
    const reply = await kernel.ask("inspect_request", { code, cursor_pos: 5, detail_level: 0 });
    expect(reply).toMatchObject({ status: "ok", found: true });
  },
  async is_complete_complete() {
    expect(await kernel.ask("is_complete_request", { code: "const x = 1" })).toEqual({ status: "complete" });
  },
  async is_complete_incomplete() {
    const reply = await kernel.ask("is_complete_request", { code: "const x = {" });
    expect(reply).toEqual({ status: "incomplete", indent: "  " });
  },
  async history_request() {
    const tail = { hist_access_type: "tail", n: 10, output: false, raw: true, session: 0, unique: false };
    const { history } = await kernel.ask("history_request", tail);
    expect((history as unknown[]).length).toBeGreaterThan(3);
  },
  async comm_info_request() {
    expect(await kernel.ask("comm_info_request", {})).toEqual({ status: "ok", comms: {} });
  },
  async error_handling() {
    const { reply, outputs } = await kernel.run("function function");
    expect(reply).toMatchObject({ status: "error", ename: "SyntaxError" });
    expect(outputs.map(({ type }) => type)).toEqual(["error"]);
  },
  async display_data() {
    const { outputs } = await kernel.run('display.html("<b>bold</b>")');
    expect(outputs).toMatchObject([
      { type: "display_data", content: { data: { "text/html": "<b>bold</b>" } } },
    ]);
  },
  async update_display_data() {
    const shown = html("<b>initial</b>", { display_id: "test_update" });
    const updated = html("<b>updated</b>", { display_id: "test_update" });
    const { outputs } = await kernel.run(`${shown}, false);\n${updated}, true);`);
    expect(outputs.map(({ type }) => type)).toEqual(["display_data", "update_display_data"]);
    for (const { content } of outputs) expect(content.transient).toEqual({ display_id: "test_update" });
  },
  async execute_result() {
    const { outputs } = await kernel.run("1 + 1");
    expect(outputs).toMatchObject([{ type: "execute_result", content: { data: { "text/plain": "2" } } }]);
  },
  async rich_execute_result() {
    const { outputs } = await kernel.run(
      '({ [Symbol.for("Jupyter.display")]: () => ({ "text/html": "<b>bold</b>" }) })',
    );
    expect(outputs).toMatchObject([
      { type: "execute_result", content: { data: { "text/html": "<b>bold</b>" } } },
    ]);
  },
  async stdin_input_request() {
    const id = kernel.begin("await input('Enter: ')", { allow_stdin: true });
    const { header, content } = await kernel.line();
    expect(content.prompt).toBe("Enter: ");
    kernel.raw("stdin", kernel.frames("input_reply", { value: "there" }, { id: String(header.msg_id) }));
    const { outputs } = await kernel.end(id);
    expect(outputs[0]!.content.data).toMatchObject({ "text/plain": "'there'" });
  },
  async comms_lifecycle() {
    const content = { comm_id: "testbed", target_name: "jupyter.kernel_testbed.test", data: {} };
    kernel.send("shell", "comm_open", content);
    // A target that nobody registered is closed again, as the protocol asks.
    const isClosed = ({ type, content }: Received): boolean =>
      type === "comm_close" && content.comm_id === "testbed";
    await kernel.until(() => kernel.heard.find(isClosed), 5_000);
    expect(await kernel.ask("comm_info_request", {})).toEqual({ status: "ok", comms: {} });
  },
  async interrupt_request() {
    const id = kernel.begin("await new Promise((r) => setTimeout(r, 20_000))");
    await kernel.until(() => kernel.outputs(id).some(({ type }) => type === "execute_input"));
    expect((await kernel.ask("interrupt_request", {}, "control")).status).toBe("ok");
    expect((await kernel.end(id)).reply.status).toBe("error");
  },
  async execution_count_increments() {
    const counts = [];
    for (const code of ["1", "2"]) counts.push((await kernel.run(code)).reply.execution_count as number);
    expect(counts[1]! - counts[0]!).toBe(1);
  },
  async parent_header_correlation() {
    const id = kernel.begin("console.log('mine')");
    await kernel.end(id);
    const types = kernel.outputs(id).map(({ type }) => type);
    expect(types).toEqual(["status", "execute_input", "stream", "status"]);
  },
  async shutdown_reply() {
    const other = await Client.start();
    const ended = once(other.process, "exit");
    const reply = await other.ask("shutdown_request", { restart: false }, "control");
    expect(reply).toEqual({ status: "ok", restart: false });
    expect((await ended)[0]).toBe(0);
    await other.shutdown();
  },
};

test("it is 27 tests", () => expect(Object.keys(tests)).toHaveLength(27));
test.each(Object.entries(tests))("%s", (_, run) => run(), 60_000);
