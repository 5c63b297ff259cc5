import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Pages, startPages } from "./pages";

const titles = Array.from({ length: 24 }, (_, i) => `Section ${i + 1}`);

let pages: Pages;
beforeAll(async () => {
  pages = await startPages();
  const source = ["# Many sections", ...titles.map((title) => `## ${title}\n\nText.`)].join("\n\n");
  const notebook = join(pages.folder, "sections.ipynb");
  const cells = [{ cell_type: "markdown", id: "text", metadata: {}, source }];
  writeFileSync(notebook, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells }));
  await pages.make(notebook, "sections.html");
});
afterAll(() => pages?.end());

async function openAt(width: number, height: number): Promise<Page> {
  const page = await pages.context.newPage();
  await page.setViewportSize({ width, height });
  await page.goto(pathToFileURL(join(pages.folder, "sections.html")).href);
  return page;
}

// A phone, a small phone, and 1280 pixels at a zoom of 200 %.
test.each([
  [390, 844],
  [375, 667],
  [640, 360],
])("at %i x %i the list is folded, and the text is on the first screen", async (width, height) => {
  const page = await openAt(width, height);
  const link = page.locator(".contents a").last();
  expect(await link.isVisible()).toBe(false);
  expect((await page.locator("main h1").boundingBox())!.y).toBeLessThan(height / 2);
  await page.locator(".contents summary").focus();
  expect((await page.locator(".contents summary").boundingBox())!.height).toBeGreaterThanOrEqual(24);
  await page.keyboard.press("Enter");
  expect(await link.isVisible()).toBe(true);
  expect((await link.boundingBox())!.height).toBeGreaterThanOrEqual(24);
  await link.click();
  expect(await page.locator("main h2").last().isVisible()).toBe(true);
  await page.close();
});

test("beside the text the list is open, and follows a window that is made narrow and wide", async () => {
  const page = await openAt(1280, 720);
  const link = page.locator(".contents a").first();
  expect(await link.isVisible()).toBe(true);
  await page.setViewportSize({ width: 500, height: 720 });
  await expect.poll(() => link.isVisible()).toBe(false);
  await page.setViewportSize({ width: 1280, height: 720 });
  await expect.poll(() => link.isVisible()).toBe(true);
  await page.emulateMedia({ media: "print" });
  expect(await page.locator(".contents").isVisible()).toBe(false);
  await page.close();
});

test("nothing failed in the pages", () => expect(pages.problems).toEqual([]));
