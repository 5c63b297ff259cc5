import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { Client } from "./client";
import { textOf } from "./wire";

let folder: string;
let kernel: Client | null = null;
const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};
const manifest = (name: string, rest: object): string => JSON.stringify({ name, version: "1.0.0", ...rest });

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "tslab-gradients-imports-")));
  const own = (types: string, code: string): object => ({
    ".": { types: `./${types}`, import: `./${code}` },
    "./sub": { types: "./sub.d.ts", import: "./sub.js" },
  });
  write(
    "node_modules/esm-only/package.json",
    manifest("esm-only", { type: "module", exports: "./index.js" }),
  );
  write(
    "node_modules/esm-only/index.js",
    "export let a = 1; export const more = () => ++a; export default () => 'hi';",
  );
  write(
    "node_modules/esm-only/index.d.ts",
    "export let a: number; export function more(): number; export default function hi(): string;",
  );
  write(
    "node_modules/waits/package.json",
    manifest("waits", { type: "module", exports: own("index.d.ts", "index.js") }),
  );
  write("node_modules/waits/index.js", "export const t = await Promise.resolve(7); export default { d: 4 };");
  write(
    "node_modules/waits/index.d.ts",
    "export const t: number; declare const d: { d: number }; export default d;",
  );
  write("node_modules/waits/sub.js", "export const s = 'sub';");
  write("node_modules/waits/sub.d.ts", "export const s: string;");
  write(
    "node_modules/@scope/some/package.json",
    manifest("@scope/some", { exports: { "./deep": { types: "./deep.d.ts", default: "./deep.js" } } }),
  );
  write("node_modules/@scope/some/deep.js", "exports.deep = 5;");
  write("node_modules/@scope/some/deep.d.ts", "export const deep: number;");
  write("node_modules/types-only/package.json", manifest("types-only", { types: "index.d.ts" }));
  write("node_modules/types-only/index.d.ts", "export interface T { q: number }");
  const both = {
    import: { types: "./i.d.mts", default: "./i.mjs" },
    require: { types: "./r.d.cts", default: "./r.cjs" },
  };
  write("node_modules/dual/package.json", manifest("dual", { exports: { ".": both } }));
  write("node_modules/dual/i.mjs", "export const byImport = 1;");
  write("node_modules/dual/i.d.mts", "export const byImport: number;");
  write("node_modules/dual/r.cjs", "exports.byRequire = 1;");
  write("node_modules/dual/r.d.cts", "export const byRequire: number;");
  write("node_modules/untyped/package.json", manifest("untyped", { main: "index.js" }));
  write("node_modules/untyped/index.js", "module.exports = () => 'untyped';");
  write("c.cjs", "module.exports = { v: 1 };");
  write("m.mjs", "export const m = 2; export default 9;");
  write("typed.mts", "export const mm: number = 3;");
  write("typed.cts", "export const ct: number = 8;");
  write("data.json", '{ "j": 4 }');
  write("h.ts", "export const h: number = 6;");
  write("k.js", "exports.k = 7;");
  write("uses.ts", "import { t } from 'waits'; export const twice = 2 * t;");
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(async () => {
  await kernel?.shutdown();
  kernel = null;
});

/** What cells show or are told, in a kernel of the folder. */
async function shown(cells: string[], cwd = folder): Promise<string[]> {
  const client = (kernel = await Client.start({ cwd }));
  const texts = [];
  for (const cell of cells) {
    const { outputs, reply } = await client.run(cell);
    const result = outputs.find(({ type }) => type === "execute_result");
    const said = textOf(outputs, "stderr") + textOf(outputs, "stdout");
    texts.push(
      said +
        String(
          result ? (result.content.data as { [type: string]: unknown })["text/plain"] : (reply.evalue ?? ""),
        ),
    );
  }
  return texts;
}

