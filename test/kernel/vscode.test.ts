import { readdirSync, readlinkSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Extension, type Heard, Machine } from "./vscode";

const machine = new Machine();
const spec = machine.install();
let vscode: Extension;
beforeAll(async () => {
  vscode = await Extension.start(machine, spec.argv);
}, 60_000);
afterAll(() => {
  vscode.close();
  machine.remove();
});

const dataOf = ({ content }: Heard): Record<string, unknown> => content.data as Record<string, unknown>;
const textOf = (heard: Heard[]): string =>
  heard.map(({ content }) => (content.text as string) ?? "").join("");

test("the kernelspec is one that it interrupts by message, and finds by the editor's language", () => {
  expect(spec).toMatchObject({ interrupt_mode: "message", language: "typescript" });
});

test("kernel_info comes on shell and on control, and iopub says that it is there", async () => {
  for (const channel of ["shell", "control"] as const) {
    expect(await vscode.ask(channel, "kernel_info_request", {})).toMatchObject({
      status: "ok",
      language_info: { name: "typescript", file_extension: ".ts", mimetype: "text/typescript" },
      // Without them it starts neither a debugger nor subshells.
      debugger: false,
      supported_features: [],
    });
  }
  const heard = (): Heard | undefined => vscode.heard.find(({ type }) => type === "iopub_welcome");
  // It comes on a socket of its own, perhaps later than the answers.
  await expect.poll(heard).toBeDefined();
  const welcome = heard()!;
  expect([welcome.type, welcome.parent, welcome.content]).toEqual([
    "iopub_welcome",
    "",
    { subscription: "" },
  ]);
});

describe("a cell", () => {
  test("runs in the notebook's folder, and its reply names the cell", async () => {
    const heard = await vscode.run("console.log(process.cwd()); const squares = [1, 4, 9]; squares");
    expect(textOf(heard)).toBe(`${machine.notebooks}\n`);
    expect(heard.map(({ type }) => type)).toEqual(["stream", "execute_result", "execute_reply"]);
    expect(dataOf(heard[1]!)).toEqual({ "text/plain": "[ 1, 4, 9 ]" });
    const cell = heard[2]!.metadata["tslab-gradients"] as { cell: string; declares: string[] };
    expect(cell.cell).toMatch(/^vscode-notebook-cell:/);
    expect(cell.declares).toEqual(["squares"]);
  });

  test("fails with an error that names its line, and the next one runs", async () => {
    const [failed, next] = [vscode.begin("let s: string = 1"), vscode.begin("2 + 2")];
    const [error, reply] = await vscode.end(failed);
    expect(error!.content).toMatchObject({ ename: "TypeScriptError" });
    expect((error!.content.traceback as string[]).join("\n")).toContain("let s: string = 1");
    expect(reply!.content.status).toBe("error");
    expect(dataOf((await vscode.end(next))[0]!)).toEqual({ "text/plain": "4" });
  });
});

test("a figure comes in all its forms, with types, and is updated in place", async () => {
  const [figure] = await vscode.run(
    `import { control, explore, gradientFigure, input, show, tf, type Figure } from "tslab-gradients";
    const figureOf = (mean: number): Figure =>
      gradientFigure([{ gradients: [{ name: "layers.0.0.weight", shape: [1, 1], mean }] }]);
    await show(figureOf(0.5), { id: "one" });`,
  );
  expect(figure!.type).toBe("display_data");
  const forms = ["application/vnd.plotly.v1+json", "image/svg+xml", "image/png", "text/plain"];
  expect(Object.keys(dataOf(figure!)).sort()).toEqual([...forms].sort());
  expect(String(dataOf(figure!)["image/svg+xml"])).toMatch(/^<svg/);
  expect(
    Buffer.from(String(dataOf(figure!)["image/png"]), "base64")
      .subarray(1, 4)
      .toString(),
  ).toBe("PNG");
  const { display_id } = figure!.content.transient as { display_id: string };
  expect(display_id).toBeTruthy();

  const [update] = await vscode.run('await show(figureOf(0.25), { id: "one", update: true })');
  expect([update!.type, update!.content.transient]).toEqual(["update_display_data", { display_id }]);
  expect(dataOf(update!)["text/plain"]).toContain("0.25");

  const [error] = await vscode.run("figureOf('much')");
  expect(error!.content.evalue).toContain("not assignable to parameter of type 'number'");
});

test("explore brings, standalone, the HTML that it shows", async () => {
  const [shown] = await vscode.run("await explore({}, { standalone: true })");
  expect(Object.keys(dataOf(shown!))).toEqual([
    "application/vnd.tslab-gradients.explore+json",
    "text/html",
    "image/png",
    "text/plain",
  ]);
  expect(String(dataOf(shown!)["text/html"])).toMatch(/<script/);
});

