import { join } from "node:path";
import type { Browser, BrowserContext, Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { foreignRequests, startChromium } from "./chromium";
import { type JupyterLab, startJupyterLab } from "./jupyterlab";
import { type Notebook, openNotebook } from "./notebook";

const path = "zh/shortcut-connections.ipynb";
const plotCell = "let both = ";
const first = "layers.0.0.weight has gradient mean of 0.00020174";

let browser: Browser;
let context: BrowserContext;
let foreign: string[];
/** With our extension, with the stock plotly one beside it, and with neither. */
let own: JupyterLab, beside: JupyterLab, neither: JupyterLab;

beforeAll(async () => {
  const { venvJupyter } = await import("../../src/setup/paths.mjs");
  const { testPackages } = await import("../../src/setup/venv.mjs");
  const ours = join(venvJupyter, "labextensions");
  const stock = join(testPackages, "share", "jupyter", "labextensions");
  [browser, own, beside, neither] = await Promise.all([
    startChromium(),
    startJupyterLab([ours]),
    startJupyterLab([ours, stock]),
    startJupyterLab([]),
  ]);
  context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  context.setDefaultTimeout(20_000);
  foreign = foreignRequests(context);
});

afterAll(async () => {
  await browser?.close();
  await Promise.all([own, beside, neither].map((lab) => lab?.stop()));
});

/** The figure under the plot cell, once it is drawn. */
async function figure(notebook: Notebook): Promise<Locator> {
  const plot = (await notebook.cell(plotCell)).locator(".tslab-gradients-figure .js-plotly-plot");
  await plot.locator(".barlayer .point").first().waitFor();
  return plot;
}

async function expectInteractive(notebook: Notebook): Promise<void> {
  const plot = await figure(notebook);
  expect(await plot.getAttribute("role")).toBe("img");
  expect(await plot.getAttribute("aria-label")).toContain("平均绝对梯度");
  const label = plot.locator(".hoverlayer .hovertext");
  // Once more where the figure was moved, or drawn anew, while the pointer was there: a reader's moves on as well.
  await vi.waitFor(
    async () => {
      // Away first, so that the next figure's label is not this one's, and the pointer moves.
      await notebook.page.mouse.move(5, 5);
      // Not at the notebook's edge, where JupyterLab scrolls what is found there away again.
      await plot.evaluate((node) => node.scrollIntoView({ block: "center" }));
      // Plotly's own layer for dragging lies above the bars.
      await plot.locator(".barlayer .point").last().hover({ force: true });
      await label.waitFor({ timeout: 2000 });
    },
    { timeout: 20_000 },
  );
  expect(await label.textContent()).toContain("layers.");
  await notebook.page.mouse.move(5, 5);
}

describe("with the extension", () => {
  let notebook: Notebook;

  test("the notebook that nobody has run or trusted shows its saved figure, interactive", async () => {
    notebook = await openNotebook(context, own.address(path));
    expect(await notebook.trusted(plotCell)).toBe(false);
    await expectInteractive(notebook);
  });

  test("Run All prints the book's numbers and draws the plot anew", async () => {
    await notebook.command("notebook:clear-all-cell-outputs");
    expect(await notebook.page.locator(".js-plotly-plot").count()).toBe(0);
    await notebook.command("notebook:run-all-cells");
    const printed = (await notebook.cell("printGradients(")).locator(".jp-OutputArea-output");
    expect(await printed.textContent()).toContain(first);
    await expectInteractive(notebook);
    expect(await (await figure(notebook)).locator(".barlayer .point").count()).toBe(10);
  });

  test("the same figure shown again by its id is redrawn in place", async () => {
    const { page } = notebook;
    await figure(notebook);
    for (const models of ["both.slice(0, 1)", "both"]) {
      await notebook.command("notebook:insert-cell-below");
      await notebook.command("notebook:replace-selection", {
        text: `await show(gradientFigure(${models}), { id: "again" });`,
      });
      await notebook.command("notebook:run-cell");
      const shown = (await notebook.cell("await show(gradientFigure(both.slice")).locator(".js-plotly-plot");
      await shown.waitFor();
      if (models !== "both") await shown.evaluate((node) => node.setAttribute("data-before", "yes"));
      await (await notebook.cell(`await show(gradientFigure(${models})`)).waitFor();
    }
    await page.waitForFunction(
      () => document.querySelectorAll("[data-before] .barlayer .trace").length === 2,
    );
  });

  test("the dark theme exchanges the colours", async () => {
    const plot = await figure(notebook);
    const colours = () =>
      plot.evaluate((node) => ({
        paper: getComputedStyle(node.querySelector(".main-svg")!).backgroundColor,
        ink: getComputedStyle(node.querySelector(".gtitle")!).fill,
      }));
    expect(await colours()).toEqual({ paper: "rgb(255, 255, 255)", ink: "rgb(31, 41, 51)" });
    await notebook.command("apputils:change-theme", { theme: "JupyterLab Dark" });
    await expect.poll(colours).toEqual({ paper: "rgb(21, 25, 31)", ink: "rgb(230, 233, 238)" });
    await notebook.command("apputils:change-theme", { theme: "JupyterLab Light" });
    await expect.poll(colours).toEqual({ paper: "rgb(255, 255, 255)", ink: "rgb(31, 41, 51)" });
  });

  test("the plot follows the panel's width", async () => {
    const plot = await figure(notebook);
    const width = () =>
      plot
        .locator(".main-svg")
        .first()
        .evaluate((svg) => svg.clientWidth);
    const before = await width();
    await notebook.page.setViewportSize({ width: 1150, height: 900 });
    await expect.poll(width).toBeLessThan(before);
  });
});

describe("with the stock plotly extension beside it", () => {
  let notebook: Notebook;

  test("the notebook that nobody has run or trusted shows its saved figure, interactive", async () => {
    notebook = await openNotebook(context, beside.address(path));
    expect(await notebook.trusted(plotCell)).toBe(false);
    await expectInteractive(notebook);
  });

  test("other sizes, typed into In [2]: the plot follows", async () => {
    await notebook.retypeFirstLine("let layerSizes", "let layerSizes = [3, 8, 8, 8, 1];");
    await notebook.command("notebook:run-all-cells");
    await expectInteractive(notebook);
    expect(await notebook.trusted(plotCell)).toBe(true);
    const plot = await figure(notebook);
    expect(await plot.locator(".barlayer .point").count()).toBe(8);
    expect(await plot.getAttribute("aria-label")).not.toContain("layers.4");
  });
});

test("without either extension the figure is a picture", async () => {
  const notebook = await openNotebook(context, neither.address(path));
  const cell = await notebook.cell(plotCell);
  const picture = cell.locator('img[src^="data:image/png"]');
  await picture.waitFor();
  expect(await picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(700);
  expect(await cell.locator(".js-plotly-plot").count()).toBe(0);
});

test("no page asked another host for anything", () => {
  expect(foreign).toEqual([]);
});
