// @ts-check
// Exporting the section's notebook beside nbconvert, and how fast the page is that comes of it.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { findBrowser, setUpBrowser } from "../src/setup/browser.mjs";
import { inRoot, venvPython } from "../src/setup/paths.mjs";
import { row } from "./row.mjs";

const notebook = inRoot("notebooks", "zh", "shortcut-connections.ipynb");

/**
 * @param {string} command
 * @param {string[]} args
 * @returns {number | null} seconds
 */
function timed(command, args) {
  const start = performance.now();
  const { status } = spawnSync(command, args, { stdio: "ignore", cwd: inRoot() });
  return status === 0 ? (performance.now() - start) / 1000 : null;
}

/**
 * @param {number} rounds
 * @returns {Promise<import("./row.mjs").Row[]>}
 */
export async function exportRows(rounds) {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  const [ours, theirs] = [join(folder, "ours.html"), join(folder, "theirs.html")];
  const all = Array.from({ length: rounds });
  try {
    const command = [inRoot("dist", "cli.js"), "export", notebook, "-o", ours];
    const written = all.map(() => ({
      student: timed(process.execPath, [...command, "--variant", "student"]),
      ours: timed(process.execPath, command),
      theirs: timed(venvPython, ["-m", "nbconvert", "--to", "html", notebook, "--output", theirs]),
    }));
    const limit = (/** @type {number} */ seconds) => all.map(() => seconds);
    /** @type {Times[]} */
    const pages = [];
    while (pages.length < rounds) pages.push(await measure(ours, theirs));
    const of = (/** @type {keyof Times} */ name) => pages.map((times) => times[name]);
    return [
      row({
        title: "exporting the section's notebook as a page",
        ours: written.map(({ ours }) => ours),
        theirs: written.map(({ theirs }) => theirs),
        peer: "nbconvert --to html",
        most: 0.5,
      }),
      row({
        title: "exporting it for students, searched for leaks",
        ours: written.map(({ student }) => student),
        theirs: written.map(({ theirs }) => theirs),
        peer: "nbconvert --to html",
        most: 0.5,
      }),
      row({
        title: "a page's first paint",
        ours: of("paint"),
        theirs: limit(0.3),
        peer: "limit",
        most: 1,
        besides: { "nbconvert's": of("theirPaint") },
      }),
      row({
        title: "opening a page until its cells run",
        ours: of("ready"),
        theirs: limit(1),
        peer: "limit",
        most: 1,
      }),
      row({
        title: "the same on a processor four times slower",
        ours: of("slowReady"),
        theirs: limit(3),
        peer: "limit",
        most: 1,
      }),
      row({
        title: "a run's end until its plot is drawn",
        ours: of("plot"),
        theirs: limit(0.05),
        peer: "limit",
        most: 1,
      }),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Seconds. @typedef {{ paint: number, theirPaint: number, ready: number, slowReady: number, plot: number }} Times */

/**
 * @param {string} ours
 * @param {string} theirs
 * @returns {Promise<Times>}
 */
async function measure(ours, theirs) {
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
    const paint = async (/** @type {string} */ file) => {
      const page = await open(file);
      await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);
      const at = await page.evaluate(
        () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN,
      );
      await page.close();
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
    await (await open(theirs)).close();
    const times = { paint: await paint(ours), theirPaint: await paint(theirs) };
    const slow = await ready(4);
    await slow.page.close();
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
      new Promise((resolve) => {
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
