import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { call, field, figure, hashOf, makeLive, openAt, set } from "./explored";
import { type Pages, run, startPages, write } from "./pages";

let pages: Pages;
beforeAll(async () => {
  pages = await startPages();
  await makeLive(pages);
});
afterAll(() => pages?.end());

const notice = (page: Page): Locator => page.locator("#notice");

test("the address follows what is changed, and shows it again with the code's edits", async () => {
  const page = await pages.open("live.html");
  await figure(page).locator("svg").first().waitFor();
  expect(hashOf(page)).toBe("");
  await set(page, "sizes", "3, 5, 5, 1");
  await set(page, "seed", "18446744073709551615");
  await set(page, "input", "0.5, 1e-7, -2");
  await write(page, 2, "1 + 2");
  await set(page, "target", "1e21");
  const hash = () => decodeURIComponent(hashOf(page));
  await expect.poll(hash).toContain("target:1e21");
  expect(hash()).toMatch(
    /^#code=[\w-]+&figure\.first\.1=layerSizes:3,5,5,1;seed:18446744073709551615;gelu:none;input:0\.5,1e-7,-2;target:1e21;shortcuts:111$/,
  );
  const { href } = new URL(page.url());
  await page.close();
  const again = await openAt(pages, href.slice(href.indexOf("#")));
  await expect.poll(() => field(again, "sizes").inputValue()).toBe("3, 5, 5, 1");
  expect(await field(again, "seed").inputValue()).toBe("18446744073709551615");
  expect(await figure(again).locator("input[name=target]").inputValue()).toBe("1e+21");
  expect(await again.locator("#cell-second .cm-content").innerText()).toBe("1 + 2");
  expect(await notice(again).innerText()).toContain("The code of one cell came in the link.");
  // Back to what it was: nothing is left of it in the address.
  await figure(again).locator("button.reset").click();
  await set(again, "sizes", "3, 3, 3, 1");
  await set(again, "seed", "123");
  await set(again, "input", "1, 0, -1");
  await set(again, "target", "0");
  await expect.poll(() => hashOf(again)).toMatch(/^#code=[\w-]+$/);
  await again.close();
});

test("the link of Share holds the figure too", async () => {
  const page = await pages.open("live.html");
  await set(page, "seed", "9");
  await page.getByRole("button", { name: "Share" }).click();
  expect(await page.locator("dialog input").inputValue()).toContain(
    "#figure.first.1=layerSizes:3,3,3,1;seed:9;",
  );
  await page.close();
});

test("the address can be edited by hand, in an open page too; what it does not say stays or fits", async () => {
  const page = await openAt(pages, "#figure.first.1=seed:7");
  await expect.poll(() => field(page, "seed").inputValue()).toBe("7");
  await page.evaluate(() => (location.hash = "#figure.first.1=layerSizes:4,4,1"));
  await expect.poll(() => field(page, "sizes").inputValue()).toBe("4, 4, 1");
  expect(await field(page, "seed").inputValue()).toBe("7");
  await page.close();
});

test("an address that was entered is read, not overwritten, where its event comes late", async () => {
  const page = await openAt(pages, "#figure.first.1=seed:7");
  await expect.poll(() => field(page, "seed").inputValue()).toBe("7");
  await page.evaluate(() => {
    document.dispatchEvent(new Event("explored"));
    history.replaceState(null, "", "#figure.first.1=seed:8");
  });
  await page.waitForTimeout(500);
  expect(hashOf(page)).toBe("#figure.first.1=seed:8");
  await page.evaluate(() => dispatchEvent(new HashChangeEvent("hashchange")));
  await expect.poll(() => field(page, "seed").inputValue()).toBe("8");
  await expect.poll(() => hashOf(page)).toContain("seed:8;");
  await page.close();
});

test.each([
  ["layerSizes:3,0,1", "layerSizes[1] is 0; expected a whole number of 1 or more."],
  ["layerSizes:3,-1,1", "layerSizes[1] is -1;"],
  ["layerSizes:3,1e9,1", "layerSizes[1] is 1000000000; expected at most 1024"],
  ["layerSizes:", "layerSizes is []"],
  ["layerSizes:3,<script>window.ran=1</script>,1", "<script>window.ran=1</script>"],
  ["seed:<img src=x onerror=window.ran=1>", "The seed is"],
  ["gelu:relu", '"relu"'],
  ["input:1,2", "A row of the input is [1,2]"],
  ["target:Infinity", "The target is Infinity"],
  ["shortcuts:1x1", "shortcuts is"],
  ["version:2", "version is"],
  ["__proto__:1;layerSizes:3", "layerSizes is [3]"],
])("%s is explained, and the last good state stays", async (state, sentence) => {
  const page = await openAt(pages, "#figure.first.1=seed:7");
  await expect.poll(() => field(page, "seed").inputValue()).toBe("7");
  await page.evaluate((hash) => (location.hash = hash), `#figure.first.1=${state}`);
  await expect.poll(() => notice(page).innerText()).toContain(sentence);
  expect(await notice(page).innerText()).toMatch(/^The link's live figure cannot be shown/);
  expect([await field(page, "seed").inputValue(), await field(page, "sizes").inputValue()]).toEqual([
    "7",
    "3, 3, 3, 1",
  ]);
  expect(await page.evaluate(() => (window as { ran?: number }).ran)).toBeUndefined();
  await page.close();
});

test.each([
  ["#figure.nowhere.1=seed:7", "The link names a live figure that this page does not have: nowhere.1."],
  ["#figure.%E0%A4.1=seed:7", "does not have"],
  ["#figure.first.0=seed:7", "does not have: first.0."],
  ["#code=%3Cscript%3E", "The link's code cannot be read"],
  ["#code=eyJ4IjoxfQ&figure.first.1=seed:7", "The link's code cannot be read"],
])("%s is explained", async (fragment, sentence) => {
  const page = await openAt(pages, fragment);
  await expect.poll(() => notice(page).innerText()).toContain(sentence);
  await page.close();
});

test("the state of a figure that no run has shown yet waits for it", async () => {
  const page = await pages.open("live.html");
  await write(page, 2, call());
  await run(page, 2);
  await set(page, "seed", "11", "second");
  await expect.poll(() => hashOf(page)).toContain("figure.second.1=");
  const { href } = new URL(page.url());
  await page.close();
  const again = await openAt(pages, href.slice(href.indexOf("#")));
  await run(again, 2);
  await expect.poll(() => field(again, "seed", "second").inputValue()).toBe("11");
  // Run once more it is what the code says.
  await run(again, 2);
  await expect.poll(() => field(again, "seed", "second").inputValue()).toBe("123");
  await again.close();
});

test("the address of slides still says which one is shown", async () => {
  // What a slide has no room for stands on the next one, apart from its cell.
  const seed = (page: Page) =>
    page.locator("section.present > section figure.explore input[name=seed]").first();
  const page = await openAt(pages, "", "slides.html");
  const turn = async (): Promise<boolean> => {
    const isShown = (await page.locator("section.present > section.present figure.explore").count()) > 0;
    if (isShown) return true;
    const { hash } = new URL(page.url());
    await page.keyboard.press("Space");
    // A second key before the slide has turned would turn it too far.
    await expect.poll(() => new URL(page.url()).hash).not.toBe(hash);
    return false;
  };
  await expect.poll(turn).toBe(true);
  await seed(page).fill("9");
  await seed(page).press("Enter");
  await page.keyboard.press("Tab");
  await page.waitForTimeout(600);
  expect(hashOf(page)).not.toContain("figure");
  await page.close();
  const linked = await openAt(pages, "#figure.first.1=seed:9", "slides.html");
  await expect.poll(() => seed(linked).inputValue()).toBe("9");
  await linked.close();
});

test("nothing was asked of any network, and nothing failed in the pages", () => {
  expect(pages.requests).toEqual([]);
  expect(pages.problems).toEqual([]);
});
