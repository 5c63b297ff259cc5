import { describe, expect, test } from "vitest";
import type { CodeCell, Notebook, Output } from "../../dist/export/notebook";
import { variantOf } from "../../dist/export/variant";
import { cellsOf, marked } from "./cells";

const output: Output[] = [{ type: "stream", name: "stdout", text: "42" }];
const sourcesOf = (notebook: Notebook): string[] => notebook.cells.map(({ source }) => source);
const studentOf = (...written: Parameters<typeof cellsOf>[0][number][]): Notebook =>
  variantOf(cellsOf(written), "student");

describe("tags that leave something out", () => {
  const notebook = cellsOf([
    { code: "1;", count: 1, outputs: output, tags: ["remove-cell"] },
    {
      code: "2;",
      count: 2,
      outputs: output,
      tags: ["remove-input"],
      metadata: { "tslab-gradients": { a: 1 } },
    },
    { code: "3;", count: 3, outputs: output, tags: ["remove-output"] },
    { source: "text", tags: ["remove-cell"] },
  ]);

  test.each([null, "student", "teacher"] as const)("hold for %s", (variant) => {
    const before = structuredClone(notebook);
    const [second, third, ...others] = variantOf(notebook, variant).cells as CodeCell[];
    expect(others).toEqual([]);
    expect(second).toMatchObject({ source: "2;", outputs: output, executionCount: 2 });
    expect(second!.metadata["tslab-gradients"]).toEqual({ a: 1, hideInput: true });
    expect(third).toMatchObject({ source: "3;", outputs: [], executionCount: 3 });
    expect(notebook).toEqual(before);
  });
});

describe("the student's", () => {
  test("has neither what is for the teacher nor notes", () => {
    const notes = { slideshow: { slide_type: "notes" } };
    const cells = [
      { source: "a", tags: ["teacher-only"] },
      { source: "b", metadata: notes },
      { source: "c" },
    ];
    expect(sourcesOf(studentOf(...cells, { source: "d", tags: ["student-only"] }))).toEqual(["c", "d"]);
  });

  test.each(["// BEGIN SOLUTION", "### BEGIN SOLUTION", "  # BEGIN SOLUTION"])(
    "has a stub for %s",
    (mark) => {
      const code = `const a = 1;\n${mark}\nconst b = a * 41;\n${mark.replace("BEGIN", "END")}\nconsole.log(b);`;
      const [cell] = studentOf({ code, count: 1, outputs: output }).cells;
      expect(cell).toMatchObject({ outputs: [], executionCount: null });
      expect(cell!.source).toMatch(
        /^const a = 1;\n *let b: any = undefined; \/\/ Your code here\.\nconsole\.log\(b\);$/,
      );
    },
  );

  test("has no hidden tests, nor a cell that had nothing else", () => {
    const hidden = "### BEGIN HIDDEN TESTS\nif (f(2) !== 4) throw 1;\n### END HIDDEN TESTS";
    expect(sourcesOf(studentOf({ code: hidden }, { code: `f(1);\n${hidden}` }))).toEqual(["f(1);"]);
    expect(sourcesOf(studentOf({ code: `1;\n${hidden}`, tags: ["solution"] }))).toEqual([
      "// Your code here.",
    ]);
  });

  test("has words in place of a solution's prose", () => {
    const source =
      "Why?\n\n<!-- BEGIN SOLUTION -->\nBecause.\n<!-- END SOLUTION -->\n\nTwo: <!-- BEGIN SOLUTION -->2<!-- END SOLUTION -->.";
    const answer = "*Your answer here.*";
    expect(sourcesOf(studentOf({ source }))).toEqual([`Why?\n\n${answer}\n\nTwo: ${answer}.`]);
    expect(sourcesOf(studentOf({ source: "Because.", tags: ["solution"] }))).toEqual([answer]);
    expect(sourcesOf(studentOf({ source: "### BEGIN SOLUTION\nx\n### END SOLUTION" }))).toEqual([answer]);
    expect(sourcesOf(studentOf({ source: "为什么梯度消失？" }, { code: "1", tags: ["solution"] }))[1]).toBe(
      "// 在此写你的代码。",
    );
  });

  test("has no output that a solution shows, and has those that none does", () => {
    const student = studentOf(
      { code: marked("<<\nconst a = 2;\n>>"), count: 1, outputs: output },
      { code: "const b = a + 1;\nb;", count: 2, outputs: output },
      { code: "const c = 3;\nc;", count: 3, outputs: output },
      { code: "b;", count: 4, outputs: output },
    );
    const [, second, third, fourth] = student.cells;
    expect(second).toMatchObject({ outputs: [], executionCount: null });
    expect(third).toMatchObject({ outputs: output, executionCount: 3 });
    expect(fourth).toMatchObject({ outputs: [], executionCount: null });
  });

  test.each<[string, string, string, boolean]>([
    ["waits for its training", "", "const history = await model.fit(xs, ys);", false],
    ["trains it", "function train(m) { m.step(); }", "train(model);", false],
    [
      "waits for a function",
      "const train = async (xs, m) => { await m.fit(xs); };",
      "await train(1, model);",
      false,
    ],
    ["changes a part of it", "function set(m, x) { m.weight[0] = x; }", "const old = set(model, 2);", false],
    ["only reads it", "function show(m) { console.log(m.loss()); }", "show(model);", true],
    ["gives it as another argument", "function f(m, x) { x.step(); }", "f(model, 1);", true],
  ])("has what a value shows unless the solution %s", (_, before, solution, isShown) => {
    const cells = [{ code: `const model = make();\n${before}` }, { code: marked(`<<\n${solution}\n>>`) }];
    const { cells: all } = studentOf(...cells, { code: "model.loss();", count: 3, outputs: output });
    expect(all[2]).toMatchObject({ outputs: isShown ? output : [] });
  });

  test("has of a stub's metadata only what says nothing of the solution", () => {
    const kept = { slideshow: { slide_type: "slide" }, editable: true, deletable: false };
    const metadata = { ...kept, nbgrader: { solution: true }, "tslab-gradients": { source: "0" } };
    const [cell] = studentOf({ code: "1;", tags: ["solution", "hard"], metadata }).cells;
    expect(cell!.metadata).toEqual({ ...kept, tags: ["hard"] });
  });

  test("has only the attachments that it names", () => {
    const picture = { "image/png": "iVBO" };
    const attachments = { "a.png": picture, "b c.png": picture, "a.png2": picture };
    const source =
      "![](attachment:a.png2) ![](attachment:b%20c.png)\n<!-- BEGIN SOLUTION -->\n![](attachment:a.png)\n<!-- END SOLUTION -->";
    const [cell] = studentOf({ source, attachments }).cells;
    expect(Object.keys((cell as { attachments?: object }).attachments!)).toEqual(["b c.png", "a.png2"]);
  });

  test.each([
    ["// BEGIN SOLUTION\n1;", "Cell 1 has BEGIN SOLUTION without END SOLUTION."],
    ["1;\n// END SOLUTION", "Line 2 of cell 1 has END SOLUTION without BEGIN SOLUTION before it."],
  ])("cannot be where marks do not pair", (code, message) => {
    expect(() => studentOf({ code })).toThrow(message);
  });
});

