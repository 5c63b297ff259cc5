// @ts-check
// An edit in the section's page until what hangs on it shows, beside what a reader takes for at once.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { findBrowser, setUpBrowser } from "../src/setup/browser.mjs";
import { inRoot } from "../src/setup/paths.mjs";
import { limitedRow } from "./row.mjs";

const require = createRequire(import.meta.url);

const rows = /** @satisfies {{ [name: string]: { title: import("./row.mjs").Title, limit: number } }} */ ({
  "follow-first": {
    title: {
      en: "page: an edit of the sizes until the first output changes",
      zh: "网页：改动层大小到第一处输出更新",
    },
    limit: 0.1,
  },
  "follow-last": {
    title: {
      en: "page: an edit of the sizes until the last figure is drawn",
      zh: "网页：改动层大小到最后一张图画好",
    },
    limit: 0.25,
  },
  "follow-slow": {
    title: { en: "the same on a processor four times slower", zh: "同上，处理器慢四倍" },
    limit: 1,
  },
  "follow-drag": {
    title: {
      en: "page: between two updates while a number is pulled",
      zh: "网页：拖动数字时两次更新的间隔",
    },
    limit: 0.1,
  },
  "follow-plan": {
    title: { en: "page: what an edit of 100 cells makes run", zh: "网页：100 格的笔记本中推算哪些格要运行" },
    limit: 0.005,
  },
});
export const followNames = Object.keys(rows);

/**
 * @param {number} rounds
 * @returns {Promise<import("./row.mjs").Row[]>}
 */
