import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { call, field, figure, hashOf, makeLive, openAt, set } from "./explored";
import { type Pages, run, startPages, write } from "./pages";

let pages: Pages;
beforeAll(async () => {
  pages = await startPages();
  await makeLive(pages);
});
afterAll(() => pages?.end());

/** Presses "Save a copy". */
async function download(page: Page): Promise<string> {
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save a copy" }).click(),
  ]);
  await saved.saveAs(join(pages.folder, "copy.html"));
  return readFileSync(join(pages.folder, "copy.html"), "utf8");
}

test("a saved output is a live figure, which takes the picture's place", async () => {
  const page = await pages.open("live.html");
  await figure(page).locator("svg").first().waitFor();
  expect(await figure(page).locator(":scope > img").count()).toBe(0);
  expect(await field(page, "sizes").inputValue()).toBe("3, 3, 3, 1");
  await page.close();
});

test("without JavaScript it is the picture, with its words", async () => {
  const context = await pages.context.browser()!.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(pathToFileURL(join(pages.folder, "live.html")).href);
  const picture = figure(page).locator("img");
  expect(await picture.getAttribute("alt")).toContain("at layer 2");
  expect(await picture.isVisible()).toBe(true);
  await context.close();
});

test("data that is no state is explained, and the picture stays", async () => {
  const page = await pages.open("live.html");
  const broken = page.locator("#cell-broken figure.explore");
  await broken.scrollIntoViewIfNeeded();
  await broken.getByRole("alert").waitFor();
  expect(await broken.getByRole("alert").innerText()).toBe("The live figure's version is 2; expected 1.");
  expect(await broken.locator("img").isVisible()).toBe(true);
  await page.close();
});

test("it follows the page's theme", async () => {
  const page = await pages.open("live.html");
  const theme = () => figure(page).locator(".explore[data-theme]").getAttribute("data-theme");
  await figure(page).locator("svg").first().waitFor();
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(theme).toBe("dark");
  await page.getByRole("button", { name: /^Theme/ }).click();
  await expect.poll(theme).toBe("light");
  await page.close();
});

test("a cell that calls explore draws one, with the same numbers as the saved one", async () => {
  const page = await pages.open("live.html");
  const means = () => figure(page).locator("td.mean").allTextContents();
  await figure(page).locator("td.mean").first().waitFor();
  const before = await means();
  expect(before.filter((text) => text !== "")).toHaveLength(6);
  await run(page, 1);
  await expect.poll(means).toEqual(before);
  await write(page, 2, call(", seed: 7"));
  await run(page, 2);
  const second = page.locator("#cell-second figure.explore");
  await expect.poll(() => second.locator("input[name=seed]").inputValue()).toBe("7");
  await page.close();
});

test("a page that was exported without one shows the numbers and says why", async () => {
  const page = await pages.open("plain.html");
  await write(page, 1, call());
  const shown = await run(page, 1);
  expect(shown).toContain("layers.2.0.weight");
  expect(shown).toContain("This page does not hold the live figure");
  await page.close();
});

test("a saved copy keeps what was made of the figure, with and without a run", async () => {
  for (const runs of [false, true]) {
    const page = await pages.open("live.html");
    await figure(page).locator("svg").first().waitFor();
    if (runs) await run(page, 1);
    await set(page, "sizes", "3, 6, 6, 1");
    const html = await download(page);
    await page.close();
    const copy = await openAt(pages, "", "copy.html");
    await expect.poll(() => field(copy, "sizes").inputValue()).toBe("3, 6, 6, 1");
    expect(hashOf(copy)).toBe("");
    await copy.close();
    expect(html.includes("it shows where JavaScript runs")).toBe(true);
  }
});

test("a saved copy of a figure as it came keeps its picture", async () => {
  const page = await pages.open("live.html");
  await figure(page).locator("svg").first().waitFor();
  const html = await download(page);
  expect(html.includes('<figure class="explore" data-explore=""><img src="data:image/png;base64,')).toBe(
    true,
  );
  await page.close();
});

test("nothing was asked of any network, and nothing failed in the pages", () => {
  expect(pages.requests).toEqual([]);
  expect(pages.problems).toEqual([]);
});
