import { expect, test } from "vitest";
import type { Notebook } from "../../dist/export/notebook";
import { variantOf } from "../../dist/export/variant";
import { cellsOf } from "./cells";

const prose = "Because the product of the factors shrinks.";

const studentOf = (...written: Parameters<typeof cellsOf>[0][number][]): Notebook =>
  variantOf(cellsOf(written), "student");

const inProse = [
  "<!-- BEGIN SOLUTION -->",
  "<!--- begin solution --->",
  "<!--BEGIN_SOLUTION-->",
  "<!--\nBEGIN SOLUTION\n-->",
  "<!-- BEGIN SOLUTION (2 pts) -->",
  "### BEGIN SOLUTION",
  "// begin solutions",
  "# BEGIN SOLUTION #",
];

test.each(inProse)("%j is a mark in text", (begin) => {
  const end = begin.replace(/begin/i, "END");
  expect(studentOf({ source: `Why?\n\n${begin}\n${prose}\n${end}\n` }).cells[0]!.source).toBe(
    "Why?\n\n*Your answer here.*\n",
  );
});

test.each([
  "<!-- BEGIN SOLUTON -->",
  "<!-- SOLUTION BEGIN -->",
  "<!-- BEGIN SOLUTION: shrinking -->",
  "--- BEGIN SOLUTION ---",
  "**BEGIN SOLUTION**",
  "BEGIN SOLUTION",
  "> BEGIN SOLUTION",
  "%% BEGIN SOLUTION %%",
  "Here: // BEGIN SOLUTION",
  "[//]: # (BEGIN SOLUTION)",
  "【BEGIN SOLUTION】",
  "<!- BEGIN SOLUTION ->",
  "<!-- BEGIN SOLUTION ->",
  "\\begin{solution}",
  "<solution>",
  "```{solution} exercise-1",
  "::: {.solution}",
  "<!-- ✅ BEGIN SOLUTION -->",
  "<!-- 答案开始 -->",
  "**答案开始**",
  "<!-- 答案開始 -->",
  "<!-- solution -->",
  "<!-- SOLUTION -->",
  "<!-- Solution 2: -->",
  "<!-- /solution -->",
  "<!-- TODO BEGIN SOLUTION -->",
  "<b>BEGIN SOLUTION</b>",
  "<summary>BEGIN SOLUTION</summary>",
  "1. BEGIN SOLUTION",
  ":::solution",
  "::: solution",
  '<div class="solution">',
  "<details class='dropdown solution' open>",
])("%j stops in text", (mark) => {
  const source = `Why?\n\n${mark}\n${prose}\n`;
  expect(() => studentOf({ source })).toThrow(
    /^Line 3 of cell 1 has .*; write <!-- BEGIN SOLUTION --> on a line of its own\.$/,
  );
});

const honestProse = [
  "## Solution",
  "# SOLUTION",
  "### Solutions of the heat equation",
  "The solution begins with the chain rule.",
  "Begin the solution with the chain rule, and end it there.",
  "- begin solution\n- end solution",
  "Mark yours with `// BEGIN SOLUTION` and `// END SOLUTION`.",
  "## 解答",
  "请从这里开始解答。",
  "答案从第一层开始，到最后一层结束。",
  "- 开始解答\n- 结束解答",
  "**参考答案**将在下周公布。",
  '<a id="solution"></a>\n\n## Solution',
  '<div class="solution-space">\n\nHere.',
  "<!-- the solution is in the next cell -->",
  "Start. Solution by hand. End.",
  "## Hidden tests\nThey are run on what you hand in.",
];

test.each(honestProse)("%j is no mark in text", (source) => {
  expect(studentOf({ source }).cells[0]!.source).toBe(source);
});
