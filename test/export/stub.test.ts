import ts from "typescript";
import { expect, test } from "vitest";
import type { Notebook } from "../../dist/export/notebook";
import { script } from "../../dist/export/writescript";
import { variantOf } from "../../dist/export/variant";
import { cellsOf, marked } from "./cells";

/** TypeScript's complaints about the notebook as a module, checked as cells are. */
function complaints(notebook: Notebook): string[] {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    types: [],
    // As cells are checked where no tsconfig.json says otherwise.
    strict: false,
    noEmit: true,
    skipLibCheck: true,
  };
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  const text = script(notebook);
  host.getSourceFile = (name, ...rest) => {
    if (name === "notebook.ts") return ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true);
    const known = libraries.get(name) ?? read(name, ...rest);
    libraries.set(name, known);
    return known;
  };
  const program = ts.createProgram(["notebook.ts"], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => `${ts.flattenDiagnosticMessageText(messageText, "\n")}\n${text}`);
}
const libraries = new Map<string, ts.SourceFile | undefined>();

/** A cell with a solution, and another that uses it. */
const shapes: [name: string, code: string, use: string, tags?: string[]][] = [
  [
    "a function's body",
    "function f(x: number) {\n  <<\n  const y = x * 2;\n  return y;\n  >>\n}",
    "f(1) + 1;",
  ],
  [
    "a body with a type",
    "function f(x: number): number {\n  <<\n  return x * 2;\n  >>\n}",
    "f(1).toFixed();",
  ],
  [
    "a part of a body",
    "function f(x: number) {\n  <<\n  const y = x * 2;\n  >>\n  return y;\n}",
    "f(1) + 1;",
  ],
  ["a function", "<<\nfunction f(x: number) { return x; }\n>>", "f(1);"],
  ["an arrow", "const f = (x: number) => {\n  <<\n  return x;\n  >>\n};", "f(1) + 1;"],
  [
    "a class",
    "<<\nclass A<T> {\n  x = 1;\n  constructor(readonly y: T) {}\n  get z() { return this.x; }\n  m(a: T): T { return a; }\n}\n>>",
    "const a: A<number> = new A(1);\na.z + a.m(2) + a.x + a.y;",
  ],
  [
    "a derived class",
    "class A { constructor(x: number) {} }\n<<\nclass B extends A {\n  k = 1;\n  constructor() { super(3); this.k = 2; }\n}\n>>",
    "new B().k;",
  ],
  [
    "a constructor's body",
    "class A { constructor(x: number) {} }\nclass B extends A {\n  constructor() {\n    <<\n    super(1);\n    >>\n  }\n}",
    "new B();",
  ],
  [
    "a class's members",
    "class A {\n  <<\n  x = 1;\n  m() { return this.x; }\n  >>\n}",
    "new A().m() + new A().x;",
  ],
  ["an expression", "const a = [1, 2].map(\n  <<\n  (x) => x * 2,\n  >>\n);", "a.length;"],
  ["a value", "const a =\n  <<\n  1 + 2\n  >>\n;", "a + 1;"],
  ["an operand", "const a = 1 +\n  <<\n  2 * 3\n  >>\n  + 4;", "a + 1;"],
  ["an object's property", "const a = {\n  b: 1,\n  <<\n  c: 2,\n  >>\n};", "a.b + a.c;"],
  ["a constant", "<<\nconst a = 1, unused = 2;\n>>", "a + 1;"],
  [
    "an async function",
    "<<\nasync function f(x: number) {\n  await null;\n  return x;\n}\n>>",
    "(await f(1)) + 1;",
  ],
  [
    "an async body",
    "async function f(x: number) {\n  <<\n  await null;\n  return x;\n  >>\n}",
    "(await f(1)) + 1;",
  ],
  ["a generator", "<<\nfunction* f() {\n  yield 1;\n}\n>>", "for (const x of f()) x.toFixed();"],
  ["a generator's body", "function* f() {\n  <<\n  yield 1;\n  >>\n}", "[...f()][0].toFixed();"],
  ["a getter", "class A {\n  get x() {\n    <<\n    return 1;\n    >>\n  }\n}", "new A().x + 1;"],
  [
    "a whole cell",
    "import { join } from 'node:path';\nconst a = 1;\nfunction f() { return a; }\nf();",
    "f() + a;",
    ["solution"],
  ],
  ["destructuring", "<<\nconst { a, b: [c, ...d] } = { a: 1, b: [2, 3] };\n>>", "a + c + d.length;"],
  ["an enum", "<<\nenum E { A, B }\n>>", "const e: E = E.A;"],
  ["an enum's members", "enum E {\n  A,\n  <<\n  B,\n  >>\n}", "E.B;"],
  ["within an if", "let a = 1;\nif (a > 0) {\n  <<\n  a = 2;\n  >>\n}", "a + 1;"],
  [
    "an if of a function",
    "function f(x: number) {\n  if (x > 0) {\n    <<\n    return 1;\n    >>\n  }\n  return 2;\n}",
    "f(1) + 1;",
  ],
  [
    "a case",
    "function f(x: number) {\n  switch (x) {\n    case 1:\n      <<\n      return 1;\n      >>\n    default:\n      return 2;\n  }\n}",
    "f(1) + 1;",
  ],
  [
    "types",
    "<<\ninterface A { x: number }\ntype B = A | C;\nclass C { x = 1; }\n>>",
    "const b: B = { x: 1 };\nb.x;",
  ],
  ["a loop's body", "let s = 0;\nfor (const x of [1, 2]) {\n  <<\n  s += x;\n  >>\n}", "s + 1;"],
  ["an assignment", "let s: number;\n<<\ns = 3;\n>>", "s + 1;"],
  ["two parts", "<<\nconst a = 1;\n>>\nconst b = a + 1;\n<<\nconst c = b;\n>>", "a + b + c;"],
  [
    "defaults that compute",
    "<<\nfunction f(x: number, g = (y: number) => y * 2, { a = [1 * 2], b = 1 } = { a: [3 * 2] }, c = -1) { return x; }\n>>",
    "f(1);\nf(1, (y) => y, { a: [1], b: 2 }, 3);",
  ],
  [
    "a method's default",
    "<<\nclass A {\n  m(f: (y: number) => number = (y) => y * 2) { return f(1); }\n}\n>>",
    "new A().m((y) => y);",
  ],
  ["nothing", "<<\n>>", "1;"],
  ["the beginning of an if", "const n = 3;\n<<\nif (n > 2) {\n>>\n  console.log(n);\n}", "n;"],
  [
    "the beginning of an else if",
    "const n = 3;\nif (n > 5) {\n  n;\n<<\n} else if (n > 2) {\n>>\n  console.log(n);\n}",
    "n;",
  ],
  ["the beginning of a loop", "<<\nfor (let i = 0, k = 2; i < 3; i++) {\n>>\n  console.log(i, k);\n}", "1;"],
  [
    "the beginning of a loop over values",
    "<<\nfor (const [a, b] of [[1, 2]]) {\n>>\n  console.log(a, b);\n}",
    "1;",
  ],
  ["the beginning of a while", "let n = 3;\n<<\nwhile (n > 0) {\n>>\n  n--;\n}", "n;"],
  ["the end of a do", "let n = 3;\ndo {\n  n--;\n<<\n} while (n > 0);\n>>", "n;"],
  [
    "the beginning of a switch",
    "const n: number = 3;\n<<\nswitch (n) {\n>>\n  case 3:\n    console.log(n);\n}",
    "n;",
  ],
  [
    "the beginning of a try",
    "<<\ntry {\n>>\n  console.log(1);\n} catch (error) {\n  console.log(error);\n}",
    "1;",
  ],
  [
    "the beginning of a catch",
    "try {\n  console.log(1);\n<<\n} catch (error) {\n>>\n  console.log(error);\n}",
    "1;",
  ],
  ["the beginning of a declaration", "<<\nconst total: number =\n>>\n  3;", "total;"],
  ["the beginning of a function", "<<\nfunction f(x: number) {\n>>\n  return x;\n}", "f(1);"],
  ["the beginning of an arrow", "<<\nconst f = (x: number) => {\n>>\n  return x;\n};", "f(1);"],
  ["the beginning of a class", "<<\nclass A {\n>>\n  x = 1;\n}", "new A().x;"],
  ["a statement and its block's end", "const n = 3;\nif (n) {\n  <<\n  console.log(n);\n}\n>>", "n;"],
  [
    "the middle of a return",
    "function f(a: number) {\n  return (\n    <<\n    a * 2 +\n    >>\n    1\n  );\n}",
    "f(1);",
  ],
];

