import { execFileSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Client } from "./client";
import type { Received } from "./wire";

/** A cell in today's TypeScript, what it prints, and since which Node.js it can run; an older one says what is missing. */
export interface Snippet {
  code: string;
  prints: string;
  since?: 22 | 24 | 26;
  /** What an older Node.js is said not to have. */
  missing?: string;
  /** Whether it needs Node, or something that few browsers have yet. */
  isNodes?: true;
  /** What a page says that it cannot run. */
  refused?: string;
}

export const snippets: Snippet[] = [
  { code: "[3, 1, 2].toSorted()", prints: "[ 1, 2, 3 ]" },
  { code: "[1, 2, 3].toReversed()", prints: "[ 3, 2, 1 ]" },
  { code: "[1, 2, 3].with(1, 9)", prints: "[ 1, 9, 3 ]" },
  { code: "[1, 2, 3].toSpliced(0, 1)", prints: "[ 2, 3 ]" },
  { code: "[1, 2, 3].findLast((n) => n < 3)", prints: "2" },
  { code: "[1, 2, 3].at(-1)", prints: "3" },
  { code: "Object.hasOwn({ a: 1 }, 'a')", prints: "true" },
  { code: "'a-b-c'.replaceAll('-', '')", prints: "'abc'" },
  { code: "'\\ud83d'.isWellFormed()", prints: "false" },
  { code: "/[\\p{L}--[a-z]]/v.test('a')", prints: "false" },
  { code: "new Error('a', { cause: 1 }).cause", prints: "1" },
  { code: "structuredClone(new Map([[1, 2]])).get(1)", prints: "2" },
  { code: "typeof crypto.randomUUID()", prints: "'string'" },
  { code: "typeof WebAssembly.compile", prints: "'function'" },
  { code: "await Promise.any([Promise.reject(1), 2])", prints: "2" },
  {
    code: "Object.groupBy([1, 2, 3], (n) => (n % 2 ? 'odd' : 'even')).odd",
    prints: "[ 1, 3 ]",
    since: 22,
    missing: "groupBy",
  },
  {
    code: "Map.groupBy([1, 2, 3], (n) => n % 2).get(0)",
    prints: "[ 2 ]",
    since: 22,
    missing: "groupBy",
  },
  {
    code: "const { promise, resolve } = Promise.withResolvers<number>();\nresolve(4);\nawait promise",
    prints: "4",
    since: 22,
    missing: "withResolvers",
  },
  {
    code: "[1, 2, 3].values().map((n) => n * 2).toArray()",
    prints: "[ 2, 4, 6 ]",
    since: 22,
    missing: "map",
  },
  { code: "new Set([1, 2]).union(new Set([3])).size", prints: "3", since: 22, missing: "union" },
  {
    code: "await Array.fromAsync([1, Promise.resolve(2)])",
    prints: "[ 1, 2 ]",
    since: 22,
    missing: "fromAsync",
  },
  { code: "new ArrayBuffer(2).transfer(4).byteLength", prints: "4", since: 22, missing: "transfer" },
  { code: "typeof navigator.hardwareConcurrency", prints: "'number'", since: 22, missing: "navigator" },
  { code: "await Promise.try(() => 5)", prints: "5", since: 24, missing: "try" },
  { code: "RegExp.escape('(')", prints: "'\\\\('", since: 24, missing: "escape" },
  { code: "new Float16Array([1.0001])[0]", prints: "1", since: 24, missing: "Float16Array" },
  { code: "Error.isError(new TypeError())", prints: "true", since: 24, missing: "isError" },
  {
    code: "new Map([[1, 2]]).getOrInsert(3, 4)",
    prints: "4",
    since: 26,
    missing: "getOrInsert",
    isNodes: true,
  },
  {
    code: "Uint8Array.fromBase64('AQI=').length",
    prints: "2",
    since: 26,
    missing: "fromBase64",
  },
  {
    code: "Temporal.PlainDate.from('2026-01-31').day",
    prints: "31",
    since: 26,
    missing: "Temporal",
    isNodes: true,
  },
  {
    code: "{\n  using handle = { [Symbol.dispose]() { console.log('closed'); } };\n  console.log('open');\n}",
    prints: "open\nclosed",
  },
  {
    code: "await using file = { async [Symbol.asyncDispose]() { console.log('gone'); } };\nconsole.log('there');",
    prints: "there\ngone",
  },
  {
    code: "function logged<T extends (...args: never[]) => unknown>(method: T, context: ClassMethodDecoratorContext): T {\n  console.log(`${context.kind} ${String(context.name)}`);\n  return method;\n}\nclass Shouter {\n  @logged shout() { return 'hey'; }\n}\nnew Shouter().shout()",
    prints: "method shout\n'hey'",
    refused: "A decorator runs in the notebook, but no browser runs one yet",
  },
  {
    code: "class Counter {\n  accessor count = 1;\n  static #made = 0;\n  static { Counter.#made = 7; }\n  static made() { return Counter.#made; }\n}\n[new Counter().count, Counter.made()]",
    prints: "[ 1, 7 ]",
  },
  {
    code: "class Secret {\n  #x = 1;\n  has(o: object) { return #x in o; }\n}\nnew Secret().has({})",
    prints: "false",
  },
  { code: "enum Mode { Plain, Shortcut }\nMode[1]", prints: "'Shortcut'" },
  { code: "namespace Sizes {\n  export const all = [3, 1];\n}\nSizes.all", prints: "[ 3, 1 ]" },
  { code: "const point = { x: 1, y: 2 } satisfies Record<string, number>;\npoint.y", prints: "2" },
  {
    code: "function first<const T extends readonly unknown[]>(list: T): T[0] { return list[0]; }\nfirst([4, 5])",
    prints: "4",
  },
  { code: "const tuple: [start: number, ...rest: string[]] = [1, 'a'];\ntuple.length", prints: "2" },
  { code: "type Shape = `${number}x${number}`;\nconst shape: Shape = '3x1';\nshape", prints: "'3x1'" },
  { code: "let maybe: { a?: { b: number } } = {};\nmaybe.a?.b ?? 'none'", prints: "'none'" },
  { code: "let level = 0;\nlevel ||= 5;\nlevel", prints: "5" },
  { code: "1_000_000n ** 2n", prints: "1000000000000n" },
  { code: "const sum = (...ns: number[]) => ns.reduce((a, b) => a + b, 0);\nsum(...[1, 2, 3])", prints: "6" },
  {
    code: "for await (const n of (async function* () { yield 1; yield 2; })()) console.log(n);",
    prints: "1\n2",
  },
  {
    code: "outer: for (const a of [1, 2]) for (const b of [1, 2]) { if (b === 2) continue outer; console.log(a, b); }",
    prints: "1 1\n2 1",
  },
  {
    code: "abstract class Base {\n  abstract size(): number;\n  double() { return 2 * this.size(); }\n}\nclass Three extends Base {\n  override size() { return 3; }\n}\nnew Three().double()",
    prints: "6",
  },
  { code: "const { a, ...rest } = { a: 1, b: 2, c: 3 };\nrest", prints: "{ b: 2, c: 3 }" },
  {
    code: "function assertNumber(x: unknown): asserts x is number {\n  if (typeof x !== 'number') throw new TypeError('no number');\n}\nconst given: unknown = 4;\nassertNumber(given);\ngiven + 1",
    prints: "5",
  },
  { code: "import { sep } from 'node:path';\nsep.length", prints: "1", isNodes: true },
  {
    code: "import data from './sizes.json' with { type: 'json' };\ndata.sizes",
    prints: "[ 3, 1 ]",
    isNodes: true,
  },
  {
    code: "const { default: sizes } = await import('./sizes.json', { with: { type: 'json' } });\nsizes.sizes.length",
    prints: "2",
    isNodes: true,
  },
  { code: "import { deep } from './deep.ts';\ndeep", prints: "'deep'", isNodes: true },
  { code: "import.meta.dirname === process.cwd()", prints: "true", isNodes: true },
];

export const files: { [path: string]: string } = {
  "sizes.json": '{ "sizes": [3, 1] }\n',
  "deep.ts": 'export const deep = "deep" as const;\n',
};

/** Runs all in one kernel of a Node, and says what of each is not as written here. */
export async function differing(node: string): Promise<string[]> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "tslab-gradients-modern-")));
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  const major = Number(/^v(\d+)/.exec(execFileSync(node, ["--version"], { encoding: "utf8" }))![1]);
  const kernel = await Client.start({ cwd: folder, command: [node, resolve("src", "setup", "kernel.mjs")] });
  const found: string[] = [];
  for (const { code, prints, since = 20, missing = "" } of snippets) {
    const { outputs, reply } = await kernel.run(code);
    const text = outputs.map(shown).join("\n");
    const isRight =
      major >= since ? text === prints : reply.status === "error" && String(reply.evalue).includes(missing);
    if (!isRight) found.push(`${code} → ${text}`);
  }
  await kernel.shutdown();
  rmSync(folder, { recursive: true });
  return found;
}

function shown({ type, content }: Received): string {
  if (type === "stream") return String(content.text).trimEnd();
  return String(
    type === "error" ? content.evalue : (content.data as { [type: string]: unknown })["text/plain"],
  );
}
