import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exportNotebook } from "../../dist/export/index.js";
import { expectAlike } from "./alike";
import { type Notebook, codeCells, execute, languages, readNotebook, stockKernel, textOf } from "./notebook";

const fileOf = (language: string): string => resolve("notebooks", language, "questions.ipynb");

const printed = (notebook: Notebook): Record<string, string> =>
  Object.fromEntries(
    codeCells(notebook).map(({ id, outputs = [] }) => [id, outputs.map(({ text }) => textOf(text)).join("")]),
  );

describe("the readers' questions", () => {
  let folder: string;
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "tslab-gradients-questions-"))));
  afterAll(() => rmSync(folder, { recursive: true }));

  it("are the same in both languages, cell by cell, down to every number printed", () => {
    const [zh, en] = languages.map((language) => readNotebook(fileOf(language))) as [Notebook, Notebook];
    expectAlike(zh, en);
  });

  it.each(languages)("are each a heading, a cell to run and an answer, in %s", (language) => {
    const [title, setup, ...rest] = readNotebook(fileOf(language)).cells;
    expect([title?.cell_type, setup?.cell_type]).toEqual(["markdown", "code"]);
    expect(rest.length).toBe(3 * 12);
    for (let i = 0; i < rest.length; i += 3) {
      const [question, cell, answer] = rest.slice(i, i + 3).map(({ source }) => textOf(source));
      expect(question).toMatch(new RegExp(`^## ${i / 3 + 1}\\. .*[?？]$`));
      expect(cell!.split("\n").length, question).toBeLessThan(50);
      expect(answer!.length, question).toBeLessThan(700);
    }
  });

  it("execute in the project's kernel with the lines that they hold", async () => {
    expect(printed(await execute(fileOf("zh")))).toEqual(printed(readNotebook(fileOf("zh"))));
  });

  it("execute in an unmodified tslab with the same lines", async () => {
    const name = "tslab-gradients-questions";
    const executed = await execute(fileOf("en"), { kernel: name, env: stockKernel(folder, name) });
    expect(printed(executed)).toEqual(printed(readNotebook(fileOf("en"))));
  });

  it.each(languages)("are a live page of at most 3.2 MB, in %s", async (language) => {
    const out = join(folder, `${language}.html`);
    await exportNotebook(fileOf(language), { to: "html", output: out });
    expect(statSync(out).size).toBeLessThan(3.2e6);
  });
});
