import { readFileSync } from "node:fs";
import type { Browser, BrowserContext, Locator } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sourceHash } from "../../dist/runtime/stalecells";
import { type JupyterLab, startLabInBrowser } from "./jupyterlab";
import { kernelReady, readNotebook, saveSettings, writeNotebook } from "./made";
import { type Notebook, openNotebook } from "./notebook";

const name = "dependents.ipynb";
const without = "printGradients(modelWithoutShortcut";
const withShortcut = "manualSeed(123);\nlet modelWithShortcut";

let browser: Browser;
let context: BrowserContext;
let lab: JupyterLab;
let notebook: Notebook;

beforeAll(async () => {
  const { inRoot } = await import("../../src/setup/paths.mjs");
  ({ browser, lab, context } = await startLabInBrowser());
  const section = JSON.parse(
    readFileSync(inRoot("notebooks", "en", "shortcut-connections.ipynb"), "utf8"),
  ) as {
    cells: { cell_type: string; source: string[] }[];
  };
  const cells = section.cells.filter(({ cell_type }) => cell_type === "code").slice(0, 5);
  await writeNotebook(lab, name, [...cells.map(({ source }) => source.join("")), "1 + 1"]);
  notebook = await openNotebook(context, lab.address(name));
  await kernelReady(notebook);
  await notebook.command("notebook:run-all-cells");
});

afterAll(async () => {
  await browser?.close();
  await lab?.stop();
});

const notes = (): Locator => notebook.page.getByRole("note");
const marked = () => notes().allTextContents();
const press = () => notes().first().getByRole("button", { name: "Run dependents" }).click();
const output = async (start: string) =>
  (await (await notebook.cell(start)).locator(".jp-OutputArea-output").allTextContents()).join("\n");

/** Runs In [2] with these layer sizes. */
async function runWith(sizes: string): Promise<void> {
  await notebook.retypeFirstLine("let layerSizes", `let layerSizes = [${sizes}];`);
  await notebook.command("notebook:run-cell");
}

test("nothing is marked after a run from top to bottom, nor while a cell is edited", async () => {
  await expect.poll(() => output("1 + 1")).toContain("2");
  await notebook.retypeFirstLine("let layerSizes", "let layerSizes = [3, 4, 1];");
  expect(await marked()).toEqual([]);
});

test("In [2] run again marks In [4] and In [5]; the button runs them", async () => {
  await runWith("3, 4, 1");
  await expect
    .poll(marked)
    .toEqual([
      "In [4] ran before its inputs changed.Run dependents",
      "In [5] ran before its inputs changed.Run dependents",
    ]);
  const announced = notebook.page.locator(".tslab-gradients-stale-status");
  expect(await announced.textContent()).toBe("In [4], In [5] ran before their inputs changed.");
  expect(await (await notebook.cell(without)).getAttribute("class")).toContain("tslab-gradients-stale");
  expect(await output(without)).toContain("layers.4.0.weight");
  await press();
  await expect.poll(marked).toEqual([]);
  expect(await announced.textContent()).toBe("");
  for (const start of [without, withShortcut]) {
    expect(await output(start)).toContain("layers.1.0.weight");
    expect(await output(start)).not.toContain("layers.2.0.weight");
  }
  // The button is gone; the reader is still in the notebook.
  expect(await notebook.page.evaluate(() => !!document.activeElement?.closest(".jp-Notebook"))).toBe(true);
});

test("the key runs them too, while a cell is edited and from outside one", async () => {
  for (const mode of ["notebook:enter-edit-mode", "notebook:enter-command-mode"]) {
    await runWith("3, 5, 1");
    await expect.poll(marked).toHaveLength(2);
    await notebook.cell("1 + 1");
    await notebook.command(mode);
    await notebook.page.locator(".jp-Notebook-cell.jp-mod-active").focus();
    if (mode === "notebook:enter-edit-mode")
      await notebook.page.locator(".jp-mod-active .cm-content").focus();
    await notebook.page.keyboard.press("Control+Shift+Enter");
    await expect.poll(marked).toEqual([]);
    expect(await (await notebook.cell("1 + 1")).locator(".cm-line").allTextContents()).toEqual(["1 + 1"]);
  }
});

