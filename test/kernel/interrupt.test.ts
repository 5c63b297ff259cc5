import { afterAll, beforeAll, expect, test } from "vitest";
import { Client } from "./client";

let kernel: Client;
beforeAll(async () => {
  kernel = await Client.start();
  await kernel.run("let kept = 41");
}, 60_000);
afterAll(() => kernel.shutdown());

/** Interrupts the cell once it has begun to run. */
async function interrupted(code: string): Promise<Awaited<ReturnType<Client["end"]>>> {
  const id = kernel.begin(`console.log("begun"); ${code}`);
  await kernel.until(() => kernel.text(id).includes("begun"));
  await new Promise((resolve) => setTimeout(resolve, 100));
  // Both answer while the cell computes.
  await kernel.beat();
  expect(await kernel.ask("interrupt_request", {}, "control")).toEqual({ status: "ok" });
  return kernel.end(id);
}

test.each([
  ["a loop", "while (true) {}"],
  ["a loop that catches", "while (true) { try { for (;;); } catch {} }"],
  ["a loop after an await", "await 1; for (;;) {}"],
  ["an await that never ends", "await new Promise(() => {})"],
  [
    "a value that never says how it shows",
    '({ [Symbol.for("Jupyter.display")]: () => new Promise(() => {}) })',
  ],
  ["awaits in a loop", "for (;;) await null"],
  [
    "a loop of library code",
    "const fib = (n: number): number => (n < 2 ? n : fib(n - 1) + fib(n - 2)); fib(100)",
  ],
])("%s is stopped, and the variables are there", async (what, code) => {
  const { reply } = await interrupted(code);
  if (!what.startsWith("a value")) expect(reply).toMatchObject({ status: "error", ename: "Interrupted" });
  expect((await kernel.run("kept + 1")).outputs[0]!.content.data["text/plain"]).toBe("42");
});

test("a loop in a timer is stopped", async () => {
  const id = kernel.begin("setTimeout(() => { for (;;); }, 50)");
  await kernel.end(id);
  await new Promise((resolve) => setTimeout(resolve, 200));
  await kernel.ask("interrupt_request", {}, "control");
  await kernel.until(() =>
    kernel.outputs(id).find(({ type, content }) => type === "error" && content.ename === "Interrupted"),
  );
  expect((await kernel.run("kept + 1")).reply.status).toBe("ok");
});

test.each([
  ["an interval", "setInterval(() => { runs++; for (;;); }, 20)"],
  ["an interval that awaits", "setInterval(async () => { await null; runs++; for (;;); }, 20)"],
  [
    "a timer that sets itself again",
    "(function again() { runs++; setTimeout(again, 20); if (runs > 1) for (;;); })()",
  ],
  [
    "a timer that sets itself again after an await",
    "const again = async () => { await null; setTimeout(() => again(), 20); runs++; for (;;); }; setTimeout(again)",
  ],
  [
    "an immediate that sets itself again",
    "const next = () => { setImmediate(next); runs++; for (;;); }; setImmediate(next)",
  ],
  ["an interval of the module", 'require("node:timers").setInterval(() => { runs++; for (;;); }, 20)'],
])("%s with an endless loop is stopped for good, and others go on", async (_, code) => {
  await kernel.run(
    "let [runs, beats] = [0, 0]; const heart = setInterval(() => { for (const _ of [1]) beats++; }, 5)",
  );
  const id = kernel.begin(`console.log("begun"); ${code}; void 0`);
  await kernel.until(() => kernel.text(id).includes("begun"));
  await new Promise((resolve) => setTimeout(resolve, 300));
  await kernel.ask("interrupt_request", {}, "control");
  await kernel.end(id);
  await kernel.until(() =>
    kernel.outputs(id).find(({ type, content }) => type === "error" && content.ename === "Interrupted"),
  );
  const { outputs } = await kernel.run(`
    const [ran, beaten] = [runs, beats]; await new Promise((resolve) => setTimeout(resolve, 300));
    clearInterval(heart); [runs - ran, beats - beaten > 5]`);
  expect(outputs.at(-1)!.content.data["text/plain"]).toBe("[ 0, true ]");
});

test("timers are Node's own in all else", async () => {
  const { outputs } = await kernel.run(`
    import { promisify } from "node:util"; import * as timers from "node:timers";
    const said = await promisify(setTimeout)(1, "a") + await promisify(setImmediate)("b");
    const given = await new Promise((resolve) => setTimeout(function (this: unknown, ...all: unknown[]) { resolve([this === one, all]); }, 1, 2, 3)); var one: unknown;
    let wrong = ""; try { setTimeout("code" as never); } catch (error) { wrong = (error as { code: string }).code; }
    [said, wrong, setTimeout.name, timers.setTimeout === setTimeout]`);
  expect(outputs.at(-1)!.content.data["text/plain"]).toBe(
    "[ 'ab', 'ERR_INVALID_ARG_TYPE', 'setTimeout', true ]",
  );
});

test("what a stopped cell awaited does not make it go on", async () => {
  const id = kernel.begin(
    "console.log('begun'); await new Promise((r) => setTimeout(r, 500)); console.log('went on')",
  );
  await kernel.until(() => kernel.text(id).includes("begun"));
  await kernel.ask("interrupt_request", {}, "control");
  await kernel.end(id);
  await kernel.run("await new Promise((r) => setTimeout(r, 800))");
  expect(kernel.text(id)).toBe("begun\n");
});

test("an interrupt with nothing to stop does nothing", async () => {
  for (let i = 0; i < 20; i++) {
    await kernel.ask("interrupt_request", {}, "control");
    const { reply } = await kernel.run("let s = 0; for (let i = 0; i < 1000; i++) s += i; s");
    expect(reply.status).toBe("ok");
  }
});

test("where only a restart can stop it, the reader is told, and it happens", async () => {
  // Recursion after an await, in code without loops: nothing is compiled in that could stop it.
  const id = kernel.begin(
    "const fib = (n: number): number => (n < 2 ? n : fib(n - 1) + fib(n - 2)); console.log('begun'); await 1; fib(100)",
  );
  await kernel.until(() => kernel.text(id).includes("begun"));
  await kernel.ask("interrupt_request", {}, "control");
  await kernel.until(() => kernel.text(id, "stderr").includes("cannot be interrupted"));
  await kernel.ask("interrupt_request", {}, "control");
  expect((await kernel.end(id)).reply).toMatchObject({ status: "error", ename: "EngineEnded" });
  const { reply } = await kernel.run("kept");
  expect(reply.ename).toBe("TypeScriptError");
  await kernel.run("let kept = 41");
}, 30_000);

test("a cell that kills its own process costs the variables, not the kernel", async () => {
  const { reply } = await kernel.run("process.kill(process.pid, 'SIGKILL'); await new Promise(() => {})");
  expect(reply).toMatchObject({
    status: "error",
    ename: "EngineEnded",
    evalue: expect.stringContaining("SIGKILL") as string,
  });
  expect((await kernel.run("1 + 1")).outputs[0]!.content.data["text/plain"]).toBe("2");
});

test("a report of the process, which waits for every thread, is made", async () => {
  // The thread that hears interrupts is the one; the first cell may come before it runs.
  const { outputs } = await kernel.run(`
    const threads = () => (process.report.getReport() as unknown as { workers: object[] }).workers.length;
    while (threads() === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    threads()`);
  expect(outputs[0]!.content.data["text/plain"]).toBe("1");
});
