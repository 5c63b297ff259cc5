import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { gradientFigure } from "../../dist/index.js";
import { bundleOf } from "../../dist/kernel/figurepictures.js";
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

test("a page and its copy keep the notebook's picture of what they cannot draw, and say so where a cell makes it anew", async () => {
  await pages.make(await heatmapNotebook(), "heatmap.html", { embedFonts: true });
  const page = await pages.open("heatmap.html");
  const plot = page.locator("figure.plot");
  await page.waitForTimeout(500);
  expect(await plot.locator("img").count()).toBe(1);
  expect(await plot.locator(".main-svg").count()).toBe(0);
  const picture = await plot.locator("img").getAttribute("src");
  // Its Chinese is drawn, where an SVG's in a page would need the machine's font.
  expect(picture).toMatch(/^data:image\/png;/);
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save a copy" }).click();
  await (await saved).saveAs(join(pages.folder, "copy.html"));
  const copy = await pages.open("copy.html");
  expect(await copy.locator("figure.plot img").getAttribute("src")).toBe(picture);
  await copy.close();
  await run(page, 1);
  await idle(page);
  await plot.locator(".main-svg").first().waitFor();
  expect(await plot.locator("img").count()).toBe(0);
  expect(await cell(page, 1).locator(".annotation").allTextContents()).toEqual([
    "导出的网页中画不出：heatmap",
  ]);
  const html = readFileSync(join(pages.folder, "heatmap.html"), "utf8");
  const range = /unicode-range: ([^;]*);/.exec(html)?.[1]?.split(",");
  const letters = [..."导出的网页中画不出"].map((letter) => `U+${letter.codePointAt(0)!.toString(16)}`);
  expect(range).toEqual(expect.arrayContaining(letters));
  expect(pages.problems).toEqual([]);
  await page.close();
});
