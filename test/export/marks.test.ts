import { expect, test } from "vitest";
import type { Notebook } from "../../dist/export/notebook";
import { variantOf } from "../../dist/export/variant";
import { cellsOf } from "./cells";

const secret = "const total = values.reduce((sum, value) => sum + value, 0);";

const studentOf = (...written: Parameters<typeof cellsOf>[0][number][]): Notebook =>
  variantOf(cellsOf(written), "student");

const inCode = (begin: string, end: string): string =>
  `function mean(values: number[]) {\n  ${begin}\n  ${secret}\n  return total / values.length;\n  ${end}\n}`;

// A mark as a nbgrader, Otter or JupyterLab user would write it, in styles, cases and spellings of their own.
const handled = [
  "// BEGIN SOLUTION",
  "//BEGIN SOLUTION",
  "/// BEGIN SOLUTION",
  "// ### BEGIN SOLUTION",
  "### BEGIN SOLUTION",
  "# BEGIN SOLUTION",
  "#BEGIN SOLUTION",
  "/* BEGIN SOLUTION */",
  "/** BEGIN SOLUTION **/",
  "/*BEGIN SOLUTION*/",
  "<!-- BEGIN SOLUTION -->",
  "// begin solution",
  "// Begin Solution",
  "// beginSolution",
  "### begin solution",
  "// --- BEGIN SOLUTION ---",
  "// ---------- BEGIN SOLUTION ----------",
  "// === BEGIN SOLUTION ===",
  "// *** BEGIN SOLUTION ***",
  "// BEGIN_SOLUTION",
  "// BEGIN-SOLUTION",
  "// BEGINSOLUTION",
  "// B E G I N   S O L U T I O N",
  "// BEGIN SOLUTIONS",
  "// BEGIN SOLUTION (2 pts)",
  "// BEGIN SOLUTION [3 points]",
  "// BEGIN SOLUTION（2 分）",
  "// BEGIN SOLUTION, 2 points",
  "// BEGIN SOLUTION:",
  "// BEGIN SOLUTION：",
  "// BEGIN: SOLUTION",
  "// BEGIN SOLUTION 3",
  "// BEGIN S0LUTION",
  "// BEGIN SOLUTION.",
  "//\tBEGIN\tSOLUTION\t",
  "// BEGIN   SOLUTION   ",
  "// BEGIN\u00a0SOLUTION",
  "//\u3000BEGIN\u3000SOLUTION",
  "// BEGIN\u2009SOLUTION",
  "// BEGIN\u200b SOLUTION\ufeff",
  "// BE\u00adGIN SOLUTION",
  "\u00a0// BEGIN SOLUTION",
  "／／ BEGIN SOLUTION",
  "＃＃＃ BEGIN SOLUTION",
  "// ＢＥＧＩＮ ＳＯＬＵＴＩＯＮ",
  "// BEGIN SOLUTION\r",
];

test.each(handled)("%j is a mark", (begin) => {
  const end = begin
    .replace(/BE(\u00ad?)GIN/, "END")
    .replace(/begin/i, "end")
    .replace("B E G I N", "E N D")
    .replace("ＢＥＧＩＮ", "ＥＮＤ");
  const [cell] = studentOf({ code: inCode(begin, end) }).cells;
  expect(cell!.source).toBe(
    'function mean(values: number[]) {\n  // Your code here.\n  throw new Error("Not solved yet.");\n  return undefined as any;\n}',
  );
});

const stopped = [
  "// BEGIN SOLUTON",
  "// BEGIN SOLTUION",
  "// BEGIN SOULTION",
  "// BEGIN SLOUTION",
  "// BEGIN SOLUTIION",
  "// begin soluton",
  "// BEGN SOLUTION",
  "// BEIGN SOLUTION",
  "// BEING SOLUTION",
  "// BEGIN SOLUCIÓN",
  "// BEGIN SОLUTION",
  "### BEGIN SOLUTON",
  "/* BEGIN SOLUTON */",
  "// BEGIN SOLUTION of exercise 2",
  "// BEGIN SOLUTION: use reduce",
  "// BEGIN SOLUTION NO PROMPT",
  "// BEGIN THE SOLUTION",
  "// BEGIN OF SOLUTION",
  "// START SOLUTION",
  "// SOLUTION BEGIN",
  "// SOLUTION START",
  "// BEGIN MODEL SOLUTION",
  "// BEGIN ANSWER",
  "// BEGIN MARK SCHEME",
  "// BEGIN HIDDEN",
  "// BEGIN HIDEN TESTS",
  "// BEGIN HIDDEN TSTS",
  "// SOLUTION 1",
  "// HIDDEN TESTS",
  "// ✅ BEGIN SOLUTION ✅",
  "// BEGIN/SOLUTION",
  "// #region solution",
  "// #endregion SOLUTION",
  "// <solution>",
  "// </solution>",
  "// [SOLUTION]",
  '"BEGIN SOLUTION";',
  ";; BEGIN SOLUTION",
  "{/* BEGIN SOLUTION */}",
  "/* BEGIN SOLUTION */ let a = 0; /* END SOLUTION */",
  "<!- BEGIN SOLUTION ->",
  "let a = 0; // BEGIN SOLUTION",
  "let a = 0; /* BEGIN SOLUTION */",
  "let a = 0; # BEGIN SOLUTION",
  "/* BEGIN SOLUTION",
  " * BEGIN SOLUTION",
  "--- BEGIN SOLUTION ---",
  "%% BEGIN SOLUTION",
  "BEGIN SOLUTION",
  "BEGIN_SOLUTION",
  "// SOLUTION",
  "// 答案开始",
  "// 开始：参考答案",
  "// BEGIN 答案",
  "// 隐藏测试开始",
  "// 答案開始",
  "// 標準答案開始",
  "// 開始：參考答案",
  "// 參考解答開始",
  "// 隱藏測試開始",
  "// 参考答案",
  "// 【参考解答】",
  "let a = 1; // SOLUTION",
  "let a = 1; # SOLUTION",
  "let a = 1; // SOLUTION NO PROMPT",
  "let a = 1; /* HIDDEN TEST */",
  "// SOLUTION BEGINS HERE",
  "// TODO: BEGIN SOLUTION",
  "// nbgrader: BEGIN SOLUTION",
  "// EXERCISE 1 BEGIN SOLUTION",
  "// Part b: END HIDDEN TESTS",
  "// @solution",
  " * @solution",
  "// #region Solution (2 pts)",
];