test("a control opens its comms, says its state when asked, and takes what its reader sets", async () => {
  const shown = await vscode.run(
    'const width = control.intSlider({ label: "width", min: 1, max: 9, value: 3 }); width',
  );
  const opened = shown.filter(({ type }) => type === "comm_open");
  for (const { content, metadata } of opened) {
    expect(content.target_name).toBe("jupyter.widget");
    // ipywidgets 8, which the extension has, asks for the second version of its protocol.
    expect(metadata.version).toMatch(/^2\./);
  }
  const { comm_id } = opened.at(-1)!.content as { comm_id: string };
  const view = dataOf(shown.find(({ type }) => type === "execute_result")!);
  expect(view["application/vnd.jupyter.widget-view+json"]).toMatchObject({ model_id: comm_id });

  const { comms } = await vscode.ask("shell", "comm_info_request", { target_name: "jupyter.widget" });
  expect(Object.keys(comms as object).sort()).toEqual(opened.map(({ content }) => content.comm_id).sort());
  const said = (id: string): Promise<Heard> =>
    vscode.until(() => vscode.heard.filter((m) => m.type === "comm_msg" && m.content.comm_id === id).at(-1));
  // What a page asks first: a comm of its own, that says the state of all others.
  const all = `control of ${comm_id}`;
  vscode.send("shell", "comm_open", { comm_id: all, target_name: "jupyter.widget.control", data: {} });
  vscode.send("shell", "comm_msg", { comm_id: all, data: { method: "request_states" } });
  const { states } = (await said(all)).content.data as { states: Record<string, unknown> };
  expect(Object.keys(states)).toContain(comm_id);

  const say = (data: object): string => vscode.send("shell", "comm_msg", { comm_id, data });
  say({ method: "request_state" });
  const state = await said(comm_id);
  expect(state.content.data).toMatchObject({ method: "update", state: { value: 3, max: 9 } });

  const moved = say({ method: "update", state: { value: 7 }, buffer_paths: [] });
  await vscode.until(() =>
    vscode.heard.some(({ parent, content }) => parent === moved && content.execution_state === "idle"),
  );
  expect(dataOf((await vscode.run("width.value"))[0]!)).toEqual({ "text/plain": "7" });
  const set = (await vscode.run("width.value = 2")).find(({ type }) => type === "comm_msg")!;
  expect(set.content).toMatchObject({ comm_id, data: { method: "update", state: { value: 2 } } });
});

test("completion and inspection count code points, and know what cells declared", async () => {
  const code = '"💥"; squares.fil';
  const completed = await vscode.ask("shell", "complete_request", { code, cursor_pos: 17 - 1 });
  expect(completed).toMatchObject({ status: "ok", cursor_start: 13, cursor_end: 16 });
  expect(completed.matches).toContain("filter");
  const inspected = await vscode.ask("shell", "inspect_request", { code, cursor_pos: 8, detail_level: 0 });
  expect(inspected).toMatchObject({ status: "ok", found: true });
  expect((inspected.data as { [mime: string]: string })["text/plain"]).toContain("squares: number[]");
});

test("a loop is interrupted by a message on control, and variables stay", async () => {
  const id = vscode.begin("console.log('begun'); for (;;) {}");
  await vscode.until(() => vscode.heard.some(({ parent, type }) => parent === id && type === "stream"));
  expect(await vscode.ask("control", "interrupt_request", {})).toEqual({ status: "ok" });
  const heard = await vscode.end(id);
  expect(heard.at(-1)!.content).toMatchObject({ status: "error", ename: "Interrupted" });
  expect(dataOf((await vscode.run("squares.length"))[0]!)).toEqual({ "text/plain": "3" });
});

test.each([
  ["a line", "input('name? ')", { prompt: "name? ", password: false }],
  ["a password", "input('key? ', { password: true })", { prompt: "key? ", password: true }],
])("input() asks for %s on stdin", async (_, call, content) => {
  const id = vscode.begin(`console.log("got", await ${call})`);
  const asked = await vscode.until(() =>
    vscode.heard.find(({ channel, parent }) => channel === "stdin" && parent === id),
  );
  expect([asked.type, asked.content]).toEqual(["input_request", content]);
  // Its input box answers with the request as the parent.
  vscode.send("stdin", "input_reply", { value: "梯度", status: "ok" }, { parent: asked.header });
  expect(textOf(await vscode.end(id))).toBe("got 梯度\n");
});

test("a request for a debugger is refused, not left waiting", async () => {
  const content = { type: "request", seq: 1, command: "debugInfo" };
  expect(await vscode.ask("control", "debug_request", content)).toMatchObject({ status: "error" });
});

test("all of it was as @jupyterlab/services wants it; the log is empty, and Python was not asked", async () => {
  expect(vscode.heard.length).toBeGreaterThan(100);
  expect(vscode.wrong).toEqual([]);
  expect(vscode.log).toBe("");
  expect(machine.pythons).toBe("");
});

describe("it ends", () => {
  test("by shutdown_request, after its reply", async () => {
    expect(await vscode.ask("control", "shutdown_request", { restart: false })).toEqual({
      status: "ok",
      restart: false,
    });
    expect(await vscode.ended()).toEqual({ code: 0, signal: null });
  });

  test.runIf(process.platform === "linux")(
    "as the extension ends it: by SIGTERM to its children, then to itself, and none of them is left",
    async () => {
      const other = await Extension.start(machine, spec.argv);
      await other.run("setInterval(() => {}, 1000); 1");
      const pid = other.process.pid!;
      const children = inFolder(machine.notebooks).filter((id) => id !== pid);
      expect(children).toHaveLength(1);
      for (const id of [...children, pid]) process.kill(id);
      expect(await other.ended()).toEqual({ code: 0, signal: null });
      // Whichever process took the ended one's place would work there too.
      await other.until(() => inFolder(machine.notebooks).length === 0, 5_000);
      other.close();
    },
    30_000,
  );
});

/** The processes that work in a folder. */
function inFolder(folder: string): number[] {
  const isThere = (id: string): boolean => {
    try {
      return readlinkSync(`/proc/${id}/cwd`) === folder;
    } catch {
      // It has ended, or is another user's.
      return false;
    }
  };
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && isThere(name))
    .map(Number);
}
