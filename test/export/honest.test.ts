import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { exportNotebook, formats } from "../../dist/export";
import { ipynb } from "../../dist/export/writenotebook";
import { readNotebook } from "../../dist/export/readnotebook";
import type { Cell, Notebook, Output } from "../../dist/export/notebook";
import { cellsOf, marked } from "./cells";

type Cells = Parameters<typeof cellsOf>[0][number][];

const out = (text: string): Output[] => [{ type: "stream", name: "stdout", text }];
const mean = marked(
  "function mean(values: number[]): number {\n  <<\n  const total = values.reduce((sum, value) => sum + value, 0);\n  return total / values.length;\n  >>\n}",
);
const tests = (code: string): string => `// BEGIN HIDDEN TESTS\n${code}\n// END HIDDEN TESTS`;

/** What teachers write beside an exercise without giving it away. */
const notebooks: { [name: string]: Cells } = {
  "an exercise": [{ source: "# Means" }, { code: mean }],
  "no exercise": [{ source: "# Means" }, { code: "const a = 1;" }],
  nothing: [],
  "a task that names the function": [
    { source: "Write `function mean(values: number[]): number`." },
    { code: mean },
  ],
  "a hint": [{ source: "Use `values.reduce` and divide by `values.length`." }, { code: mean }],
  "an expected output": [
    { source: "It should print 4.416666666666667." },
    { code: mean },
    { code: "console.log(mean([1.25, 2.5, 9.5]));", outputs: out("4.416666666666667\n") },
  ],
  "an expected text": [
    { source: "The last line is `all values are equal`." },
    {
      code: marked("<<\nconsole.log('all values are equal' + '');\n>>"),
      outputs: out("all values are equal\n"),
    },
  ],
  "a statement that runs elsewhere": [
    { source: "`manualSeed(123);` makes the weights the same." },
    { code: "manualSeed(123);\nf();" },
    { code: marked("<<\nmanualSeed(123);\nconst model = build(3);\n>>") },
    { code: "// manualSeed(123); again\nmanualSeed(123);" },
  ],
  "a statement that is a part of one that runs": [
    { code: "const shown = printGradients(model, sampleInput);" },
    { source: "Call `printGradients(model, sampleInput)`." },
    { code: marked("<<\nbuild(printGradients(model, sampleInput));\n>>") },
  ],
  "an import": [
    { source: "`import { join } from 'node:path';` is there." },
    { code: marked("<<\nimport { join } from 'node:path';\njoin(here, 'b');\n>>") },
  ],
  "a type": [
    { source: "`interface Point { x: number; y: number }`" },
    { code: marked("<<\ninterface Point { x: number; y: number }\nconst p: Point = locate(3);\n>>") },
  ],
  "a beginning": [
    { source: "Begin with `let total = 0;`." },
    { code: "// let total = 0;" },
    {
      code: marked(
        "function sum(values: number[]) {\n  <<\n  let total = 0;\n  for (const value of values) total += value * 1;\n  return total;\n  >>\n}",
      ),
    },
  ],
  "an empty list": [
    { source: "It should `return [];` for none." },
    { code: marked("function f() {\n  <<\n  const found: number[] = [];\n  return [];\n  >>\n}") },
  ],
  "a result that is printed": [
    { source: "Print it with `console.log(total)`." },
    { code: marked("<<\nconst total = add(20, 22);\nconsole.log(total);\n>>") },
  ],
  "a heading that says Solution": [{ source: "## Solution\n\nHand in yours." }, { code: mean }],
  "prose that begins a solution": [
    { source: "Begin the solution with a sketch. The solution ends with a test." },
    { code: "// the solution begins here\n1;" },
  ],
  "code with those words": [
    { code: "const solution = begin(matrix);\nend(solution);" },
    { code: "const begin = 0, end = 1;" },
  ],
  "marks in a sentence": [{ source: "Teachers write `// BEGIN SOLUTION` and `// END SOLUTION`." }],
  "marks in a string": [{ code: 'console.log("// BEGIN SOLUTION");', outputs: out("// BEGIN SOLUTION\n") }],
  "a section named end": [{ code: "// begin section\n1;\n// end section" }],
  numerics: [{ code: "const x = solve(A, b); // solution\n// end of the loop" }],
  "an answer that quotes the question": [
    {
      source:
        "Why does the gradient of a deep network vanish?\n\n<!-- BEGIN SOLUTION -->\nWhy does the gradient of a deep network vanish? One factor for each layer.\n<!-- END SOLUTION -->",
    },
  ],
  "a choice": [
    {
      source:
        "Which holds?\n\n- The gradient of the first layer is the smallest.\n- The gradient of the last layer is the smallest.",
    },
    { source: "The gradient of the first layer is the smallest.", tags: ["solution"] },
  ],
  "a quotation": [
    { source: "> Only tensors of the same shape can be added.\n\nExplain." },
    { source: "“Only tensors of the same shape can be added.” So none is here.", tags: ["solution"] },
  ],
  "a heading that is repeated": [
    { source: "## Shortcut connections in very deep networks" },
    { source: "## Shortcut connections in very deep networks\n\nThey add.", tags: ["solution"] },
  ],
  "folded answers": [
    {
      source:
        "<details><summary>Hint</summary>\n\nAdd.\n\n</details>\n\n<!-- BEGIN SOLUTION -->\n<details><summary>Hint</summary>\n\nAdd the two.\n\n</details>\n<!-- END SOLUTION -->",
    },
  ],
  "a table": [
    { source: "| here | PyTorch | remark |\n| --- | --- | --- |\n| a | b | c |" },
    { source: "| here | PyTorch | remark |\n| --- | --- | --- |\n| d | e | f |", tags: ["solution"] },
  ],
  "a short answer": [
    { source: "It is right or not yet right." },
    { source: "Not yet right.", tags: ["solution"] },
  ],
  "notes that repeat the text": [
    { source: "Residual networks were the first to be a hundred layers deep." },
    {
      source: "Residual networks were the first to be a hundred layers deep.",
      metadata: { slideshow: { slide_type: "notes" } },
    },
  ],
  "a visible test like the hidden one": [
    { code: mean },
    { code: "if (mean([2, 4]) !== 3) throw new Error('the mean is wrong');" },
    {
      code: tests(
        "if (mean([2, 4]) !== 3) throw new Error('the mean is wrong');\nif (mean([7]) !== 7) throw new Error('the mean is wrong');",
      ),
    },
  ],
  "a task in the words of the test": [
    { source: "Write it so that the mean of one value is that value." },
    { code: mean },
    { code: tests("if (mean([7]) !== 7) throw new Error('the mean of one value is that value');") },
  ],
  "an example beside a hidden test": [
    { source: "For example, `mean([2, 4])` is 3." },
    { code: mean },
    { code: tests("assert(mean([2, 4]) === 3);\nassert(mean([1, 3]) === 2);") },
  ],
  "an error that is meant": [
    {
      code: "null.f();",
      outputs: [
        { type: "error", ename: "TypeError", evalue: "null has no f", traceback: ["    null.f();", "    ^"] },
      ],
      tags: ["raises-exception"],
    },
    { code: mean },
  ],
  "a tag of other tools": [
    { code: "1;", tags: ["parameters", "hide-input", "exercise", "skip-execution"] },
    { source: "a", metadata: { nbgrader: { solution: false, grade: false, grade_id: "solution" } } },
  ],
  "two exercises with the same step": [{ code: mean }, { code: mean.replace("mean", "average") }],
  "a class to fill in": [
    {
      code: marked(
        "class Layer {\n  <<\n  weight = init(3, 3);\n  forward(x: number) { return x * this.weight; }\n  >>\n}",
      ),
    },
    { source: "`Layer` has `weight` and `forward(x: number)`." },
  ],
  "an argument to fill in": [
    { code: marked("const a = values.map(\n  <<\n  (value) => value * 2 + offset,\n  >>\n);") },
    { source: "Each value times two, plus the offset." },
  ],
  "a Chinese exercise": [
    {
      source:
        "## 解答\n\n请从这里开始解答。为什么梯度会消失？\n\n<!-- BEGIN SOLUTION -->\n每一层都乘以一个小于一的数，层数越多，乘积越小。\n<!-- END SOLUTION -->",
    },
    { code: "// 开始\nlet a = 1;" },
    { code: mean },
  ],
  "a comment like the stub's": [{ code: "// Your code here.\nlet answer = 0;" }, { code: mean }],
  "a teacher's cell": [
    { source: "They forget the empty list.", tags: ["teacher-only"] },
    { code: "console.log(mean([]));", tags: ["teacher-only"] },
    { code: mean },
  ],
  "a longer name": [
    { source: "Then `subtotal = total + 10` follows." },
    { code: "let subtotal = total + 10;" },
    { code: marked("<<\ntotal = total + 1;\n>>") },
  ],
  "what the stub keeps": [
    { code: marked("<<\nexport class Box<T> { constructor(readonly inside: T) {} }\n>>") },
    { code: "new Box(1);" },
  ],
};