export async function followRows(rounds) {
  /** @type {{ exportNotebook(path: string, options: object): Promise<unknown> }} */
  const { exportNotebook } = require(inRoot("dist", "export"));
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    const output = join(folder, "page.html");
    await exportNotebook(inRoot("notebooks", "en", "shortcut-connections.ipynb"), { to: "html", output });
    const times = await pageTimes(output, rounds);
    times["follow-plan"] = await planTimes(rounds);
    return Object.entries(rows).map(([name, told]) => limitedRow({ name, ...told, ours: times[name] ?? [] }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} file
 * @param {number} rounds
 * @returns {Promise<{ [name: string]: number[] }>}
 */
async function pageTimes(file, rounds) {
  const { chromium } = await import("playwright-core");
  if (findBrowser() === undefined) await setUpBrowser();
  const { executablePath, env } = /** @type {import("../src/setup/browser.mjs").Browser} */ (findBrowser());
  const whole = /** @type {Record<string, string>} */ ({ ...process.env, ...env });
  const browser = await chromium.launch({
    executablePath,
    env: whole,
    args: ["--no-sandbox", "--disable-gpu"],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const session = await page.context().newCDPSession(page);
    await page.goto(pathToFileURL(file).href);
    const idle = () =>
      page.waitForFunction(
        () =>
          document.documentElement.dataset.state === "ready" &&
          !document.querySelector("[data-state=running], [data-state=waiting]"),
      );
    await idle();
    await page.getByRole("button", { name: "Run all", exact: true }).click();
    await page.waitForTimeout(100);
    await idle();
    // A figure is drawn when it first comes near.
    for (const figure of await page.locator("figure.plot").all()) {
      await figure.scrollIntoViewIfNeeded();
      await figure.locator(".main-svg").first().waitFor();
    }
    const cell = page.locator("section.cell.code").nth(1);
    let width = 3;
    const edit = async () => {
      width = width === 3 ? 4 : 3;
      await cell.scrollIntoViewIfNeeded();
      await cell.locator(".code").first().click();
      const source = await cell.locator(".cm-content").innerText();
      await page.keyboard.press("Control+a");
      await page.keyboard.insertText(source.replace(/\[3, \d, 3, 3, 3, 1\]/, `[3, ${width}, 3, 3, 3, 1]`));
      await page.evaluate(watch);
      await page.keyboard.press("Control+Enter");
      const told = await page.evaluate(
        () =>
          /** @type {{ told: Promise<{ first: number, last: number }> }} */ (/** @type {unknown} */ (window))
            .told,
      );
      await idle();
      return told;
    };
    /** @type {{ [name: string]: number[] }} */
    const times = { "follow-first": [], "follow-last": [], "follow-slow": [], "follow-drag": [] };
    // What is compiled while it runs for the first time is nobody's.
    await edit();
    for (let round = 0; round < rounds; round++) {
      const { first, last } = await edit();
      times["follow-first"]?.push(first / 1000);
      times["follow-last"]?.push(last / 1000);
      times["follow-drag"]?.push(await dragTime(page, cell));
      await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
      times["follow-slow"]?.push((await edit()).last / 1000);
      await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
    }
    return times;
  } finally {
    await browser.close();
  }
}

/** In the page: milliseconds from the key until the first output changes and until the last figure is drawn. */
function watch() {
  const told = new Promise((resolve) => {
    let [begun, first, last] = [NaN, NaN, NaN];
    document.addEventListener("keydown", () => (begun = performance.now()), { capture: true, once: true });
    const seen = new MutationObserver(() => {
      if (Number.isNaN(first)) first = performance.now() - begun;
    });
    for (const output of document.querySelectorAll(".output"))
      seen.observe(output, { childList: true, subtree: true });
    const drawn = () => (last = performance.now() - begun);
    const drawings =
      /** @type {NodeListOf<HTMLElement & { on(event: string, run: () => void): void, removeListener(event: string, run: () => void): void }>} */ (
        document.querySelectorAll(".drawing")
      );
    for (const drawing of drawings) drawing.on("plotly_afterplot", drawn);
    const look = setInterval(() => {
      const isReady = document.documentElement.dataset.state === "ready";
      if (!isReady || Number.isNaN(last) || performance.now() - begun - last < 400) return;
      clearInterval(look);
      seen.disconnect();
      for (const drawing of drawings) drawing.removeListener("plotly_afterplot", drawn);
      resolve({ first, last });
    }, 50);
  });
  Object.assign(window, { told });
}

/**
 * Pulls a number to and fro for two seconds. @returns the seconds between two runs of the last cell, in the middle
 * @param {import("playwright-core").Page} page
 * @param {import("playwright-core").Locator} cell
 */
async function dragTime(page, cell) {
  await cell.locator(".cm-content").getByText("3", { exact: true }).nth(1).hover();
  const handle = page.locator(".cm-pull").first();
  const box = await handle.boundingBox();
  if (box === null)
    throw new Error("The number in the cell of sizes has no handle to pull; expected one under the mouse.");
  await page.evaluate(() => {
    /** @type {number[]} */
    const drawn = [];
    Object.assign(window, { drawn });
    // The last cell that hangs on the sizes shows the networks.
    const last = document.querySelectorAll("section.cell.code")[9];
    last?.addEventListener("ran", () => drawn.push(performance.now()));
  });
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  const end = Date.now() + 2000;
  for (let i = 0; Date.now() < end; i++) await page.mouse.move(x + 6 * ((i % 8) + 1), y);
  await page.mouse.move(x, y);
  await page.mouse.up();
  await page.waitForTimeout(500);
  const drawn = await page.evaluate(
    () => /** @type {{ drawn: number[] }} */ (/** @type {unknown} */ (window)).drawn,
  );
  const gaps = drawn.slice(1).map((at, i) => at - /** @type {number} */ (drawn[i]));
  return (gaps.sort((a, b) => a - b)[gaps.length >> 1] ?? Infinity) / 1000;
}

/**
 * A notebook of 100 cells, the section's again and again: the seconds until it is known what an edit of the second makes run.
 * @param {number} rounds
 */
async function planTimes(rounds) {
  const { build } = await import("esbuild");
  const entry = inRoot("src", "page", "follow");
  const { outputFiles } = await build({
    stdin: {
      contents: 'export * from "./account"; export * from "./plan";',
      resolveDir: entry,
      loader: "ts",
    },
    bundle: true,
    write: false,
    format: "cjs",
    platform: "node",
  });
  /** @type {{ exports: { accountOf(source: string): { assigns: Set<string> }, Plan: new (cells: object[]) => { isCurrent(cell: number): boolean, missing(cell: number): number | null } } }} */
  const module = { exports: /** @type {never} */ ({}) };
  new Function("module", "exports", "require", outputFiles[0]?.text ?? "")(module, module.exports, require);
  const { accountOf, Plan } = module.exports;
  /** @type {{ cells: { cell_type: string, source: string[] }[] }} */
  const notebook = JSON.parse(readFileSync(inRoot("notebooks", "en", "shortcut-connections.ipynb"), "utf8"));
  const own = notebook.cells.filter((cell) => cell.cell_type === "code").map((cell) => cell.source.join(""));
  const sourceOf = (/** @type {number} */ i, width = 3) =>
    String(own[i % own.length]).replace("[3, 3, 3, 3, 3, 1]", `[3, ${width}, 3, 3, 3, 1]`);
  /** @type {number[]} */
  const seconds = [];
  // The first rounds are the compiler's.
  for (let round = 0; round < rounds + 20; round++) {
    const cells = Array.from({ length: 100 }, (_, i) => {
      const source = sourceOf(i);
      const account = accountOf(source);
      return { source, account, original: source, gaveFirst: account.assigns, run: null, log: new Map() };
    });
    const begun = performance.now();
    const source = sourceOf(1, round);
    Object.assign(/** @type {object} */ (cells[1]), { source, account: accountOf(source) });
    const plan = new Plan(cells);
    cells.forEach((_, i) => plan.isCurrent(i));
    plan.missing(99);
    if (round >= 20) seconds.push((performance.now() - begun) / 1000);
  }
  return seconds;
}