test("whatever can be imported works, and what it gives is right", async () => {
  const table: [cell: string, shows: string][] = [
    ["import { a } from 'esm-only'; a", "1"],
    ["import hi from 'esm-only'; hi()", "'hi'"],
    ["import { a as live, more } from 'esm-only'; more(); live", "2"],
    ["import { t } from 'waits'; t", "7"],
    ["import d from 'waits'; d", "{ d: 4 }"],
    ["import * as all from 'waits'; all", "[Module: null prototype] { default: { d: 4 }, t: 7 }"],
    ["import { s } from 'waits/sub'; s", "'sub'"],
    ["import 'waits'", ""],
    ["const { t: later } = await import('waits'); later", "7"],
    ["const name = 'waits'; (await import(name)).t", "7"],
    ["require('waits').t", "7"],
    ["import { twice } from './uses'; twice", "14"],
    ["import { deep } from '@scope/some/deep'; deep", "5"],
    ["import { T } from 'types-only'; const typed: T = { q: 1 }; typed", "{ q: 1 }"],
    // A package that has both is required: so are its types.
    ["import { byRequire } from 'dual'; byRequire", "1"],
    ["import untyped from 'untyped'; untyped()", "'untyped'"],
    ["import c from './c.cjs'; c.v", "1"],
    ["import { m } from './m.mjs'; m", "2"],
    ["import nine from './m.mjs'; nine", "9"],
    ["import { mm } from './typed.mjs'; mm", "3"],
    ["import { mm as same } from './typed.mts'; same", "3"],
    ["import { ct } from './typed.cjs'; ct", "8"],
    ["import data from './data.json'; data.j", "4"],
    ["import './h.ts'", ""],
    ["import { h } from './h.ts'; h", "6"],
    ["import { k } from './k.js'; k", "7"],
    ["(await import('./h')).h", "6"],
    ["export default class Foo { x = 1 }", ""],
    ["new Foo().x", "1"],
    ["export default function bar() { return 2 }", ""],
    ["bar()", "2"],
    ["[__dirname, __filename.endsWith('cell.ts'), typeof module.paths]", `[ '${folder}', true, 'object' ]`],
    ["import nope from 'nope'", "Cannot find module 'nope' or its corresponding type declarations."],
    [
      "import { b } from 'esm-only'",
      `Module '"esm-only"' has no exported member 'b'. Did you mean to use 'import b from "esm-only"' instead?`,
    ],
  ];
  expect(await shown(table.map(([cell]) => cell))).toEqual(table.map(([, shows]) => shows));
}, 60_000);

test("files that are modules by their names are read again after an edit, and name their own lines", async () => {
  const paths = ["script.mjs", "typed-too.mts"];
  for (const path of paths)
    write(path, "export const v = 1;\nexport const f = () => {\n  throw new Error('there');\n};\n");
  expect(await shown(paths.map((path) => `import { v } from './${path}'; v`))).toEqual(["1", "1"]);
  for (const path of paths) {
    const { reply } = await kernel!.run(`import { f } from './${path}'; f()`);
    expect((reply.traceback as string[]).join("\n")).toContain(`${path}:3:9`);
    write(path, "export const v = 2; export const n = 5;");
    const { outputs } = await kernel!.run(`import { v, n } from './${path}'; [v, n]`);
    expect(outputs[0]!.content.data).toMatchObject({ "text/plain": "[ 2, 5 ]" });
  }
  write("awaits.ts", "export const v = await Promise.resolve(1);");
  const { reply } = await kernel!.run("import { v } from './awaits'");
  expect(reply.evalue).toBe("A local file cannot await at its top; await in the cell, or export a function.");
}, 60_000);

test("what is not found is told without a path of the machine", async () => {
  const told = await shown(["require('nothere')", "const name = 'neither'; await import(name)"]);
  expect(told).toEqual(["Cannot find module 'nothere'", "Cannot find module 'neither'"]);
}, 60_000);

test("stacks stay the reader's when a cell takes Node's hook away", async () => {
  const cells = [
    "Error.prepareStackTrace = undefined",
    "new Error('x')",
    "Error.prepareStackTrace = () => 'mine'; new Error('y').stack",
    "delete (Error as any).prepareStackTrace; 1",
    "declare global { interface Array<T> { added(): T } }",
  ];
  const [, plain, own] = await shown(cells);
  expect([plain, own]).toEqual(["Error: x\n    at In[2]:1:1", "'mine'"]);
}, 60_000);

test("an edit to a declaration file of the reader's is seen", async () => {
  write("own.js", "exports.own = 1;");
  write("own.d.ts", "export const own: number;");
  expect(await shown(["import { own } from './own'; own"])).toEqual(["1"]);
  write("own.d.ts", "export const own: number; export const other: string;");
  const { reply } = await kernel!.run("import { other } from './own'");
  expect(reply.status).toBe("ok");
}, 60_000);

