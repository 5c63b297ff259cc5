import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { gradientFigure } from "../../dist/index.js";
import { bundleOf } from "../../dist/kernel/show.js";
import { cell, idle, type Pages, run, startPages } from "./pages";

let pages: Pages;

beforeAll(async () => (pages = await startPages()));
afterAll(() => pages?.end());

const gradients = [{ name: "layers.0.0.weight", mean: 0.1, shape: [3, 3] }];
const traces = [{ type: "heatmap", z: [[0.1, 0.2]] }];

/** A notebook whose only cell has shown a heatmap, which the part of plotly.js in pages does not draw. */
async function heatmapNotebook(): Promise<string> {
  const series = JSON.stringify([{ useShortcut: false, gradients }]);
  const source = [
    'import { gradientFigure, show } from "tslab-gradients";',
    `const figure = gradientFigure(${series}, { language: "zh" });`,
    `await show({ ...figure, data: ${JSON.stringify(traces)} });`,
  ].join("\n");
  const figure = gradientFigure([{ useShortcut: false, gradients }], { language: "zh" });
  const bundle = await bundleOf({ ...figure, data: traces });
  const outputs = [{ output_type: "display_data", ...bundle }];
  const cells = [{ cell_type: "code", metadata: {}, execution_count: 1, source, outputs }];
  const metadata = { kernelspec: { name: "tslab", display_name: "TypeScript", language: "typescript" } };
  const file = join(pages.folder, "heatmap.ipynb");
  writeFileSync(file, JSON.stringify({ nbformat: 4, nbformat_minor: 4, metadata, cells }));
  return file;
}

test("a page keeps the notebook's picture of what it cannot draw, and says so where its cell makes it anew", async () => {
  await pages.make(await heatmapNotebook(), "heatmap.html");
  const page = await pages.open("heatmap.html");
  const plot = page.locator("figure.plot");
  await page.waitForTimeout(500);
  expect(await plot.locator("img").count()).toBe(1);
  expect(await plot.locator(".main-svg").count()).toBe(0);
  await run(page, 1);
  await idle(page);
  await plot.locator(".main-svg").first().waitFor();
  expect(await plot.locator("img").count()).toBe(0);
  expect(await cell(page, 1).locator(".annotation").allTextContents()).toEqual([
    "导出的网页中画不出：heatmap",
  ]);
  expect(pages.problems).toEqual([]);
  await page.close();
});
