// @ts-check
// The live figure: a change until everything is computed, drawn and laid out, beside what a frame allows.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { findBrowser, setUpBrowser } from "../src/setup/browser.mjs";
import { inRoot } from "../src/setup/paths.mjs";
import { limitedRow } from "./row.mjs";

/** @type {{ name: string, title: import("./row.mjs").Title, sizes: number[], limit: number }[]} */
const cases = [
  {
    name: "explore-section",
    title: { en: "live figure: a change of the section's net", zh: "实时图：改动本节的网络" },
    sizes: [3, 3, 3, 3, 3, 1],
    limit: 0.016,
  },
  {
    name: "explore-40x64",
    title: { en: "live figure: a change of 40 layers of 64", zh: "实时图：改动 40 层、每层 64 的网络" },
    sizes: [...Array(40).fill(64), 1],
    limit: 0.05,
  },
];
export const exploreNames = cases.map(({ name }) => name);

/**
 * @param {number} rounds
 * @returns {Promise<import("./row.mjs").Row[]>}
 */
export async function exploreRows(rounds) {
  const { chromium } = await import("playwright-core");
  if (findBrowser() === undefined) await setUpBrowser();
  const { executablePath, env } = /** @type {import("../src/setup/browser.mjs").Browser} */ (findBrowser());
  const whole = /** @type {Record<string, string>} */ ({ ...process.env, ...env });
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  const file = join(folder, "page.html");
  const program = pathToFileURL(inRoot("dist", "page", "live", "explore.js")).href;
  writeFileSync(
    file,
    `<!doctype html><meta charset="utf-8"><div id="place"></div><script src="${program}"></script>`,
  );
  const browser = await chromium.launch({
    executablePath,
    env: whole,
    args: ["--no-sandbox", "--disable-gpu"],
  });
  try {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(file).href);
    /** @type {number[][]} */
    const seconds = cases.map(() => []);
    for (let round = 0; round < rounds; round++)
      for (const [i, { sizes }] of cases.entries()) seconds[i]?.push(await page.evaluate(changeTime, sizes));
    return cases.map(({ name, title, limit }, i) =>
      limitedRow({ name, title, ours: seconds[i] ?? [], limit }),
    );
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Runs in the page: the median of 30 changes of the seed, in seconds.
 * @param {number[]} layerSizes
 */
function changeTime(layerSizes) {
  const node = /** @type {HTMLElement} */ (document.getElementById("place"));
  const library = /** @type {any} */ (globalThis).tslabGradientsExplorer;
  const spec = {
    version: 1,
    layerSizes,
    seed: "123",
    gelu: "none",
    input: [Array.from({ length: layerSizes[0] ?? 0 }, (_, i) => 1 - (i % 3))],
    target: 0,
    shortcuts: layerSizes.slice(1).map(() => true),
    language: "en",
  };
  const explorer = library.mount(node, spec, { dark: false });
  const root = /** @type {ShadowRoot} */ (node.shadowRoot);
  const field = /** @type {HTMLInputElement} */ (root.querySelector("input[name=seed]"));
  const times = Array.from({ length: 33 }, (_, i) => {
    const start = performance.now();
    field.value = String(1000 + i);
    field.dispatchEvent(new Event("change"));
    // Asking for a place makes the browser lay everything out.
    node.getBoundingClientRect();
    return performance.now() - start;
  });
  explorer.dispose();
  const counted = times.slice(3).sort((a, b) => a - b);
  return (counted[15] ?? NaN) / 1000;
}
