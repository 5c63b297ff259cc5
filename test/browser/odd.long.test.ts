import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { extractText, getDocumentProxy } from "unpdf";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ExportOptions } from "../../dist/export";
import { oddNotebook, oddOutputs } from "./odd";
import { idle, type Pages, startPages } from "./pages";

let pages: Pages;
let notebook: string;
/** Some failed, and hardly any has a picture or words beside it. */
const allow: ExportOptions["allow"] = ["failed", "static", "alt"];

beforeAll(async () => {
  pages = await startPages();
  notebook = join(pages.folder, "odd.ipynb");
  writeFileSync(notebook, oddNotebook);
});
afterAll(() => pages?.end());

/** By how much what is in the window is wider than it. */
const sideways = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

const runsNothing = async (page: Page): Promise<void> =>
  expect(await page.evaluate(() => (window as { ran?: number }).ran)).toBeUndefined();

async function open(name: string, width: number, height: number): Promise<Page> {
  const page = await pages.context.newPage();
  await page.setViewportSize({ width, height });
  await page.goto(pathToFileURL(join(pages.folder, name)).href);
  return page;
}

async function runsEveryCell(page: Page): Promise<void> {
  const button = page.getByRole("button", { name: "Run all", exact: true });
  await button.click();
  await page.waitForFunction(() => document.documentElement.dataset.state === "running");
  await idle(page);
  const shown = await page.locator("body").evaluate((body) => body.textContent);
  const silent = oddOutputs.map((_, i) => i + 1).filter((i) => !shown.includes(`cell ${i} ran\n`));
  expect(silent).toEqual([]);
}

describe(`a notebook with ${oddOutputs.length} odd outputs`, { timeout: 120_000 }, () => {
  test.each([
    [390, 844],
    [1280, 720],
  ])("is a page that never scrolls sideways at %i x %i, and whose cells all run", async (width, height) => {
    await pages.make(notebook, "page.html", { allow });
    const page = await open("page.html", width, height);
    await idle(page);
    const problems = pages.problems.length;
    // Figures are drawn as they come near.
    for (let y = 0; y < (await page.evaluate(() => document.body.scrollHeight)); y += height) {
      await page.evaluate((to) => window.scrollTo(0, to), y);
      await page.waitForTimeout(30);
    }
    expect(await sideways(page)).toBeLessThanOrEqual(0);
    await runsNothing(page);
    await runsEveryCell(page);
    await runsNothing(page);
    expect(await sideways(page)).toBeLessThanOrEqual(0);
    expect(pages.problems.slice(problems)).toEqual([]);
    await page.close();
  });

  test.each([
    [390, 844],
    [1280, 720],
  ])("is slides that stay within %i x %i, and whose cells all run", async (width, height) => {
    await pages.make(notebook, "slides.html", { to: "slides", allow });
    const page = await open("slides.html", width, height);
    await page.locator(".reveal.ready").waitFor();
    for (let count = 0; ; count++) {
      const at = await page.evaluate(() => location.hash);
      expect(await sideways(page), at).toBeLessThanOrEqual(0);
      const wide = await page
        .locator("section.present > section.present > .slide")
        .evaluate((slide) => slide.scrollWidth - slide.clientWidth);
      expect(wide, at).toBeLessThanOrEqual(1);
      await page.keyboard.press("Space");
      await page.waitForTimeout(20);
      if ((await page.evaluate(() => location.hash)) === at || count > 400) break;
    }
    await runsNothing(page);
    await runsEveryCell(page);
    await page.close();
  });

  test("is a PDF with every cell on it", async () => {
    const path = await pages.make(notebook, "odd.pdf", { to: "pdf", allow });
    const pdf = await getDocumentProxy(new Uint8Array(readFileSync(path)));
    const { text } = await extractText(pdf, { mergePages: true });
    const missing = oddOutputs.map((_, i) => i + 1).filter((i) => !text.includes(`cell ${i} ran`));
    expect(missing).toEqual([]);
  });

  test("is Markdown, TypeScript and a notebook", async () => {
    for (const to of ["md", "ts", "ipynb"] as const) {
      const path = await pages.make(notebook, `exported.${to}`, { to, allow });
      expect(readFileSync(path, "utf8")).toContain(`cell ${oddOutputs.length} ran`);
    }
  });
});
