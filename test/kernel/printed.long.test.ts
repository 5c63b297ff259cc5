import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Client } from "./client";
import { textOf } from "./wire";

let kernel: Client;
beforeAll(async () => {
  kernel = await Client.start();
  await kernel.run(
    'import { ExampleDeepNeuralNetwork, layerGradients, manualSeed, tf } from "tslab-gradients"',
  );
}, 60_000);
afterAll(() => kernel.shutdown());

const printed = async (code: string): Promise<string> => textOf((await kernel.run(code)).outputs);
const result = async (code: string): Promise<string> =>
  (await kernel.run(code)).outputs.find(({ type }) => type === "execute_result")!.content.data[
    "text/plain"
  ] as string;

describe("a tensor", () => {
  const text = "Tensor float32 [2, 2]\n[[  1, 2.5],\n [ -3,   4]]";

  test("is printed as a result shows it, also inside other things", async () => {
    await kernel.run("const t = tf.tensor([[1, 2.5], [-3, 4]])");
    expect(await result("t")).toBe(text);
    expect(await printed("console.log(t, 1)")).toBe(`${text} 1\n`);
    const inside = text.replaceAll("\n", "\n  ");
    expect(await printed("console.log([t], { t }, new Map([['t', t]]), new Set([t]))")).toBe(
      `[\n  ${inside}\n] {\n  t: ${inside}\n} Map(1) {\n  't' => ${inside}\n} Set(1) {\n  ${inside}\n}\n`,
    );
    expect(await printed("console.log('%s and %o', t, [[[[t]]]])")).not.toContain("dataId");
    expect(await printed("console.log({ a: { b: { c: t } } })")).toBe(
      "{ a: { b: { c: [Tensor float32 [2, 2]] } } }\n",
    );
    await expect(printed("console.error(t)")).resolves.toBe("");
  });

  test("is a variable, is disposed, or is of another dtype, and says so", async () => {
    expect(await printed("console.log(tf.variable(tf.scalar(1)))")).toBe("Tensor float32 []\n1\n");
    expect(await printed("const gone = tf.zeros([2]); gone.dispose(); console.log([gone])")).toBe(
      "[ Tensor float32 [2], disposed ]\n",
    );
    expect(await printed('console.log(tf.tensor(["a".repeat(1000)]))')).toBe(
      `Tensor string [1]\n["${"a".repeat(80)}…"]\n`,
    );
  });

  test("is shown by its ends where it is large, whatever its rank", async () => {
    expect(await printed("console.log(tf.range(0, 1000))")).toBe(
      "Tensor float32 [1000]\n[  0,   1,   2, ..., 997, 998, 999]\n",
    );
    expect((await printed("console.log(tf.zeros([9, 9, 9, 9, 9, 9]))")).length).toBeLessThan(2000);
  });

  test("of a copy of TensorFlow.js that a cell loads by itself shows as well", async () => {
    const own = await Client.start();
    for (const load of ['await import("@tensorflow/tfjs")', 'require("@tensorflow/tfjs-core")']) {
      const { outputs } = await own.run(`const copy = ${load}; console.log([copy.scalar(2, "int32")])`);
      // Without a backend of its own the core cannot make one.
      expect(textOf(outputs) || outputs[0]!.content.evalue).toMatch(
        /^\[\n {2}Tensor int32 \[\]\n {2}2\n\]\n$/,
      );
    }
    await own.shutdown();
  });
});

