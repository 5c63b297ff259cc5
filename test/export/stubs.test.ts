import { join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { script } from "../../dist/export/script";
import { variantOf } from "../../dist/export/variant";
import { cellsOf } from "./cells";

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