test("a mark stays while its cell is edited; an error ends the run", async () => {
  await runWith("3, 6, 1");
  await expect.poll(marked).toHaveLength(2);
  await notebook.retypeFirstLine(without, 'throw new Error("stop here");');
  expect(await marked()).toHaveLength(2);
  await press();
  await expect.poll(marked).toHaveLength(1);
  await expect.poll(() => output("throw new")).toContain("stop here");
  expect((await marked())[0]).toMatch(/^In \[\d+\] ran before/);
  expect(await output(withShortcut)).toContain("layers.1.0.weight");
});

test("the marks can be read and reached in both themes, and are not printed", async () => {
  const { page } = notebook;
  for (const theme of ["JupyterLab Dark", "JupyterLab Light"]) {
    await notebook.command("apputils:change-theme", { theme });
    await page.waitForFunction((name) => document.body.dataset["jpThemeName"] === name, theme);
    await expect.poll(() => contrast(notes().locator("span"))).toBeGreaterThan(4.5);
  }
  // The browser shows where the focus is to those who use the keyboard.
  await page.keyboard.press("Tab");
  await notes().getByRole("button").focus();
  expect(await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle)).toBe("solid");
  await page.emulateMedia({ media: "print" });
  expect(await notes().count()).toBe(0);
  await page.emulateMedia({ media: "screen" });
});

/** WCAG's contrast of an element's text with the page behind it. */
function contrast(text: Locator): Promise<number> {
  return text.evaluate((node) => {
    const luminance = (colour: string): number => {
      const [r = 0, g = 0, b = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
        const value = Number(part) / 255;
        return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    let behind = node.parentElement;
    while (behind && /rgba\(.*, 0\)/.test(getComputedStyle(behind).backgroundColor))
      behind = behind.parentElement;
    const levels = [getComputedStyle(node).color, getComputedStyle(behind!).backgroundColor].map(luminance);
    return (Math.max(...levels) + 0.05) / (Math.min(...levels) + 0.05);
  });
}

test("no mark is saved as such, and a restart leaves them: the outputs are still the old ones", async () => {
  const { page } = notebook;
  await notebook.command("docmanager:save");
  expect(JSON.stringify(await readNotebook(lab, name))).not.toMatch(/stale/);
  const restarted = notebook.command("kernelmenu:restart");
  await page.getByRole("button", { name: "Confirm Kernel Restart" }).click();
  await restarted;
  expect(await marked()).toHaveLength(1);
});

test("in a Chinese JupyterLab the marks are Chinese", async () => {
  await saveSettings(lab, "@jupyterlab/translation-extension:plugin", { locale: "zh_CN" });
  await notebook.page.reload();
  await kernelReady(notebook);
  await notebook.command("notebook:run-all-cells");
  await notebook.retypeFirstLine("throw new", "printGradients(modelWithoutShortcut, sampleInput);");
  await notebook.command("notebook:run-all-cells");
  await runWith("3, 7, 1");
  await expect.poll(marked).toHaveLength(2);
  expect((await marked())[0]).toMatch(/^In \[\d+\] 运行之后，它的输入又变了。重新运行受影响的单元格$/);
});

test("a saved notebook knows which source its outputs are of", async () => {
  await expect
    .poll(async () => {
      await notebook.command("docmanager:save");
      const { content } = (await readNotebook(lab, name)) as {
        content: { cells: { source: string; metadata: { "tslab-gradients"?: { source?: string } } }[] };
      };
      const known = content.cells.map(({ source, metadata }) => [
        sourceHash(source),
        metadata["tslab-gradients"]?.source,
      ]);
      return known.filter(([own, kept]) => own === kept).length;
    })
    .toBeGreaterThanOrEqual(5);
});
