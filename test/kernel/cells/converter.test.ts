import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { notebook, type Outcome } from "./cells";

const cells = notebook();
const run = (code: string): Promise<Outcome> => cells.run(code);

/** The last cell's outcome. */
async function runAll(...codes: string[]): Promise<Outcome> {
  let outcome: Outcome = {};
  for (const code of codes) outcome = await run(code);
  return outcome;
}

// What tslab's own converter cannot do, or does otherwise; the values are JavaScript's own.
test.each<[string[], unknown]>([
  [["const x = 3", "({ x }).x"], 3],
  [["let p = 1", "({ p } = { p: 9 }); p"], 9],
  [["let p = 1", "({ p = 5 } = {} as any); p"], 5],
  [["const f = function (this: any) { return this === undefined || this === globalThis }", "f()"], true],
  [["const obj = { a: { b: 1 } }", "const { a: { b } } = obj; b", "b + 1"], 2],
  [["import os = require('os')", "typeof os.cpus"], "function"],
  [["for (var i = 0; i < 3; i++) {}", "i"], 3],
  [["await (Promise.resolve(3))"], 3],
  [
    [
      "async function* g() { yield 1; yield 2 }",
      "const got: number[] = []; for await (const x of g()) got.push(x); got",
    ],
    [1, 2],
  ],
  [["export const e = 4", "e"], 4],
  [["export default 3", "1"], 1],
  [["import type { Stats } from 'fs'", "let s: Stats | null = null; s === null"], true],
  [["const tf = 1", "function shadow(tf: number) { return tf + 1 }; shadow(5)"], 6],
  [["const v = 1", "const w = { v: 2 }; w.v"], 2],
  [["class Base { a = 1 }", "const Mixed = class extends Base { b = 2 }; new Mixed().a"], 1],
  [["const deco = (c: any, _: any) => c", "typeof deco"], "function"],
  [["const { length: len } = 'abc'", "len"], 3],
])("%j", async (codes, value) => {
  expect(await runAll(...codes)).toEqual({ value });
});

test("a cell that fails keeps what it assigned before, and what was there earlier", async () => {
  await run("let kept = 1; let early = 1");
  const failed = await run(
    "let fresh = 2; let kept = ((): number => { throw new Error('no') })(); let unseen = 3",
  );
  expect(failed.thrown).toBeInstanceOf(Error);
  expect(await run("[kept, fresh, early]")).toEqual({ value: [1, 2, 1] });
  expect(await run("unseen")).toEqual({ codes: [2304] });
});

test("a cell that does not compile changes nothing", async () => {
  await run("let steady = 1");
  expect(await run("let steady = 'x'; const bad: number = 'y'")).toEqual({ codes: [2322] });
  expect(await run("steady + 1")).toEqual({ value: 2 });
});

test("a complaint has its place and its line", async () => {
  await run("const one = 1\nconst two: string = 2");
  expect(cells.converter.last.diagnostics).toEqual([
    {
      start: { line: 1, column: 6 },
      end: { line: 1, column: 9 },
      code: 2322,
      message: "Type 'number' is not assignable to type 'string'.",
      line: "const two: string = 2",
    },
  ]);
});

test("it knows what a cell declares and uses, in functions and types too", async () => {
  await run("interface Shape { n: number }\nconst size = 3; function twice(x: number) { return 2 * x }");
  expect(cells.converter.last.declares.sort()).toEqual(["Shape", "size", "twice"]);
  await run("const grow = () => { const s: Shape = { n: twice(size) }; return s }");
  expect(cells.converter.last).toMatchObject({ declares: ["grow"] });
  expect(cells.converter.last.uses.sort()).toEqual(["Shape", "size", "twice"]);
});

