import { expect, test } from "vitest";
import type { Notebook } from "../../dist/export/notebook";
import { variantOf } from "../../dist/export/variant";
import { cellsOf } from "./cells";

const secret = "const total = values.reduce((sum, value) => sum + value, 0);";
const prose = "Because the product of the factors shrinks.";

const studentOf = (...written: Parameters<typeof cellsOf>[0][number][]): Notebook =>
  variantOf(cellsOf(written), "student");

const tagged: [metadata: { [key: string]: unknown }][] = [
  [{ tags: ["solution"] }],
  [{ tags: ["Solution"] }],
  [{ tags: ["solutions"] }],
  [{ tags: ["SOLUTIONS"] }],
  [{ tags: [" solution "] }],
  [{ tags: ["ｓｏｌｕｔｉｏｎ"] }],
  [{ tags: "solution" }],
  [{ tags: "hard, Solution" }],
  [{ tags: [], nbgrader: { solution: true, grade: false } }],
  [{ nbgrader: { solution: true, grade: true, points: 2 } }],
  [{ nbgrader: { solution: "True" } }],
];

test.each(tagged)("%j makes a cell a solution", (metadata) => {
  const [code, text] = studentOf({ code: secret, metadata }, { source: prose, metadata }).cells;
  expect(code!.source).toBe("// Your code here.");
  expect(text!.source).toBe("*Your answer here.*");
  expect(JSON.stringify(studentOf({ code: secret, metadata }))).not.toMatch(/solution/i);
});

test("nbgrader's cell with marks is a solution between them alone", () => {
  const metadata = { nbgrader: { solution: true, grade: false } };
  const code = `const a = 1;\n// BEGIN SOLUTION\n${secret}\n// END SOLUTION`;
  expect(studentOf({ code, metadata }).cells[0]!.source).toBe("const a = 1;\n// Your code here.");
  const hidden = `// BEGIN HIDDEN TESTS\nif (total !== 3) throw 1;\n// END HIDDEN TESTS`;
  expect(studentOf({ code: `${secret}\n${hidden}`, metadata }).cells[0]!.source).toBe("// Your code here.");
  expect(studentOf({ source: `${prose}\n${hidden}`, metadata }).cells[0]!.source).toBe("*Your answer here.*");
  const tests = { nbgrader: { solution: false, grade: true } };
  expect(studentOf({ code: "f(1);", metadata: tests }).cells[0]!.source).toBe("f(1);");
});

test.each<[{ [key: string]: unknown }, string]>([
  [{ tags: ["soluton"] }, "solution"],
  [{ tags: ["solution-1"] }, "solution"],
  [{ tags: ["hide_solution"] }, "solution"],
  [{ tags: ["my solution"] }, "solution"],
  [{ tags: ["答案"] }, "solution"],
  [{ tags: ["teacher_onyl"] }, "teacher-only"],
  [{ tags: ["instructor"] }, "teacher-only"],
  [{ tags: ["for_teachers"] }, "teacher-only"],
  [{ tags: ["hard teacher-only"] }, "teacher-only"],
  [{ tags: ["teacher-notes"] }, "teacher-only"],
  [{ tags: ["staff-only"] }, "teacher-only"],
  [{ tags: ["教师专用"] }, "teacher-only"],
  [{ tags: ["老師"] }, "teacher-only"],
  [{ tags: ["隐藏测试"] }, "teacher-only"],
  [{ tags: ["參考答案"] }, "solution"],
  [{ tags: ["题解"] }, "solution"],
  [{ tags: ["hidden-tests"] }, "teacher-only"],
  [{ tags: ["remove-cel"] }, "remove-cell"],
  [{ solution: true }, "solution"],
  [{ solution2: "hidden" }, "solution"],
  [{ Tags: ["Solution"] }, "solution"],
  [{ tag: "solution" }, "solution"],
  [{ jupyter: { tags: ["solution"] } }, "solution"],
  [{ class: "solution" }, "solution"],
  [{ tags: { solution: true } }, "solution"],
  [{ tags: ["sol\u200bution"] }, "solution"],
  [{ "nbgrader.solution": true }, "solution"],
])("%j stops with the tag to write", (metadata, tag) => {
  expect(() => studentOf({ source: "a" }, { code: secret, metadata })).toThrow(
    new RegExp(
      `^Cell 2 has (the tag|in its metadata) ".*", which looks like a mark; write the tag ${tag}\\.$`,
    ),
  );
});

test.each(["teacher_only", "Teacher-Only", "teacher only", "REMOVE-CELL", "remove_cell"])(
  "the tag %s takes a cell away",
  (tag) => {
    expect(
      studentOf({ code: secret, tags: [tag] }, { source: "b" }).cells.map(({ source }) => source),
    ).toEqual(["b"]);
  },
);

test("a tag that only resembles one is none", () => {
  const tags = [
    "exercise",
    "hard",
    "resolution",
    "parameters",
    "hide-input",
    "nbval-skip",
    "injected-parameters",
    "skip-execution",
    "remove-stderr",
    "answer",
    "student",
  ];
  const metadata = {
    nbgrader: { solution: false, grade_id: "solution-1" },
    name: "solution",
    predict: { answer: "solution" },
    solution: false,
  };
  expect(studentOf({ code: "1;", tags, metadata }).cells[0]!.source).toBe("1;");
});