test("what a stub keeps has no comments, and plain values", () => {
  const types =
    "<<\ninterface Point {\n  // Of the chain rule.\n  x: number; /* its factor */\n}\ntype Path = Point[]; // all factors\n>>";
  const code = "<<\nfunction f(p: Path, size = 3, kind = E.A, list = [], way = find(1)) {}\n>>";
  const cells = cellsOf([{ code: marked(types) }, { code: marked(code) }, { code: "f([]);" }]);
  expect(variantOf(cells, "student").cells.map(({ source }) => source)).toEqual([
    "interface Point {\n  x: number;\n}\ntype Path = Point[];\n// Your code here.",
    'function f(p: Path, size = 3, kind = E.A, list = [], way = undefined as any) {\n  // Your code here.\n  throw new Error("Not solved yet.");\n}',
    "f([]);",
  ]);
});

test.each(shapes)("a stub for %s type-checks with the rest", (_, code, use, tags = []) => {
  const original = cellsOf([{ source: "Solve it." }, { code: marked(code), tags }, { code: use }]);
  expect(complaints(variantOf(original, null))).toEqual(
    code.includes("node:path") ? [expect.anything()] : [],
  );
  const student = variantOf(original, "student");
  expect(complaints(student).filter((complaint) => !complaint.includes("'node:path'"))).toEqual([]);
  expect(student.cells[1]!.source).toMatch(/Your code here\./);
  expect(student.cells[1]!.source).not.toMatch(/SOLUTION|unused|\* 2|super\(3\)/);
});
