import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { exportNotebook } from "../../dist/export";
import { codeLanguage, isTypeScript } from "../../dist/export/notebook";
import { rendered } from "../../dist/export/html/document";
import { cellsOf } from "./cells";

const folder = mkdtempSync(join(tmpdir(), "codelanguage-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What Jupyter, VS Code, Colab and Deno write; the last ones are what scripts that make notebooks leave out. */
const written: [metadata: { [key: string]: unknown }, language: string | null][] = [
  [
    { language_info: { name: "typescript" }, kernelspec: { name: "tslab", language: "typescript" } },
    "typescript",
  ],
  [{ language_info: { name: "TypeScript" } }, "typescript"],
  [{ kernelspec: { name: "tslab", display_name: "TypeScript", language: "typescript" } }, "typescript"],
  [{ kernelspec: { name: "tslab", display_name: "TypeScript" } }, "typescript"],
  [{ kernelspec: { name: "jslab", display_name: "JavaScript" } }, "javascript"],
  [
    { kernelspec: { name: "deno", language: "typescript" }, language_info: { codemirror_mode: "ts" } },
    "typescript",
  ],
  [{ language_info: { name: "python" }, kernelspec: { name: "python3", language: "python" } }, "python"],
  [{ kernelspec: { name: "ir", language: "R" } }, "r"],
  [{ kernelspec: { name: "python3", display_name: "Python 3" } }, null],
  [{ language_info: "typescript" }, null],
  [{}, null],
];

describe.each(written)("a notebook with the metadata %j", (metadata, language) => {
  const isOurs = language === "typescript" || language === "javascript";
  const notebook = { ...cellsOf([{ code: "const a = 1;", count: 1 }]), metadata };

  test(`is in ${language ?? "no language that it says"}`, () => {
    expect(codeLanguage(notebook)).toBe(language);
    expect(isTypeScript(notebook)).toBe(isOurs);
  });

  test(`has cells that ${isOurs ? "run" : "do not run"} in a page`, async () => {
    const nowhere = { picture: () => null, link: () => null };
    expect((await rendered(notebook, "a.html", () => nowhere)).runs).toBe(isOurs);
  });

  test.skipIf(isOurs).each([{ to: "ts" }, { to: "html", execute: true }] as const)(
    "is refused for %j in a sentence",
    async (options) => {
      const path = join(folder, "a.ipynb");
      const cell = { cell_type: "code", source: "a = 1", outputs: [], execution_count: 1, metadata: {} };
      writeFileSync(path, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells: [cell] }));
      const output = join(folder, `a.${options.to}`);
      await expect(exportNotebook(path, { output, ...options })).rejects.toThrow(
        language === null
          ? `${path} does not say what language its cells are in; expected a kernelspec of TypeScript in its metadata.`
          : `${path} has cells in ${language}; expected TypeScript or JavaScript.`,
      );
      expect(existsSync(output)).toBe(false);
    },
  );
});
