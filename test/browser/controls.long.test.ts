import type { Browser, BrowserContext, Locator } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cells } from "./controls";
import { type JupyterLab, startLabInBrowser } from "./jupyterlab";
import { kernelReady, recordMessages, writeNotebook } from "./made";
import { type Notebook, openNotebook } from "./notebook";

const name = "controls.ipynb";
let browser: Browser;
let context: BrowserContext;
let lab: JupyterLab;
let notebook: Notebook;

beforeAll(async () => {
  ({ browser, lab, context } = await startLabInBrowser());
  await writeNotebook(lab, name, cells);
  notebook = await openNotebook(context, lab.address(name));
  await kernelReady(notebook);
  await notebook.command("notebook:run-all-cells");
  await figure().locator(".barlayer .point").first().waitFor();
});

afterAll(async () => {
  await browser?.close();
  await lab?.stop();
});

const figure = (): Locator => notebook.page.locator(".js-plotly-plot");
const handle = (): Locator => notebook.page.locator(".noUi-handle");
const shown = async () => JSON.parse((await figure().locator(".gtitle").textContent())!) as { width: number };
const readout = async () => Number(await notebook.page.locator(".widget-readout").textContent());

/** The updates of the figure since the recording began: when they came, and whether with pictures. */
async function updates(): Promise<{ time: number; whole: boolean }[]> {
  const messages = await notebook.page.evaluate(() => window.recorded ?? []);
  return messages
    .filter(({ type }) => type === "update_display_data")
    .map(({ time, content }) => {
      const { data } = content as { data: Record<string, unknown> };
      expect(data["application/vnd.plotly.v1+json"]).toBeTruthy();
      return { time, whole: "image/png" in data };
    });
}

/** Data at once, and pictures after a rest alone. */
async function expectLight(least: number): Promise<void> {
  await expect.poll(async () => (await updates()).at(-1)?.whole, { timeout: 10_000 }).toBe(true);
  const all = await updates();
  expect(all.filter(({ whole }) => !whole).length).toBeGreaterThanOrEqual(least);
  for (const [i, { time, whole }] of all.entries()) {
    if (whole) expect(time - all[i - 1]!.time).toBeGreaterThan(350);
  }
}

test("a slider moved by key: the kernel computes anew, and the figure is redrawn in place", async () => {
  expect(await (await notebook.cell("import {")).locator(".jp-OutputArea-output").textContent()).toBe(
    "native\n",
  );
  await recordMessages(notebook);
  await figure().evaluate((node) => node.setAttribute("data-before", "yes"));
  const outputs = await notebook.page.locator(".jp-OutputArea-output").count();
  await handle().focus();
  for (let i = 0; i < 3; i++) await notebook.page.keyboard.press("ArrowRight");
  await expect.poll(shown).toEqual({ width: 6, useShortcut: false, gelu: "none" });
  await expectLight(1);
  expect(await figure().getAttribute("data-before")).toBe("yes");
  expect(await notebook.page.locator(".jp-OutputArea-output").count()).toBe(outputs);
  const { ExampleDeepNeuralNetwork, layerGradients, manualSeed, tensor } = await import("../../dist/index");
  manualSeed(123);
  const { gradients } = layerGradients(new ExampleDeepNeuralNetwork([3, 6, 6, 1]), tensor([[1, 0, -1]]));
  const drawn = await figure().evaluate(
    (node) => (node as unknown as { data: { y: number[] }[] }).data[0]!.y,
  );
  for (const [i, { mean }] of gradients.entries()) expect(drawn[i]! / mean).toBeCloseTo(1, 5);
});

test("a slider drawn by mouse: the figure follows, and its pictures come when it rests", async () => {
  await recordMessages(notebook);
  const { x, y } = (await handle().boundingBox())!;
  await notebook.page.mouse.move(x + 5, y + 5);
  await notebook.page.mouse.down();
  const seen = new Set<number>();
  for (let i = 1; i <= 40; i++) {
    await notebook.page.mouse.move(x + 5 + 4 * i, y + 5);
    seen.add((await shown()).width);
  }
  await notebook.page.mouse.up();
  expect(await readout()).toBeGreaterThan(20);
  await expect.poll(async () => (await shown()).width).toBe(await readout());
  expect(seen.size).toBeGreaterThan(2);
  await expectLight(3);
});

test("a checkbox and a dropdown", async () => {
  const { page } = notebook;
  await page.getByRole("checkbox", { name: "shortcut connections" }).check();
  await page.getByLabel("GELU").selectOption("tanh");
  await expect.poll(shown).toMatchObject({ useShortcut: true, gelu: "tanh" });
});

test("a listener's error is an error of the cell that gave it", async () => {
  await notebook.page.getByRole("button", { name: "fail" }).click();
  const cell = await notebook.cell("const fails");
  const error = cell.locator(".jp-OutputArea-output", { hasText: "RangeError" });
  expect(await error.textContent()).toContain("RangeError: pressed");
});

test("an error is red and names the cell's own line; what was to run after it is not run", async () => {
  const failed = await notebook.cell("function expectWide");
  const error = failed.locator('.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.stderr"]');
  const text = (await error.textContent())!;
  expect(text).toContain("RangeError: The width is 3; expected 100 or more.");
  expect(text).toContain("2 |   if (width < 100) throw new RangeError(");
  expect(text).toMatch(/In\[5\]:2:26\n[^]*\n\s+\| {26}\^\n\s+at In\[5\]:4:1/);
  const red = await error
    .locator(".ansi-red-fg", { hasText: "RangeError" })
    .first()
    .evaluate((node) => {
      const [r, g, b] = getComputedStyle(node).color.match(/\d+/g)!.map(Number) as [number, number, number];
      return r > 2 * g && r > 2 * b;
    });
  expect(red).toBe(true);
  // JupyterLab may still be about to show the reader the cell that failed.
  const prompt = async () => (await notebook.cell("const wrong")).locator(".jp-InputPrompt").textContent();
  await expect.poll(prompt).toBe("[ ]:");
});

test("a type error shows its line with a caret under it", async () => {
  const cell = await notebook.cell("const wrong");
  await cell.click();
  await notebook.command("notebook:run-cell");
  const error = cell.locator('.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.stderr"]');
  expect(await error.textContent()).toMatch(/1 \| const wrong: number = "3";\n\s+\| {7}\^+/);
});

test("after the page was loaded again the controls are there, and the figure follows them", async () => {
  const width = await readout();
  await notebook.command("docmanager:save");
  await notebook.page.reload();
  await handle().waitFor();
  await figure().locator(".barlayer .point").first().waitFor();
  expect(await readout()).toBe(width);
  expect(await notebook.page.getByRole("checkbox", { name: "shortcut connections" }).isChecked()).toBe(true);
  await kernelReady(notebook);
  await recordMessages(notebook);
  await handle().focus();
  await notebook.page.keyboard.press("ArrowLeft");
  await expect.poll(async () => (await shown()).width).toBe(width - 1);
  await expectLight(1);
});