test("parameters show their names, values and gradients", async () => {
  const text = await printed(`
    manualSeed(123); const model = new ExampleDeepNeuralNetwork([3, 3, 1]);
    console.log(model.parameters()); layerGradients(model, tf.tensor([[1, 0, -1]])); console.log(model.parameters())`);
  expect(text).toContain("\n  Parameter layers.1.0.bias float32 [1]\n");
  expect(text).toMatch(
    /\n {2}Parameter layers\.0\.0\.weight float32 \[3, 3\], mean \|gradient\| 0\.\d+\n {2}\[\[/,
  );
  expect(text).not.toMatch(/dataId|slot_/);
});

test.each([
  ["manualSeed(123)", "Generator { initialSeed: 123 }"],
  ["Promise.resolve([3])", "Promise { [ 3 ] }"],
  ["[new Promise(() => {})]", "[ Promise { <pending> } ]"],
  ["const later = setTimeout(() => {}, 60_000); later", "Timeout (60000 ms)"],
  ["clearTimeout(later); later", "Timeout (over)"],
  ["const often = setInterval(() => {}, 60_000); clearInterval(often); [often]", "[ Interval (over) ]"],
  ["setImmediate(() => {})", "Immediate"],
])("%s as a last line is short", async (code, expected) => {
  expect(await result(code)).toBe(expected);
});

test("what layerGradients returns is a table, and still data", async () => {
  const code =
    "manualSeed(123); const found = layerGradients(new ExampleDeepNeuralNetwork([3, 3, 1]), tf.tensor([[1, 0, -1]]));";
  expect(await result(`${code} found`)).toMatch(
    /^Layer gradients: loss 0\.\d+, output \[1, 1\]\nweight {13}shape {3}mean \|gradient\|\nlayers\.0\.0\.weight {2}\[3, 3\] {2}0\.\d+\nlayers\.1\.0\.weight/,
  );
  expect(await result("[Object.keys(found), Object.getOwnPropertySymbols({ ...found }).length]")).toBe(
    "[ [ 'loss', 'output', 'gradients', 'useShortcut' ], 0 ]",
  );
});

test("nothing shows how the kernel knows whose a thing is", async () => {
  const { outputs } = await kernel.run(`
    import { createServer } from "node:net";
    const server = createServer().listen(0); const shown = [server, fetch("data:,"), process.stdin, setInterval(() => {})];
    console.log(shown, server); server.close(); clearInterval(shown[3] as NodeJS.Timeout); server`);
  const text =
    textOf(outputs) + outputs.find(({ type }) => type === "execute_result")!.content.data["text/plain"];
  expect(text).toContain("Server {");
  expect(text).not.toMatch(/kResourceStore|Execution|async_id_symbol\)\]: \d+,\n\s+\[Symbol\(trigger/);
});

describe("a result is bounded in time and size", () => {
  beforeAll(async () => {
    await kernel.run(`
      const big: Record<string, number> = {}; for (let i = 0; i < 1e6; i++) big["k" + i] = i;
      const bare: object = Object.assign(Object.create(null), big);
      const deep = Array.from({ length: 100 }, () => Array.from({ length: 100 }, () => new Array(100).fill(0)));`);
  });

  test.each([
    ["1e6 keys", "big", /^\{\n {2}k0: 0,\n[^]*\n\}\n\.\.\. 999,000 more keys$/],
    ["1e6 keys inside an array", "[big]", /^\[ \[Object\] \]$/],
    ["1e6 keys without a prototype", "bare", /^\[Object: null prototype\] \{\n {2}k0: 0,\n[^]*more keys$/],
    ["a million elements in three dimensions", "deep", /^\[\n {2}\[\n[^]*more characters$/],
    ["long strings", 'Array.from({ length: 100 }, () => "line\\n".repeat(1e5))', /more characters$/],
    ["a hundred tensors", "Array.from({ length: 100 }, () => tf.zeros([9, 9, 9]))", /more characters$/],
  ])("%s", async (_, code, expected) => {
    const text = await result(code);
    expect(text.length).toBeLessThan(100_000);
    expect(text).toMatch(expected);
  });

  test("and whole where it is small", async () => {
    expect(await result("({ a: { b: { c: [1] } } })")).toBe("{ a: { b: { c: [Array] } } }");
    expect(await result('new Proxy({ a: 1 }, { ownKeys() { throw new Error("no") } })')).toContain(
      "{ a: 1 }",
    );
  });
});

describe("console.group ends with its cell", () => {
  test("also where it fails, and in what it prints late it goes on", async () => {
    const first = kernel.begin(
      'console.group("one"); console.group("two"); console.log("in"); setTimeout(() => console.log("late"), 300); throw new Error("no")',
    );
    expect(await kernel.end(first)).toMatchObject({ reply: { status: "error" } });
    expect(
      await printed(
        'console.log("out"); console.group(); console.log("in"); console.groupEnd(); console.log("out")',
      ),
    ).toBe("out\n  in\nout\n");
    await kernel.until(() => kernel.text(first).includes("late"));
    expect(kernel.text(first)).toBe("one\n  two\n    in\n    late\n");
  });
});