describe("stacks", () => {
  // The test runner's own way of writing stacks does not know the names of scripts.
  const { prepareStackTrace } = Error;
  beforeAll(() => delete (Error as Partial<typeof Error>).prepareStackTrace);
  afterAll(() => (Error.prepareStackTrace = prepareStackTrace));

  // Line and column are those of the text as written here, counted by hand.
  test.each([
    ["interface Gone {}\n\nfunction boom(): never {\n  throw new Error('x')\n}\nboom()", 4, 9],
    ["throw new Error('first line')", 1, 7],
    ["await 1\ntype T = 1\nthrow new Error('after an await')", 3, 7],
  ])("%j", async (code, line, column) => {
    const { thrown } = await run(code);
    const [, source, at, on] = /(In\[\d+\])\.js:(\d+):(\d+)/.exec((thrown as Error).stack!)!;
    const { places } = cells.converter;
    expect(places.original(`${source}.js`, Number(at), Number(on))).toMatchObject({ source, line, column });
  });
});

describe("interrupts are compiled in", () => {
  const key = Symbol.for("tslab-gradients.interrupt");
  const world = globalThis as { [key]?: unknown };
  afterAll(() => (world[key] = undefined));

  test.each([
    "while (true) {}",
    "for (;;);",
    "do {} while (true)",
    "for (const x of (function* () { for (;;) yield 1 })());",
    "await 1; while (true) await null",
    "const spin = async () => { for (;;) await null }; await spin()",
    "for (const k in { a: 1 }) for (;;) continue",
  ])("%s", async (code) => {
    let checks = 0;
    const check = (): void => {
      if (++checks > 1000) throw new Error("stopped");
    };
    world[key] = { loop: check, resume: (value: unknown) => (check(), value) };
    expect(((await run(code)).thrown as Error).message).toBe("stopped");
  });
});

describe("local files", () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "tslab-gradients-local-")));
  const cwd = join(root, "notebooks", "here");
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  mkdirSync(cwd, { recursive: true });
  const local = notebook(cwd);
  afterAll(() => rmSync(root, { recursive: true }));

  test("from above and below, an index, a .js name, JSON, and their edits", async () => {
    write("lib/index.ts", "import { deep } from './deep'; export const sum = (a: number) => a + deep;");
    write("lib/deep.ts", "export const deep: number = 1;");
    write("notebooks/here/below/b.ts", "export const b: string = 'b'; for (const x of [1]) void x;");
    write("data.json", '{ "n": 1 }');
    const code =
      "import { sum } from '../../lib'; import { b } from './below/b.js'; import data from '../../data.json'; [sum(1), b, data.n]";
    expect(await local.run(code)).toEqual({ value: [2, "b", 1] });
    // An edit to what an imported file imports.
    write("lib/deep.ts", "export const deep: number = 10;");
    write("data.json", '{ "n": 22 }');
    expect(await local.run(code)).toEqual({ value: [11, "b", 22] });
    write("lib/deep.ts", "export const deep: number = 'a string';");
    expect(await local.run(code)).toEqual({ codes: [2322] });
    expect(local.converter.last.diagnostics[0]).toMatchObject({
      fileName: "../../lib/deep.ts",
      start: { line: 0 },
    });
    write("lib/deep.ts", "export const deep: number = 100;");
    expect(await local.run(code)).toEqual({ value: [101, "b", 22] });
  });

  test("what was edited while no cell imported it is fresh when one does", async () => {
    write("x/a.ts", "import { v } from './v'; export const a = v;");
    write("x/v.ts", "export const v = 1;");
    expect(await local.run("import { a } from '../../x/a'; a")).toEqual({ value: 1 });
    write("x/v.ts", "export const v = 22;");
    expect(await local.run("import { v } from '../../x/v'; v")).toEqual({ value: 22 });
    expect(await local.run("import { a } from '../../x/a'; a")).toEqual({ value: 22 });
  });

  test("files that import each other", async () => {
    write(
      "c/one.ts",
      "import { two } from './two'; export const one = 1; export const both = () => one + two;",
    );
    write("c/two.ts", "import { one } from './one'; export const two = 2; export const get = () => one;");
    expect(
      await local.run(
        "import { both } from '../../c/one'; import { get } from '../../c/two'; [both(), get()]",
      ),
    ).toEqual({
      value: [3, 1],
    });
  });

  test("a file that comes later is found", async () => {
    expect(await local.run("import { late } from './late'; late")).toEqual({ codes: [2307] });
    write("notebooks/here/late.ts", "export const late = 5;");
    expect(await local.run("import { late } from './late'; late")).toEqual({ value: 5 });
  });

  test("a stack names the file's own line", async () => {
    write(
      "t/thrower.ts",
      "type Gone = 1;\n\nexport function go(): never {\n  throw new Error('in a file');\n}\n",
    );
    const { thrown } = await local.run("import { go } from '../../t/thrower'; go()");
    const [, file, line, column] = /\((.*thrower\.js):(\d+):(\d+)\)/.exec((thrown as Error).stack!)!;
    expect(local.converter.places.original(file!, Number(line), Number(column))).toMatchObject({
      source: "../../t/thrower.ts",
      line: 4,
      column: 9,
    });
  });
});

