import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ipynb } from "../../dist/export/writenotebook";
import { cellsOf } from "../export/cells";
import { followed } from "./followed";
import { cell, idle, type Pages, startPages, write } from "./pages";

let pages: Pages;

beforeAll(async () => (pages = await startPages()));
afterAll(() => pages?.end());

async function pageOf(sources: string[]): Promise<Page> {
  const path = join(pages.folder, "small.ipynb");
  writeFileSync(path, ipynb(cellsOf(sources.map((code, i) => ({ code, count: i + 1 })))));
  await pages.make(path, "small.html");
  return pages.open("small.html");
}

/** From now on the cells that run are written down, by their places. */
async function record(page: Page): Promise<void> {
  await page.evaluate(() => {
    const ran: number[] = [];
    Object.assign(window, { ran });
    const sections = [...document.querySelectorAll(".cell.code")];
    document.addEventListener("ran", ({ target }) => ran.push(sections.indexOf(target as Element)));
  });
}

const recorded = (page: Page): Promise<number[]> =>
  page.evaluate(() => (window as unknown as { ran: number[] }).ran);

test.each(followed)(
  "$name: exactly what hangs on it runs",
  { timeout: 30_000 },
  async ({ cells, isFresh, edit, runs }) => {
    const page = await pageOf(cells);
    if (!isFresh) {
      await page.getByRole("button", { name: "Run all" }).click();
      await expect.poll(() => page.locator(".state:not(:empty)").count()).toBe(0);
      await idle(page);
    }
    await record(page);
    const [place, code] = edit;
    if (code === undefined)
      await cell(page, place + 1)
        .locator("button.run")
        .click();
    else {
      await write(page, place + 1, code);
      await page.keyboard.press("Control+Enter");
    }
    await page.waitForTimeout(50);
    await idle(page);
    expect(await recorded(page)).toEqual(runs);
    await page.close();
  },
);
