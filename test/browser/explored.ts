import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Locator, Page } from "playwright-core";
import { explored, exploreType } from "../kernel/explored";
import { idle, type Pages } from "./pages";

/** What a notebook says of its language. */
const metadata = { language_info: { name: "typescript" } };

/** The code of a cell that shows a live figure. */
export const call = (more = ""): string =>
  `import { explore } from "tslab-gradients";\nawait explore({ layerSizes: [3, 3, 3, 1]${more} });`;

/**
 * Writes pages: `live.html` and `slides.html` with a saved figure in the first cell, none in the second and a broken one
 * in the third; `plain.html` with the second alone.
 */
export async function makeLive(pages: Pages): Promise<void> {
  const saved = await explored({ layerSizes: [3, 3, 3, 1] });
  const broken = { ...saved, data: { ...saved.data, [exploreType]: { version: 2 } } };
  const ran = (id: string, source: string, count: number, ...bundles: object[]): object => ({
    cell_type: "code",
    id,
    metadata: {},
    execution_count: count,
    source,
    outputs: bundles.map((bundle) => ({ output_type: "display_data", ...bundle })),
  });
  const plain = ran("second", "1 + 1", 2);
  const file = (name: string, cells: object[]): string => {
    const path = join(pages.folder, name);
    writeFileSync(path, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells }));
    return path;
  };
  const live = file("live.ipynb", [ran("first", call(), 1, saved), plain, ran("broken", call(), 3, broken)]);
  await pages.make(live, "live.html");
  await pages.make(live, "slides.html", { to: "slides" });
  await pages.make(file("plain.ipynb", [plain]), "plain.html");
}

/** The live figure of a cell, by default the first. */
export const figure = (page: Page, cell = "first"): Locator => page.locator(`#cell-${cell} figure.explore`);

export const field = (page: Page, name: string, cell?: string): Locator =>
  figure(page, cell).locator(`input[name=${name}]`);

/** Types a value into one of the figure's fields. */
export async function set(page: Page, name: string, value: string, cell?: string): Promise<void> {
  await field(page, name, cell).fill(value);
  await field(page, name, cell).press("Enter");
}

/** Opens a page at a fragment. */
export async function openAt(
  { context, folder }: Pages,
  fragment: string,
  name = "live.html",
): Promise<Page> {
  const page = await context.newPage();
  await page.goto(pathToFileURL(join(folder, name)).href + fragment);
  await idle(page);
  return page;
}

/** A page's fragment. */
export const hashOf = (page: Page): string => new URL(page.url()).hash;