test.each(stopped)("%j stops with how to write it", (mark) => {
  const run = () => studentOf({ source: "Solve it." }, { code: inCode(mark, "// the end") });
  expect(run).toThrow(
    /^Line 2 of cell 2 has .*, which looks like a mark; write \/\/ (BEGIN|END) (SOLUTION|HIDDEN TESTS) on a line of its own\.$/,
  );
});

test.each([
  ["// begin the solution", "// end the solution"],
  ["// start solution", "// stop solution"],
  ["// solution begins", "// solution ends"],
  ["// solution begins here", "// solution ends here"],
  ["// 解答开始", "// 解答结束"],
  ["// Begin solution with a sum", "// End solution with a sum"],
])("two remarks that answer each other are marks: %s, %s", (begin, end) => {
  expect(() => studentOf({ code: inCode(begin, end) })).toThrow("looks like a mark; write // BEGIN SOLUTION");
  expect(() => studentOf({ code: inCode(begin, "") })).not.toThrow();
});

test.each(["HIDDEN TESTS", "HIDDEN TEST", "hidden tests", "HIDDEN_TESTS", "Hidden Test"])(
  "BEGIN %s takes code away",
  (what) => {
    const code = `f(1);\n/* BEGIN ${what} */\nif (f(2) !== 4) throw new Error("wrong");\n// END ${what}`;
    expect(studentOf({ code }).cells.map(({ source }) => source)).toEqual(["f(1);"]);
  },
);

const honestCode = [
  "// the solution begins here",
  "// solution",
  "// Solution: see below",
  "// begin with the solution of the linear system",
  "// end of the loop",
  "// begin section",
  "// end selection",
  "// begin resolution",
  "// end evolution",
  "// begin session 2",
  "// end simulation",
  "// begin hidden layer",
  "// start with hidden units",
  "// BEGIN HERE",
  "// BEGIN SETUP",
  "// END",
  "// THE SOLUTION IS STABLE",
  "// YOUR ANSWER HERE",
  "// BEGIN TESTS",
  "const solution = begin(values);",
  "const BEGIN_SOLUTION = 1;",
  "begin(solution);",
  "end.solution = begin.solution;",
  "const range = { begin: solution, end: solutions };",
  'console.log("// BEGIN SOLUTION");',
  "const url = 'https://example.org/begin/solution';",
  "const solution = solve(matrix, vector); // solution",
  "let begin = 0, solution = 1;",
  "const marks = [BEGIN_SOLUTION, END_SOLUTION];",
  "type Box = Wrapped<Solution>;",
  "<Solution>value;",
  "let [solution] = values;",
  "[solution] = values;",
  "//#region helpers",
  "// 开始解答这个方程",
  "// SOLUTION OF THE LINEAR SYSTEM",
  "// Solution (2 pts)",
  "let a = 1; // SOLUTION VECTOR",
  "let a = 1; // the SOLUTION",
  "// All between BEGIN SOLUTION and END SOLUTION is left out",
  "// 参考答案将在下周公布",
  "const s = '# SOLUTION';",
  'show(`<div class="solution">`);',
  "// 从这里开始",
  "// 测试结束",
  "this.#end = solution;",
  "#end = solution;",
];

test.each(honestCode)("%j is no mark", (line) => {
  const code = `${line}\nlet other = 1;`;
  expect(studentOf({ code }).cells[0]!.source).toBe(code);
});

test("a teacher's copy has every mark in its own language", () => {
  const cells = variantOf(
    cellsOf([
      { code: "  /* begin solution (2 pts) */\n  1;\n  ### END_SOLUTION" },
      { source: "a <!-- begin solution -->b<!-- end solution -->" },
    ]),
    "teacher",
  ).cells;
  expect(cells.map(({ source }) => source)).toEqual([
    "  // BEGIN SOLUTION\n  1;\n  // END SOLUTION",
    "a <!-- BEGIN SOLUTION -->b<!-- END SOLUTION -->",
  ]);
});
