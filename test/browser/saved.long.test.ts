import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startChromium } from "./chromium";
import { type JupyterLab, startJupyterLab } from "./jupyterlab";
import { kernelReady, readNotebook, type WrittenCell, writeNotebook } from "./made";
import { type Notebook, openNotebook } from "./notebook";

let browser: Browser;
let context: BrowserContext;
let lab: JupyterLab;
let section: WrittenCell[];
const folder = mkdtempSync(join(tmpdir(), "saved-"));

beforeAll(async () => {
  const { inRoot, venvJupyter } = await import("../../src/setup/paths.mjs");
  [browser, lab] = await Promise.all([
    startChromium(),
    startJupyterLab([join(venvJupyter, "labextensions")]),
  ]);
  const { cells } = JSON.parse(
    readFileSync(inRoot("notebooks", "en", "shortcut-connections.ipynb"), "utf8"),
  ) as { cells: (WrittenCell & { source: string[] })[] };
  section = cells
    .filter(({ cell_type }) => cell_type === "code")
    .slice(0, 5)
    .map(({ source, outputs, execution_count }) => ({
      source: source.join(""),
      outputs: outputs ?? [],
      execution_count: execution_count!,
    }));
  context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  context.setDefaultTimeout(20_000);
});

afterAll(async () => {
  await browser?.close();
  await lab?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function opened(name: string, cells: (string | WrittenCell)[]): Promise<Notebook> {
  await writeNotebook(lab, name, cells);
  // Without the notebooks of the tests before.
  const notebook = await openNotebook(context, `${lab.address(name)}&reset`);
  await kernelReady(notebook);
  return notebook;
}

const marked = ({ page }: Notebook) => page.getByRole("note").locator("span").allTextContents();
const numbers = async (notebook: Notebook, start: string): Promise<string> =>
  String(await (await notebook.cell(start)).locator(".jp-InputPrompt").textContent());

async function run(notebook: Notebook, ...starts: string[]): Promise<void> {
  for (const start of starts) {
    await notebook.cell(start);
    await notebook.command("notebook:run-cell");
  }
}

async function runDependents({ page }: Notebook): Promise<void> {
  await page.getByRole("button", { name: "Run dependents" }).first().click();
}

/** What the menu's entry says against an export; null where it gives the file. */
async function refusal({ page }: Notebook): Promise<string[] | null> {
  const begins = page.waitForEvent("download").catch(() => null);
  await page.evaluate(() => {
    void window.jupyterapp!.commands.execute("tslab-gradients:export", {
      entry: { to: "html", variant: null },
    });
  });
  const dialog = page.locator(".jp-Dialog");
  const download = await Promise.race([begins, dialog.waitFor().then(() => null)]);
  if (download !== null) return null;
  const sentences = await dialog.locator("li span").allTextContents();
  await page.getByRole("button", { name: "Close" }).click();
  return sentences;
}

/** What the command says against an export of the file that was saved. */
async function commandSays(name: string): Promise<string> {
  const { content } = (await readNotebook(lab, name)) as { content: object };
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  const env = { ...process.env, TSLAB_GRADIENTS_LANGUAGE: "en" };
  return spawnSync(process.execPath, ["dist/cli.js", "export", path], { encoding: "utf8", env }).stderr;
}

test("saved cells are marked once what they use changed, and an export names just these", async () => {
  const notebook = await opened("saved.ipynb", section);
  const [first, second, , fourth, fifth] = section.map(({ source }) => source.slice(0, 40));
  expect(await marked(notebook)).toEqual([]);
  await run(notebook, first!, second!);
  await expect.poll(() => numbers(notebook, second!)).toBe("[2]:");
  // They only brought back what this kernel lacked.
  expect(await marked(notebook)).toEqual([]);
  expect(await refusal(notebook)).toBeNull();
  await notebook.retypeFirstLine("let layerSizes", "let layerSizes = [3, 4, 1];");
  await notebook.command("notebook:run-cell");
  await expect
    .poll(() => marked(notebook))
    .toEqual(["In [4] ran before its inputs changed.", "In [5] ran before its inputs changed."]);
  const refused = [
    'Cell 4 (In [4]) ran before cell 2 (In [3]) gave "modelWithoutShortcut" its value; run it again.',
    'Cell 5 (In [5]) ran before cell 2 (In [3]) gave "layerSizes" its value; run it again.',
  ];
  expect(await refusal(notebook)).toEqual(refused);
  expect((await commandSays("saved.ipynb")).match(/Cell \d/g)).toEqual(["Cell 4", "Cell 5"]);

  // Opened again, the marks are there.
  await notebook.page.reload();
  await kernelReady(notebook);
  await expect.poll(() => marked(notebook)).toHaveLength(2);

  // In [3], which they need, this kernel has not run: it runs with them. In [1] and In [2] it has.
  await runDependents(notebook);
  await expect.poll(() => marked(notebook)).toEqual([]);
  const output = (await notebook.cell(fourth!)).locator(".jp-OutputArea-output");
  await expect.poll(async () => (await output.allTextContents()).join("")).toContain("layers.1.0.weight");
  expect((await output.allTextContents()).join("")).not.toContain("layers.2.0.weight");
  await expect.poll(() => numbers(notebook, fifth!)).toBe("[6]:");
  expect(await refusal(notebook)).toBeNull();
  expect(await commandSays("saved.ipynb")).toBe("");
  await notebook.page.close();
});

test("a name that is declared twice: no mark after a run from the top; what took the other is set right", async () => {
  const notebook = await opened("twice.ipynb", ["let x = 1;", "x + 0;", "let x = 2;", "x + 10;"]);
  await notebook.command("notebook:run-all-cells");
  await expect.poll(() => numbers(notebook, "x + 10")).toBe("[4]:");
  expect(await marked(notebook)).toEqual([]);
  expect(await refusal(notebook)).toBeNull();
  await run(notebook, "x + 0");
  await expect
    .poll(() => marked(notebook))
    .toEqual([
      "In [1] gave “x” a value that another cell has replaced.",
      "In [5] took “x” from a cell that is not the last one above it.",
    ]);
  expect(await refusal(notebook)).toHaveLength(2);
  await runDependents(notebook);
  await expect.poll(() => marked(notebook)).toEqual([]);
  const result = (await notebook.cell("x + 0")).locator(".jp-OutputArea-output");
  expect(await result.textContent()).toContain("1");
  expect(await refusal(notebook)).toBeNull();
  await notebook.page.close();
});

test("a name that is altered: what shows it is marked when it is altered again", async () => {
  const notebook = await opened("altered.ipynb", ["let seen = [1];", "seen.push(2);", "seen.length;"]);
  await notebook.command("notebook:run-all-cells");
  await expect.poll(() => numbers(notebook, "seen.length")).toBe("[3]:");
  expect(await marked(notebook)).toEqual([]);
  await run(notebook, "seen.push");
  await expect.poll(() => marked(notebook)).toEqual(["In [3] ran before its inputs changed."]);
  expect(await refusal(notebook)).toHaveLength(1);
  await notebook.page.close();
});
