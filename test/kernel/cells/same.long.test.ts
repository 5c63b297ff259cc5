import { expect, test } from "vitest";
import { type Outcome, notebook, stockNotebook } from "./cells";

// Where tslab's own converter can run a sequence of cells, ours gives the same values.
const sequences: string[][] = [
  ["let a = 1", "a + 1", "let a = 'x'", "a + 1"],
  ["const a = 1", "const a = 2; a", "a * 10"],
  ["let n = 0", "n++; n", "n += 5; n", "n = n * 2; n"],
  ["function f(x: number) { return x + 1 }", "f(1)", "function f(x: number) { return x + 2 }", "f(1)"],
  [
    "class A { v = 1; get() { return this.v } }",
    "new A().get()",
    "class A { v = 2; get() { return this.v } }",
    "new A().get()",
  ],
  ["class A { x = 1 }", "class B extends A { y = 2 }", "const b = new B(); [b.x, b.y]"],
  [
    "interface P { x: number }",
    "const p: P = { x: 1 }; p.x",
    "interface P { y: string }",
    "const q: P = { y: 'a' }; q.y",
  ],
  ["type T = 'a' | 'b'", "const t: T = 'a'; t"],
  ["enum E { A, B }", "E.B", "E[0]"],
  ["let p = 1, q = 2", "[p, q] = [q, p]; p"],
  ["import * as path from 'path'", "path.basename('/a/b')", "import { join } from 'path'", "join('a', 'b')"],
  ["import fs, { readFileSync } from 'fs'", "typeof fs.readFileSync === typeof readFileSync"],
  ["const tag = (s: TemplateStringsArray) => s[0]", "tag`hi`"],
  ["await Promise.resolve(4)", "const v = await Promise.resolve(5)", "v"],
  [
    "async function* g() { yield 1; yield 2 }",
    "const out: number[] = []; for (const x of [1]) out.push(x); out",
  ],
  ["const s = new Map<string, number>([['a', 1]])", "s.get('a')"],
  ["function* gen() { yield 1; yield 2; yield 3 }", "[...gen()]"],
  ["label: for (const x of [1, 2, 3]) { for (;;) { if (x === 2) break label; continue label } }", "1"],
  ["let k = 0; do k++; while (k < 4); k", "k"],
  ["const name = 'shadow'; name", "name"],
  ["const process2 = process.version.length > 0; process2"],
  ["abstract class S { abstract a(): number }", "class C extends S { a() { return 1 } }", "new C().a()"],
  ["const h = (x = 1) => x", "typeof h", "h()"],
  ["let u: number | undefined; u", "u = 3; u"],
  ["namespace N { export const z = 1 }", "N.z"],
  ["null", "undefined", "0", "''"],
  ["const a1 = 1;;", "a1;"],
  ["/** @module m1 */ export const k = 7", "import { k } from './m1'", "k"],
];

test("cells give what tslab's own converter gives", async () => {
  // One after the other: tslab keeps the names of a process' latest executor.
  const run = async (notebook: { run(code: string): Promise<Outcome> }): Promise<unknown[]> => {
    const outcomes = [];
    for (const code of sequences.flat()) outcomes.push({ code, ...(await notebook.run(code)) });
    return outcomes;
  };
  const stock = stockNotebook();
  const expected = await run(stock);
  stock.close();
  expect(await run(notebook())).toEqual(expected);
}, 60_000);
