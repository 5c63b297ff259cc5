import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Client } from "./client";

let kernel: Client;
beforeAll(async () => {
  kernel = await Client.start();
}, 60_000);
afterAll(() => kernel.shutdown());

const traceback = (content: { traceback?: string[] }): string =>
  (content.traceback ?? []).join("\n").replace(/\u001b\[[\d;]*m/g, "");

test("kernel_info says what is true", async () => {
  const info = await kernel.ask("kernel_info_request", {});
  expect(info).toMatchObject({
    status: "ok",
    protocol_version: "5.5",
    implementation: "tslab-gradients",
    language_info: { name: "typescript", file_extension: ".ts", nbconvert_exporter: "script" },
  });
  const { version } = info.language_info as { version: string };
  const { outputs } = await kernel.run('require("typescript").version');
  expect(outputs[0]!.content.data["text/plain"]).toBe(`'${version}'`);
});

describe("errors", () => {
  test("a thrown error points at the cell's own line", async () => {
    const { reply, outputs } = await kernel.run(
      "interface Gone { a: 1 }\nfunction inner(): never {\n  throw new RangeError('too far')\n}\nfunction outer() { inner() }\nouter()",
    );
    expect(reply).toMatchObject({ status: "error", ename: "RangeError", evalue: "too far" });
    expect(outputs.map(({ type }) => type)).toEqual(["error"]);
    expect(traceback(outputs[0]!.content)).toMatch(
      /^RangeError: too far\n {2}In\[\d+\]:3:9\n {2}3 \|   throw new RangeError\('too far'\)\n {4}\|         \^\n {4}at outer \(In\[\d+\]:5:20\)\n {4}at In\[\d+\]:6:1$/,
    );
  });

  test("a type error has its line and a caret below the right column, wide characters or not", async () => {
    const { reply } = await kernel.run("const 梯度 = 1; const s: string = 梯度");
    expect(reply).toMatchObject({ ename: "TypeScriptError" });
    const [, line, caret] = /\d \| (.*)\n\s+\| (.*)$/.exec(traceback(reply))!;
    expect(line).toBe("const 梯度 = 1; const s: string = 梯度");
    // The two characters before the place take two columns each.
    expect(caret).toBe(`${" ".repeat("const 梯度 = 1; const ".length + 2)}^`);
    expect((await kernel.run("const = 3")).reply.ename).toBe("SyntaxError");
  });

  test.each([
    ["throw null", "Thrown", "null"],
    ["throw undefined", "Thrown", "undefined"],
    ["throw 'a string'", "Thrown", "a string"],
    ["const o: any = {}; o.o = o; throw o", "Thrown", "<ref *1> { o: [Circular *1] }"],
    ["throw { get message() { throw 1 } }", "Thrown", "{ message: [Getter] }"],
    ["throw new Proxy({}, { get() { throw 1 }, ownKeys() { throw 2 } })", "Thrown", expect.any(String)],
    ["class Odd extends Error { get name(): string { throw 1 } }; throw new Odd('odd')", "Error", "odd"],
    ["throw new Error('outer', { cause: new TypeError('inner') })", "Error", "outer"],
    ["process.exit(1)", "ProcessExit", expect.stringContaining("process.exit(1)")],
    [
      "setTimeout(() => process.exit(2)); await new Promise((r) => setTimeout(r, 30))",
      "ProcessExit",
      expect.any(String),
    ],
    ["Promise.reject(new Error('nobody')); 1", "Error", "nobody"],
  ])("%s", async (code, ename, evalue) => {
    const { reply, outputs } = await kernel.run(code);
    expect(reply).toMatchObject({ status: "error", ename, evalue });
    expect(outputs.filter(({ type }) => type === "error")).toHaveLength(1);
  });

  test("an error's cause is told", async () => {
    const { reply } = await kernel.run("throw new Error('outer', { cause: new TypeError('inner') })");
    expect(traceback(reply)).toContain("Caused by TypeError: inner");
  });

  test("a rejection that comes when the cell is done is an error of that cell", async () => {
    const id = kernel.begin("setTimeout(() => Promise.reject(new Error('late')), 50); 1");
    expect((await kernel.reply(id)).content.status).toBe("ok");
    await kernel.run("2");
    await kernel.until(() =>
      kernel.outputs(id).find(({ type, content }) => type === "error" && content.evalue === "late"),
    );
  });

  test("cells sent with an error are aborted; those that do not want it are run", async () => {
    const ids = ["throw 1", "1", "2"].map((code) => kernel.begin(code));
    const statuses = (ids: string[]): Promise<string[]> =>
      Promise.all(ids.map(async (id) => (await kernel.end(id)).reply.status as string));
    expect(await statuses(ids)).toEqual(["error", "aborted", "aborted"]);
    const kept = ["throw 1", "1"].map((code) => kernel.begin(code, { stop_on_error: false }));
    expect(await statuses(kept)).toEqual(["error", "ok"]);
  });
});

describe("results", () => {
  const bundle = async (code: string): Promise<Record<string, string>> => {
    const { outputs } = await kernel.run(code);
    return outputs.find(({ type }) => type === "execute_result")!.content.data as Record<string, string>;
  };

  test("a tensor shows shape, dtype and values", async () => {
    await kernel.run('import { nn, tf, manualSeed, gradientFigure } from "tslab-gradients"');
    expect((await bundle("tf.tensor([[1, 2.5], [-3, 4]])"))["text/plain"]).toBe(
      "Tensor float32 [2, 2]\n[[  1, 2.5],\n [ -3,   4]]",
    );
    expect((await bundle("tf.scalar(7, 'int32')"))["text/plain"]).toBe("Tensor int32 []\n7");
    expect((await bundle("tf.zeros([0, 3])"))["text/plain"]).toBe("Tensor float32 [0, 3]\n[]");
    expect((await bundle("tf.range(0, 1000)"))["text/plain"]).toBe(
      "Tensor float32 [1000]\n[  0,   1,   2, ..., 997, 998, 999]",
    );
  });

  test("a model shows as its table of parameters", async () => {
    const data = await bundle("new nn.Sequential(new nn.Linear(3, 2), new nn.GELU())");
    expect(data["text/plain"]).toBe(
      "Sequential: 8 parameters\nparameter  shape   dtype    numbers\n0.weight   [2, 3]  float32        6\n0.bias     [2]     float32        2",
    );
    expect(data["text/html"]).toContain("<td");
  });

  test("a figure shows in all its forms", async () => {
    const data = await bundle(
      "gradientFigure([{ gradients: [{ name: 'layers.0.0.weight', shape: [1, 1], mean: 0.5 }] }])",
    );
    expect(Object.keys(data).sort()).toEqual(
      ["application/vnd.plotly.v1+json", "image/png", "image/svg+xml", "text/plain"].sort(),
    );
  });

  test("an object says itself how it shows", async () => {
    expect(
      await bundle('({ async [Symbol.for("Jupyter.display")]() { return { "text/html": "<i>a</i>" } } })'),
    ).toMatchObject({
      "text/html": "<i>a</i>",
      "text/plain": expect.any(String) as string,
    });
  });

  test("nothing is shown of nothing, and nothing of a silent cell", async () => {
    expect((await kernel.run("undefined")).outputs).toEqual([]);
    const id = kernel.begin("const hidden = 5; hidden", { silent: true });
    await kernel.end(id);
    expect(kernel.outputs(id).map(({ type }) => type)).toEqual(["status", "status"]);
  });

  test("user_expressions are answered, good ones and bad ones", async () => {
    const { reply } = await kernel.run("const four = 4", {
      user_expressions: { good: "four + 1", bad: "nowhere" },
    });
    expect(reply.user_expressions).toMatchObject({
      good: { status: "ok", data: { "text/plain": "5" } },
      bad: { status: "error", ename: "TypeScriptError" },
    });
  });
});
