import { expect, test } from "vitest";
import { parseNotebook } from "../../dist/export/readnotebook";
import { script } from "../../dist/export/writescript";

/** A notebook of code cells; a cell whose result is shown ends with `→`. */
function scriptOf(...sources: string[]): string {
  const cells = sources.map((source, i) => ({
    cell_type: "code",
    id: `c${i}`,
    metadata: {},
    execution_count: i + 1,
    source: source.replace(/ →$/, ""),
    outputs: source.endsWith(" →")
      ? [{ output_type: "execute_result", data: { "text/plain": "1" }, metadata: {}, execution_count: i + 1 }]
      : [],
  }));
  return script(
    parseNotebook(JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells }), "x.ipynb"),
  );
}

test("a name that a later cell declares anew is another name from there on", () => {
  expect(
    scriptOf(
      "let a = 1; const f = () => a;",
      "let a = [2]; const { b } = { b: a };",
      "const b = { a, c: a.length }; function g(a: number) { return a; } console.log(b.a, f());",
    ),
  ).toBe(
    `export {};

let a = 1; const f = () => a;

let a2 = [2]; const { b } = { b: a2 };

const b2 = { a: a2, c: a2.length }; function g(a: number) { return a; } console.log(b2.a, f());
`,
  );
});

test("the other name is free, and a destructured one keeps its property", () => {
  expect(scriptOf("let a = 1, a2 = 2;", "const { a } = { a: 3 };", "a + a2;")).toContain(
    "const { a: a2_ } = { a: 3 };\n\na2_ + a2;",
  );
});

test("imports stand at the top, each name once", () => {
  expect(
    scriptOf(
      'import { nn, type Tensor } from "tslab-gradients"; import fs from "node:fs"; nn;',
      'import { nn, tf as t } from "tslab-gradients";\nimport type { Figure } from "tslab-gradients";\nt;',
    ),
  ).toBe(
    `import fs from "node:fs";
import {
  nn,
  type Tensor,
  tf as t,
  type Figure,
} from "tslab-gradients";

nn;

t;
`,
  );
});

test("what the notebook shows as a result is printed", () => {
  expect(scriptOf("const a = 1;\na + 1; →")).toContain("console.log(a + 1);");
  expect(scriptOf("const a = 1; →")).not.toContain("console.log");
});