test("the teacher's has all but what is for students, its marks as comments", () => {
  const notebook = cellsOf([
    { source: "a", tags: ["student-only"] },
    { source: "b", tags: ["teacher-only"] },
    { source: "c", metadata: { slideshow: { slide_type: "notes" } } },
    { code: "  ### BEGIN SOLUTION\n  1;\n  ### END SOLUTION", count: 1, outputs: output },
    { source: "### BEGIN SOLUTION\nd\n### END SOLUTION\n" },
  ]);
  const teacher = variantOf(notebook, "teacher");
  expect(sourcesOf(teacher)).toEqual([
    "b",
    "c",
    "  // BEGIN SOLUTION\n  1;\n  // END SOLUTION",
    "<!-- BEGIN SOLUTION -->\nd\n<!-- END SOLUTION -->\n",
  ]);
  expect(teacher.cells[2]).toMatchObject({ outputs: output, executionCount: 1 });
});

test("the key has the solutions alone, each under its headings", () => {
  const notebook = cellsOf([
    { source: "# Title\nprose\n\n```\n# no heading\n```" },
    { source: "## One\n\nWhy?\n\n### Hint" },
    { code: "0;", count: 1, outputs: output },
    { code: "1;", count: 2, outputs: output, tags: ["solution"] },
    { code: marked("a;\n<<\nb;\n>>\nc;"), count: 3, outputs: output },
    { source: "Two\n---\nWhat?\n\n<!-- BEGIN SOLUTION -->\nThis.\n<!-- END SOLUTION -->" },
    { source: "## Three" },
    { source: "all", tags: ["solution", "student-only"] },
    { code: marked("<<\nd;\n>>\n"), count: 4, outputs: output },
  ]);
  const key = variantOf(notebook, "key");
  expect(sourcesOf(key)).toEqual([
    "# Title\n\n## One\n\n### Hint",
    "1;",
    "b;",
    "Two\n---",
    "This.",
    "## Three",
    "d;\n",
  ]);
  expect(key.cells[1]).toMatchObject({ outputs: output, executionCount: 2 });
  expect(key.cells[2]).toMatchObject({ outputs: [], executionCount: null });
  expect(key.cells[6]).toMatchObject({ outputs: output, executionCount: 4 });
  expect(new Set(key.cells.map(({ id }) => id)).size).toBe(7);
});