describe("completion", () => {
  const complete = (code: string, position = code.length): string[] =>
    cells.converter.complete("", code, position).entries.map(({ text }) => text);

  test("names of earlier cells come first, members are known, broken code does not matter", async () => {
    await run("const gradientOfAll = 1; const other = { alpha: 1, Beta: 2 }");
    expect(complete("grad")[0]).toBe("gradientOfAll");
    expect(complete("other.").slice(0, 2).sort()).toEqual(["Beta", "alpha"]);
    expect(complete("const x = other.be")).toEqual(["Beta"]);
    expect(complete("function f() { return Math.hyp")).toEqual(["hypot"]);
    expect(cells.converter.complete("", "other.al; 1", 8)).toEqual({
      start: 6,
      end: 8,
      entries: [{ text: "alpha", type: "property", signature: "(property) alpha: number" }],
    });
  });

  test("it says what each is, with its documentation, and offers only what Node has", () => {
    const [entry] = cells.converter.complete("", "Math.hypo", 9).entries;
    expect(entry).toMatchObject({
      text: "hypot",
      type: "function",
      signature: "(method) Math.hypot(...values: number[]): number",
      documentation: "Returns the square root of the sum of squares of its arguments.",
    });
    // TensorFlow.js declares what WebGPU has, which Node does not.
    expect(complete('import * as tf from "@tensorflow/tfjs"; GPUMap')).toEqual([]);
    expect(complete("struc")[0]).toBe("structuredClone");
  });

  test("packages and files are known in an import", () => {
    expect(complete('import { nn } from "tslab-grad')).toContain("tslab-gradients");
    expect(complete('import { read } from "node:fs/p')).toEqual(["promises"]);
    expect(complete('import { nn } from "./src/kernel/cells/comp')).toContain("complaints");
  });
});

test("what packages declare has its doc comment too, own and imported", () => {
  const { converter } = cells;
  const told = (text: string, before: string): string => {
    const info = converter.inspect("", text, text.indexOf(before))!;
    return [...(info.documentation ?? []), ...(info.tags ?? []).flatMap((tag) => tag.text ?? [])]
      .map(({ text }) => text)
      .join(" ");
  };
  // The beginnings of TypeScript's, Node's and TensorFlow.js's own comments.
  expect(told("[1].map(String)", "map")).toContain("Calls a defined callback function on each element");
  expect(told('import { readFileSync } from "node:fs";', "readFileSync")).toContain(
    "Returns the contents of the",
  );
  expect(told('import * as tf from "@tensorflow/tfjs"; tf.scalar(1)', "scalar(")).toContain("rank-0");
  const text = 'import * as fs from "fs"; fs.existsS';
  const { entries } = converter.complete("", text, text.length);
  expect(entries[0]).toMatchObject({
    text: "existsSync",
    documentation: expect.stringContaining("`true` if the path exists") as string,
  });
});

test("inspection has the type and the doc comment", async () => {
  await run("/** Adds one. */\nfunction addOne(x: number) { return x + 1 }");
  const info = cells.converter.inspect("", "addOne(2)", 3);
  expect(info?.displayParts!.map(({ text }) => text).join("")).toContain("addOne(x: number): number");
});
