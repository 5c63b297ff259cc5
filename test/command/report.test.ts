import { cellNamedIn } from "../../dist/export/error";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { ipynb } from "../../dist/export/writenotebook";
import { cellsOf } from "../export/cells";

const folder = mkdtempSync(join(tmpdir(), "report-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What `export --json` prints of a notebook, and its exit code. */
function report(cells: Parameters<typeof cellsOf>[0], language: "en" | "zh", ...options: string[]) {
  const path = join(folder, "cell 9.ipynb");
  writeFileSync(path, ipynb(cellsOf(cells)));
  const { status, stdout } = spawnSync(
    process.execPath,
    ["dist/cli.js", "export", path, "--json", "--to", "ts", ...options],
    { encoding: "utf8", env: { ...process.env, TSLAB_GRADIENTS_LANGUAGE: language } },
  );
  return { status, report: JSON.parse(stdout) as object };
}

const notRun = [{ source: "# Two cells" }, { code: "let x = 1;", count: 1 }, { code: "x + 1;" }];

describe("export --json", () => {
  test("names what was written", () => {
    const target = join(folder, "out.ts");
    expect(report(notRun, "en", "-o", target)).toEqual({
      status: 0,
      report: { files: [{ path: target, size: expect.any(Number) as number }] },
    });
  });

  test.each([
    ["en", "Cell 3 has not run; run it.", "Cell 3 has not run; run it, or allow it with `--allow failed`."],
    [
      "zh",
      "第 3 个单元格没有运行过；请运行。",
      "第 3 个单元格没有运行过；请运行，或用 `--allow failed` 放行。",
    ],
  ] as const)(
    "says in %s what is wrong with which cell, and what may be allowed",
    (language, sentence, line) => {
      expect(report(notRun, language, "--to", "md")).toEqual({
        status: 2,
        report: { problems: [{ sentence, line, cell: 3, allow: "failed" }] },
      });
    },
  );

  test("what cannot be allowed, and has no cell, says neither", () => {
    const { status, report: said } = report(notRun.slice(0, 2), "en", "--variant", "key");
    expect(status).toBe(2);
    const sentence = expect.stringMatching(/cell 9\.ipynb has no solutions; expected /) as string;
    expect(said).toEqual({ problems: [{ sentence, line: sentence }] });
  });
});

test.each([
  ["Cell 12 (In [3]) has not run; run it.", 12],
  ["Line 2 of cell 4 (In [1]) has END SOLUTION without BEGIN SOLUTION before it.", 4],
  ['/tmp/cell 9.html has "cell 7" of line 2 of cell 5; expected nothing of a solution.', 5],
  ['/tmp/cell 9.md has "a \\" cell 7" of the output of cell 6; expected nothing of a solution.', 6],
  ['Cell 2 failed with "Error: cell 8"; correct it and run it again.', 2],
  ["/tmp/cell 9.ipynb has no solutions; expected cells with the tag solution.", null],
  ['The notebook\'s metadata has the path "/home/ada/cell 3"; take it out.', null],
])("the cell that is named in %s", (message, cell) => {
  expect(cellNamedIn(message)).toBe(cell);
});
