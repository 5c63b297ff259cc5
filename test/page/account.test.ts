import { expect, test } from "vitest";
import { accountOf } from "../../src/page/follow/account";
const table: [code: string, declares: string, uses: string][] = [
  ["const a = 1; let { b, c: [d] } = e; var f;", "a b d f", "e"],
  ['import * as tf from "x"; import d3, { e4 as f4, type T5 } from "y";', "tf d3 f4 T5", ""],
  [
    "function f<T>(a: T, { b, c: [d] = q, ...r }: Foo = p, ...rest) { return a + b + d + r + rest + g }",
    "f",
    "q p g",
  ],
  ["const h = z => z + y; const k = async (x, y2 = x) => x + y2", "h k", "y"],
  [
    "class A extends B { static s = t; m(k) { return this.p + k + u } static { let v = w; } }",
    "A",
    "B t u w",
  ],
  ["const n = class Own { m() { return Own } }; const o = function own() { return own }", "n o", ""],
  ["for (const i of list) { i } for (let j = 0; j < m; j++) {} for (var k9 in o9) {}", "k9", "list m o9"],
  ["try {} catch (e) { e } try {} catch ({ message }) { message }", "", ""],
  ["label: while (1) { break label }", "", ""],
  ["({ short, k: v1, [comp]: 1, meth(a1) { return a1 } })", "", "short v1 comp"],
  ["[x1, y1] = pair; ({ o1, p: o2 } = pair2); n++; m += 1", "", "x1 y1 pair o1 o2 pair2 n m"],
  [
    "obj.prop.other; obj2?.[key]; `${tpl}`; tag.x`t`; new Foo(); await aw; delete q.a",
    "",
    "obj obj2 key tpl tag Foo aw q",
  ],
  [
    "type T = typeof tt; interface I { m(x: number): void } declare const dd: J; let u: Array<Tn> = <Cast>val",
    "u",
    "val",
  ],
  ["a as B2; x satisfies Y; function is(v: unknown): v is Z { return true }", "is", "a x"],
  ["enum E { A = z9, B = A << 1 } namespace N { export const q = r; q }", "E N", "z9 r"],
  ["export { aa as bb }; export const cc = 1; export default function dd() {}", "cc dd", "aa"],
  ["switch (sw) { case cs: let cc = 1; cc }", "", "sw cs"],
  ["later(); function later() { return deep } { let deep2 = 1; } deep2", "later", "deep deep2"],
  ["if (true) { var hoisted = 1; function inner() {} const own = inner }", "hoisted", ""],
];
test.each(table)("%s", (code, declares, uses) => {
  const names = accountOf(code);
  expect([names.declares.sort().join(" "), names.uses.sort().join(" ")]).toEqual([
    declares.split(" ").sort().join(" "),
    uses.split(" ").sort().join(" "),
  ]);
});
