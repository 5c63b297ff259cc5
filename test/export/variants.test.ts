import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exportNotebook, formats, type Variant } from "../../dist/export";
import type { Output } from "../../dist/export/notebook";
import { ipynb } from "../../dist/export/ipynb";
import { readNotebook } from "../../dist/export/read";
import { script } from "../../dist/export/script";
import { variantOf } from "../../dist/export/variant";
import { cellsOf } from "./cells";

const out = (text: string): Output[] => [{ type: "stream", name: "stdout", text }];
const lesson = cellsOf([
  { source: "# Means" },
  { source: "Remember: they forget the empty list.", tags: ["teacher-only"] },
  { source: "Ask about the median.", metadata: { slideshow: { slide_type: "notes" } } },
  { source: "Only you see this.", tags: ["student-only"] },
  {
    code: "function mean(values: number[]): number {\n  // BEGIN SOLUTION\n  const total = values.reduce((sum, value) => sum + value, 0);\n  return total / values.length;\n  // END SOLUTION\n}",
    count: 1,
  },
  { code: "console.log(mean([1.25, 2.5, 9.5]));", count: 2, outputs: out("4.416666666666667\n") },
  {
    code: "// BEGIN HIDDEN TESTS\nif (mean([2, 4]) !== 3) throw new Error('wrong mean of two');\n// END HIDDEN TESTS",
    count: 3,
  },
  {
    source:
      "Why?\n\n<!-- BEGIN SOLUTION -->\nBecause the sum grows with the number of values.\n<!-- END SOLUTION -->",
  },
  {
    code: "const secretFactor = 17 * Math.PI;\nconsole.log(secretFactor);",
    count: 4,
    tags: ["solution"],
    outputs: out("53.40707511102649\n"),
  },
  { code: "console.log(secretFactor > 0);", count: 5, outputs: out("true\n") },
  { code: "let unrelated = 1;", count: 6 },
  { source: "gone", tags: ["remove-cell"] },
  {
    code: "console.log('hidden code, shown output');",
    count: 7,
    tags: ["remove-input"],
    outputs: out("shown output\n"),
  },
  { code: "console.log('noise');", count: 8, tags: ["remove-output"], outputs: out("noise\n") },
]);
const folder = mkdtempSync(join(tmpdir(), "variants-"));
const path = join(folder, "lesson.ipynb");
beforeAll(() => writeFileSync(path, ipynb(lesson)));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function markdown(variant?: Variant): Promise<string> {
  const [file] = await exportNotebook(path, { to: "md", ...(variant ? { variant } : {}) });
  return readFileSync(file!.path, "utf8");
}

test("students get a task in place of a solution, and nothing that shows it", async () => {
  const text = await markdown("student");
  expect(text).toContain("function mean(values: number[]): number {");
  expect(text).toContain("Not solved yet.");
  expect(text).toContain("*Your answer here.*");
  expect(text).toContain("Only you see this.");
  for (const secret of [
    "values.reduce",
    "4.416666",
    "wrong mean",
    "the sum grows",
    "17 * Math.PI",
    "53.407",
    "forget the empty",
    "median",
    "gone",
    "noise\n```",
  ])
    expect(text).not.toContain(secret);
  expect(text).toContain("shown output");
  expect(text).not.toContain("hidden code");
});

test("teachers get everything but what is for students alone", async () => {
  const text = await markdown("teacher");
  for (const shown of [
    "values.reduce",
    "4.416666",
    "wrong mean",
    "the sum grows",
    "17 * Math.PI",
    "forget the empty",
    "median",
  ])
    expect(text).toContain(shown);
  expect(text).not.toContain("Only you see this.");
});

test("the key has the solutions alone, below their headings", async () => {
  const text = await markdown("key");
  for (const shown of ["# Means", "values.reduce", "the sum grows", "17 * Math.PI", "53.407"])
    expect(text).toContain(shown);
  for (const other of ["function mean", "let unrelated", "median", "Only you"])
    expect(text).not.toContain(other);
});

test.each(formats.filter((format) => format !== "pdf"))(
  "no solution leaks into a student's %s",
  async (to) => {
    const written = await exportNotebook(path, { to, variant: "student", output: `${folder}/` });
    for (const file of written) {
      const content = readFileSync(file.path, "utf8");
      for (const secret of ["values.reduce", "4.416666666666667", "53.40707511102649", "17 * Math.PI"])
        expect(content).not.toContain(secret);
    }
  },
);