const folder = mkdtempSync(join(tmpdir(), "honest-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;

async function exported(notebook: Notebook, to: (typeof formats)[number]): Promise<string> {
  const path = join(folder, `${++count}.ipynb`);
  const output = join(folder, `${count}-student`);
  writeFileSync(path, ipynb(notebook));
  await exportNotebook(path, { to, variant: "student", output, allow: ["failed", "static", "alt"] });
  return readFileSync(output, "utf8");
}

const quick = formats.filter((format) => !["pdf", "slides"].includes(format));

describe.each(quick)("a student's %s", (to) => {
  test.each(Object.entries(notebooks))("of %s is written", async (_, cells) => {
    expect(await exported(cellsOf(cells), to)).not.toMatch(/BEGIN SOLUTION -->|values\.reduce\(/);
  });
});

/** The section with a cell of its own as the exercise, as a teacher would mark it. */
function section(language: string, id: string, mark: (cell: Cell) => Cell): Notebook {
  const notebook = readNotebook(join("notebooks", language, "shortcut-connections.ipynb"));
  return { ...notebook, cells: notebook.cells.map((cell) => (cell.id === id ? mark(cell) : cell)) };
}
const between = (cell: Cell): Cell => ({
  ...cell,
  source: `// BEGIN SOLUTION\n${cell.source}\n// END SOLUTION`,
});
const tagged = (cell: Cell): Cell => ({ ...cell, metadata: { ...cell.metadata, tags: ["solution"] } });

/** In [5] and others, and what of each only its solution says. */
const exercises = {
  model: "let modelWithoutShortcut = new",
  print: "model.namedParameters()) {",
  with: "let modelWithShortcut = new",
  tanh: "const model = new ExampleDeepNeuralNetwork(layerSizes, { useShortcut, gelu",
  table: "const isClose = Math.abs",
  plot: "let summaryOf = ({",
  network: "gradients[gradients.length - 1].mean / gradients[0].mean;",
  uneven: "[3, 4, 4, 2, 2, 1], { useShortcut }",
};

test.each(Object.entries(exercises))("the section is written with %s as its exercise", async (id, said) => {
  for (const mark of id === "with" ? [between, tagged] : [between]) {
    expect(ipynb(section("en", id, mark))).toContain(said);
    expect(await exported(section("en", id, mark), "ipynb")).not.toContain(said);
  }
});

test.each(["without", "accumulate"])(
  "the section is not written with %s as its exercise: a table says it",
  async (id) => {
    await expect(exported(section("en", id, tagged), "ipynb")).rejects.toThrow(/^The text of cell \d+ has/);
  },
);

describe.each(["en", "zh"])("the section in %s", (language) => {
  test.each(quick)("hands out none of its answers as %s", async (to) => {
    const own = await exported(section(language, "with", between), to);
    expect(own).not.toMatch(/1e-21|9e-7|0\.019|<summary>(?:Check|Hint|核对|提示)|modelWithShortcut = new/);
    expect(own).toMatch(/Your answer here|在此作答/);
    const path = join("notebooks", language, "shortcut-connections.ipynb");
    const output = join(folder, "whole");
    await exportNotebook(path, { to, output });
    expect(readFileSync(output, "utf8")).toMatch(/1e-21/);
  });
});
