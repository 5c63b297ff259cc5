// @ts-check
// How fast an exported page is, in a browser: its first paint, its cells ready to run, a plot drawn.
import { pathToFileURL } from "node:url";
import { findBrowser, setUpBrowser } from "../src/setup/browser.mjs";

/** Seconds. @typedef {{ paint: number, theirPaint: number, ready: number, slowReady: number, plot: number }} Times */

/**
 * @param {string} ours
 * @param {string} theirs
 * @returns {Promise<Times>}
 */
export async function pageTimes(ours, theirs) {
  const { chromium } = await import("playwright-core");
  if (findBrowser() === undefined) await setUpBrowser();
  const { executablePath, env } = /** @type {import("../src/setup/browser.mjs").Browser} */ (findBrowser());
  const whole = /** @type {Record<string, string>} */ ({ ...process.env, ...env });
  const args = ["--no-sandbox", "--disable-gpu"];
  const browser = await chromium.launch({ executablePath, env: whole, args });
  try {
    const context = await browser.newContext({ offline: true });
    const open = async (/** @type {string} */ file, slowdown = 1) => {
      const page = await context.newPage();
      const session = await context.newCDPSession(page);
      await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
      await page.goto(pathToFileURL(file).href, { waitUntil: "commit" });
      return page;
    };
    // Chromium forgets a request to close a page that has only begun to load.
    const close = async (/** @type {import("playwright-core").Page} */ page) => {
      await page.waitForLoadState();
      await page.close();
    };
    const paint = async (/** @type {string} */ file) => {
      const page = await open(file);
      await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);
      const at = await page.evaluate(
        () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN,
      );
      await close(page);
      return at / 1000;
    };
    const ready = async (/** @type {number} */ slowdown) => {
      const page = await open(ours, slowdown);
      const at = await page.waitForFunction(
        () => document.documentElement.dataset.state === "ready" && performance.now(),
        null,
        { polling: 10 },
      );
      const seconds = Number(await at.jsonValue()) / 1000;
      return { page, seconds };
    };
    // The browser's own start is nobody's: one page before those that count.
    await close(await open(theirs));
    const times = { paint: await paint(ours), theirPaint: await paint(theirs) };
    const slow = await ready(4);
    await close(slow.page);
    const { page, seconds } = await ready(1);
    return { ...times, slowReady: slow.seconds, ready: seconds, plot: await plotTime(page) };
  } finally {
    await browser.close();
  }
}

/**
 * The cell's sizes are edited, all cells run, then the plot's.
 * @param {import("playwright-core").Page} page
 */
async function plotTime(page) {
  await page.getByRole("button", { name: "全部运行", exact: true }).click();
  const idle = () =>
    page.waitForFunction(
      () =>
        document.documentElement.dataset.state === "ready" &&
        !document.querySelector("[data-state=running], [data-state=waiting]"),
    );
  await page.waitForTimeout(100);
  await idle();
  const cell = page.locator("section.cell.code").nth(8);
  await cell.scrollIntoViewIfNeeded();
  await cell.locator(".main-svg").first().waitFor();
  const milliseconds = await cell.evaluate(
    (section) =>
      new Promise((resolve, reject) => {
        setTimeout(
          () => reject(new Error("The plot was not drawn anew within 20 s of the cell's run.")),
          20_000,
        );
        let end = Infinity;
        let drawn = -Infinity;
        const both = () => end < Infinity && drawn > -Infinity && resolve(Math.max(0, drawn - end));
        new MutationObserver(() => {
          if (section.getAttribute("data-state") === null) end = performance.now();
          both();
        }).observe(section, { attributeFilter: ["data-state"] });
        const drawing = /** @type {HTMLElement & { on(event: string, run: () => void): void }} */ (
          section.querySelector(".drawing")
        );
        drawing.on("plotly_afterplot", () => {
          drawn = performance.now();
          both();
        });
        /** @type {HTMLElement} */ (section.querySelector("button.run")).click();
      }),
  );
  return Number(milliseconds) / 1000;
}