test("an export that would show a solution elsewhere is refused", async () => {
  const notebook = readNotebook(path);
  notebook.metadata.title = "const total = values.reduce((sum, value) => sum + value, 0);";
  const leaking = join(folder, "leaking.ipynb");
  writeFileSync(leaking, ipynb(notebook));
  const output = join(folder, "leaking.html");
  await expect(exportNotebook(leaking, { to: "html", variant: "student", output })).rejects.toThrow(/cell 5/);
  expect(statSync(output, { throwIfNoEntry: false })).toBeUndefined();
});

describe("a stub type-checks with the rest", () => {
  const shapes: { [name: string]: string[] } = {
    "a function's body": [
      "function f(a: number): string {\n  // BEGIN SOLUTION\n  return String(a);\n  // END SOLUTION\n}",
      "const s: string = f(1);",
    ],
    "a function without a type": [
      "function f(a: number) {\n  // BEGIN SOLUTION\n  return a * 2;\n  // END SOLUTION\n}",
      "const n = f(1) + 1;",
    ],
    "a class": [
      "// BEGIN SOLUTION\nclass A {\n  x = 1;\n  get y() { return this.x; }\n  double(): number { return 2 * this.x; }\n}\n// END SOLUTION",
      "const a = new A();\nconst n: number = a.double();",
    ],
    "a method": [
      "class A {\n  // BEGIN SOLUTION\n  double(n: number): number { return 2 * n; }\n  // END SOLUTION\n}",
      "const n: number = new A().double(2);",
    ],
    "a derived constructor": [
      "class A { constructor(readonly n: number) {} }\nclass B extends A {\n  constructor() {\n    // BEGIN SOLUTION\n    super(7);\n    // END SOLUTION\n  }\n}",
      "const n: number = new B().n;",
    ],
    "an expression": [
      "const area = (r: number): number =>\n  // BEGIN SOLUTION\n  Math.PI * r ** 2\n  // END SOLUTION\n;",
      "const n: number = area(2);",
    ],
    "constants used later": [
      "// BEGIN SOLUTION\nconst a = 1;\nconst { b, c: [d] } = { b: 2, c: [3] };\nconst unused = 4;\n// END SOLUTION",
      "const sum: number = a + b + d;",
    ],
    "an async function": [
      "async function f() {\n  // BEGIN SOLUTION\n  return await Promise.resolve(1);\n  // END SOLUTION\n}",
      "const n = (await f()) + 1;",
    ],
    "a generator": [
      "function* f(): Generator<number> {\n  // BEGIN SOLUTION\n  yield 1;\n  // END SOLUTION\n}",
      "for (const n of f()) n.toFixed();",
    ],
    "a getter": [
      "class A {\n  get x() {\n    // BEGIN SOLUTION\n    return 1;\n    // END SOLUTION\n  }\n}",
      "const n = new A().x + 1;",
    ],
    "an enum": ["// BEGIN SOLUTION\nenum Kind { A, B }\n// END SOLUTION", "const k: Kind = Kind.A;"],
    "types and imports": [
      '// BEGIN SOLUTION\nimport { tensor } from "tslab-gradients";\ntype T = number;\ninterface I { t: T }\n// END SOLUTION',
      "const i: I = { t: tensor([1]).size };",
    ],
    "within an if": [
      "let n = 0;\nif (n === 0) {\n  // BEGIN SOLUTION\n  n = 5;\n  // END SOLUTION\n}",
      "const m: number = n;",
    ],
  };

  test("each of them", () => {
    const names = Object.keys(shapes);
    const files = names.map((name, i) => {
      const cells = shapes[name]!.map((code, j) => ({ code, count: j + 1 }));
      return {
        name,
        path: join(process.cwd(), `stub-${i}.ts`),
        text: script(variantOf(cellsOf(cells), "student")),
      };
    });
    const options: ts.CompilerOptions = {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      types: ["node"],
    };
    const host = ts.createCompilerHost(options);
    const { getSourceFile, fileExists } = host;
    const own = new Map(files.map(({ path, text }) => [path, text]));
    host.getSourceFile = (name, ...rest) =>
      own.has(name)
        ? ts.createSourceFile(name, own.get(name)!, ts.ScriptTarget.ES2022)
        : getSourceFile(name, ...rest);
    host.fileExists = (name) => own.has(name) || fileExists(name);
    const program = ts.createProgram([...own.keys()], options, host);
    for (const { name, path, text } of files) {
      const file = program.getSourceFile(path)!;
      const problems = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
      const said = problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
      expect({ name, said, text: said.length > 0 ? text : "" }).toEqual({ name, said: [], text: "" });
    }
  });
});
