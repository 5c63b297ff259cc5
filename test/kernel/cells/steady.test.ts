import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type Checked, Notebook } from "../../../dist/kernel/cells/program.js";

/** A folder with a package in it, which goes after the test. */
function folder(): string {
  const made = realpathSync(mkdtempSync(join(tmpdir(), "tslab-gradients-test-")));
  onTestFinished(() => rmSync(made, { recursive: true }));
  const own = join(made, "node_modules", "numbers");
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, "index.d.ts"), "export declare const one: number;");
  return made;
}

/** TypeScript's StructureIsReused: 2 where no file was gone through anew. */
const reuse = ({ program }: Checked): unknown =>
  (program as unknown as { structureIsReused: number }).structureIsReused;

test("once a package is known, cells with and without it need no new program", () => {
  const notebook = new Notebook(folder(), []);
  const importing = 'import { one } from "numbers"; one; import { join } from "node:path"; join;';
  notebook.check("", importing);
  const declared = 'import { one } from "numbers";';
  notebook.check(declared, "one + 1; export {};");
  for (const cell of ["one + 2; export {};", importing, 'export { one } from "numbers";'])
    expect(reuse(notebook.check(declared, cell)), cell).toBe(2);
  expect(reuse(notebook.check(declared, 'import "node:fs";'))).not.toBe(2);
});

test("what is added for that is never complained of, even where the package is gone", () => {
  const cwd = folder();
  const notebook = new Notebook(cwd, []);
  notebook.check("", 'import { one } from "numbers"; one;');
  rmSync(join(cwd, "node_modules"), { recursive: true });
  const cell = "1 + 1; export {};";
  const checked = notebook.check("", cell);
  expect(checked.cell.text.startsWith(cell)).toBe(true);
  expect(notebook.diagnose(checked, [checked.cell])).toEqual([]);
  // What the reader wrote is complained of as ever.
  const wrong = notebook.check("", 'import { two } from "elsewhere"; three; export {};');
  expect(notebook.diagnose(wrong, [wrong.cell]).map(({ code }) => code)).toEqual([2307, 2304]);
});

// Where the cell ends TypeScript complains of what it lacks; the numbers are TypeScript's own.
test.each([
  ["1 /* a", 1010],
  ["`a", 1160],
  ["function f() {", 1005],
  ["if (true) {", 1005],
])("what %j lacks at its end is complained of, at its end", (cell, code) => {
  const notebook = new Notebook(folder(), []);
  notebook.check("", 'import { one } from "numbers"; one;');
  const checked = notebook.check("", cell);
  const found = notebook.diagnose(checked, [checked.cell]);
  expect(found.map(({ code, start }) => [code, start])).toEqual([[code, cell.length]]);
});
