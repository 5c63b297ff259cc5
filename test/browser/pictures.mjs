// @ts-check
// Draws the READMEs' pictures of the live figure, in both languages and themes: docs/explore.LANGUAGE.THEME.png.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { exploreSpec } from "../../dist/figures/explorespec.js";
import { findBrowser } from "../../src/setup/browser.mjs";
import { inRoot } from "../../src/setup/paths.mjs";

const require = createRequire(import.meta.url);
const font = require.resolve("@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf");
const { executablePath, env } = /** @type {import("../../src/setup/browser.mjs").Browser} */ (findBrowser());
const folder = mkdtempSync(join(tmpdir(), "pictures-"));
const file = join(folder, "page.html");
const program = pathToFileURL(inRoot("dist", "page", "live", "explore.js")).href;
writeFileSync(
  file,
  `<!doctype html><meta charset="utf-8">
<style>@font-face { font-family: "Noto Sans SC"; src: url("${pathToFileURL(font).href}"); } body { margin: 0; }</style>
<div id="place"></div><script src="${program}"></script>`,
);
const whole = /** @type {Record<string, string>} */ ({ ...process.env, ...env });
const browser = await chromium.launch({
  executablePath,
  env: whole,
  args: ["--no-sandbox", "--disable-gpu"],
});
try {
  const page = await browser.newPage({ viewport: { width: 960, height: 700 } });
  for (const language of /** @type {const} */ (["en", "zh"]))
    for (const theme of ["light", "dark"]) {
      await page.goto(pathToFileURL(file).href);
      await page.evaluate(
        ([spec, dark]) => {
          const { tslabGradientsExplorer } = /** @type {any} */ (globalThis);
          tslabGradientsExplorer.mount(document.getElementById("place"), spec, { dark });
        },
        /** @type {const} */ ([exploreSpec({ language }), theme === "dark"]),
      );
      await page.evaluate(() => document.fonts.ready);
      await page.locator("#place").screenshot({ path: inRoot("docs", `explore.${language}.${theme}.png`) });
    }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