test("a function sees what later cells assign to the variables that it uses", async () => {
  const table: [cell: string, shows: string][] = [
    ["let n = 0; const inc = () => ++n", ""],
    ["n = 10; inc()", "11"],
    ["let n = 100", ""],
    ["inc(); n", "101"],
    ["let { p, q: [r, ...s], ...t } = { p: 1, q: [2, 3], u: 5 }; const look = () => [p, r, s, t]", ""],
    ["r = 9; look()", "[ 1, 9, [ 3 ], { u: 5 } ]"],
    ["let [a = 5, , b = a + 1] = [undefined, 0]; [a, b]", "[ 5, 6 ]"],
    ["export let ex = 1; const read = () => ex", ""],
    ["ex = 2; read()", "2"],
    ["let f = () => 1; let C = class {}; [f.name, C.name]", "[ 'f', 'C' ]"],
    ["var v = 1; { var v = 2 } v", "2"],
    ["function early() { return late } let late = 7; early()", "7"],
    ["late = 8; early()", "8"],
    ["let x = 1; x++; ++x; x **= 2; [x, a] = [a, x]; ({ x, a })", "{ x: 5, a: 9 }"],
    ["let tag = (parts: TemplateStringsArray) => parts[0]; tag`hi`", "'hi'"],
    ["import { join } from 'node:path'; join('a', 'b')", "'a/b'"],
    ["let join = 4; join", "4"],
    ["import { join } from 'node:path'; typeof join", "'function'"],
  ];
  expect(await shown(table.map(([cell]) => cell))).toEqual(table.map(([, shows]) => shows));
}, 60_000);

test("a function that is turned to text runs elsewhere", async () => {
  const cells = [
    "function sum(n: number) { let s = 0; for (let i = 0; i < n; i++) s += i; while (false); return s }",
    "new Function(`return ${sum}`)()(4)",
    "const slow = async () => { for (const x of [1]) await null; return 3 }",
    "await new Function(`return ${slow}`)()()",
    "import { Worker } from 'node:worker_threads'",
    "await new Promise((done) => new Worker(`require('worker_threads').parentPort.postMessage((${sum})(5))`, { eval: true }).on('message', done))",
  ];
  expect(await shown(cells)).toEqual(["", "6", "", "3", "", "10"]);
}, 60_000);

describe("a tsconfig.json", () => {
  test("beside the notebook or above it is followed", async () => {
    const compilerOptions = { strict: true, lib: ["ES2022"], paths: { "#own/*": ["./lib/*"] } };
    write("project/tsconfig.json", `// Comments are allowed.\n${JSON.stringify({ compilerOptions })}`);
    write("project/lib/there.ts", "export const there = 'there';");
    const cells = [
      "function f(x) { return x }",
      "let nothing: string = null",
      "[1].toSorted()",
      "import { there } from '#own/there'; there",
    ];
    expect(await shown(cells, join(folder, "project"))).toEqual([
      "Parameter 'x' implicitly has an 'any' type.",
      "Type 'null' is not assignable to type 'string'.",
      expect.stringContaining("Property 'toSorted' does not exist on type 'number[]'."),
      "'there'",
    ]);
  }, 60_000);

  test("that is not for the notebook's folder is not", async () => {
    write("other/tsconfig.json", '{ "compilerOptions": { "strict": true }, "include": ["src"] }');
    write("other/notebooks/.keep", "");
    expect(await shown(["function f(x) { return x }; f(1)"], join(folder, "other", "notebooks"))).toEqual([
      "1",
    ]);
  }, 60_000);

  test("whose options a cell cannot follow is told of once, and the cell runs", async () => {
    write(
      "odd/tsconfig.json",
      '{ "compilerOptions": { "target": "es5", "jsx": "preserve", "nonsense": 1 } }',
    );
    const [first, second] = await shown(["1", "2"], join(folder, "odd"));
    expect(first).toBe(
      `tsconfig.json: Unknown compiler option 'nonsense'.\ntsconfig.json: "target" is ES5; cells are compiled to ES2022.\ntsconfig.json: "jsx" keeps JSX as it is, which Node.js cannot run; cells are compiled for React.\n1`,
    );
    expect(second).toBe("2");
    write("odd/tsconfig.json", '{ "compilerOptions": { "strict" ');
    await kernel!.shutdown();
    expect((await shown(["3"], join(folder, "odd")))[0]).toMatch(/^tsconfig\.json: .*\n3$/s);
  }, 60_000);
});
