import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { exportNotebook, formats, type Variant } from "../../dist/export";
import type { Output } from "../../dist/export/notebook";
import { ipynb } from "../../dist/export/writenotebook";
import { readNotebook } from "../../dist/export/readnotebook";
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

test("a key without solutions is refused", async () => {
  const unmarked = join(folder, "unmarked.ipynb");
  writeFileSync(unmarked, ipynb(cellsOf([{ source: "# Means" }])));
  await expect(exportNotebook(unmarked, { to: "html", variant: "key" })).rejects.toThrow(
    "has no solutions; expected cells with the tag solution",
  );
});

test("an export that would show a solution elsewhere is refused", async () => {
  const notebook = readNotebook(path);
  notebook.metadata.title = "const total = values.reduce((sum, value) => sum + value, 0);";
  const leaking = join(folder, "leaking.ipynb");
  writeFileSync(leaking, ipynb(notebook));
  const output = join(folder, "leaking-student.ipynb");
  await expect(exportNotebook(leaking, { to: "ipynb", variant: "student", output })).rejects.toThrow(
    /cell 5/,
  );
  expect(statSync(output, { throwIfNoEntry: false })).toBeUndefined();
});
