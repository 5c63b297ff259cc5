import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { Notebook } from "../../../dist/kernel/cells/program.js";

const cell = 'import { one } from "numbers"; one;';

/** A notebook two folders below the one that has a package. */
function below(): { notebook: Notebook; root: string; cwd: string } {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "tslab-gradients-test-")));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const cwd = join(root, "course", "week");
  mkdirSync(cwd, { recursive: true });
  pack(root, "number");
  return { notebook: new Notebook(cwd, []), root, cwd };
}

function pack(folder: string, type: string): void {
  const own = join(folder, "node_modules", "numbers");
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, "package.json"), '{ "types": "index.d.ts" }');
  writeFileSync(join(own, "index.d.ts"), `export declare const one: ${type};`);
}

const found = (notebook: Notebook): string | undefined => {
  notebook.check("", cell);
  return notebook.sources.resolve("numbers", notebook.cellPath).resolvedModule?.resolvedFileName;
};

test("a package that a cell imports is looked for anew where it is gone, moved within, or another one is nearer", () => {
  const { notebook, root, cwd } = below();
  const own = join(root, "node_modules", "numbers");
  expect(found(notebook)).toBe(join(own, "index.d.ts"));
  expect(found(notebook)).toBe(join(own, "index.d.ts"));
  writeFileSync(join(own, "other.d.ts"), "export declare const one: bigint;");
  writeFileSync(join(own, "package.json"), '{ "types": "other.d.ts" }   ');
  expect(found(notebook)).toBe(join(own, "other.d.ts"));
  pack(cwd, "string");
  expect(found(notebook)).toBe(join(cwd, "node_modules", "numbers", "index.d.ts"));
  rmSync(join(cwd, "node_modules"), { recursive: true });
  rmSync(join(root, "node_modules"), { recursive: true });
  expect(found(notebook)).toBeUndefined();
});
