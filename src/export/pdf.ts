import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ExportError } from "./error";

/** Paper sizes. */
export type Paper = "A4" | "Letter";
export const papers: readonly Paper[] = ["A4", "Letter"];

interface Found {
  executablePath: string;
  env: Record<string, string>;
}

/** The browser that prints: the system's, or the one that npm carried. @throws ExportError where there is none */
async function browser(): Promise<Found> {
  const file = join(__dirname, "..", "..", "src", "setup", "browser.mjs");
  const { findBrowser, setUpBrowser } = (await import(pathToFileURL(file).href)) as {
    findBrowser(): Found | undefined;
    setUpBrowser(): Promise<void>;
  };
  try {
    if (findBrowser() === undefined) await setUpBrowser();
  } catch {
    // That there is none is said below.
  }
  const found = findBrowser();
  if (found) return found;
  throw new ExportError(
    "A PDF needs a browser to print it, and none was found; expected Chrome or Chromium on the path, or its path in TSLAB_GRADIENTS_BROWSER.",
  );
}

/** A page printed, with page numbers, bookmarks from its headings and tags for screen readers. */
export async function printed(html: string, paper: Paper): Promise<Buffer> {
  const { executablePath, env } = await browser();
  const { chromium } = await import("playwright-core");
  const folder = mkdtempSync(join(tmpdir(), "tslab-gradients-"));
  const whole = Object.entries({ ...process.env, ...env }).filter(([, value]) => value !== undefined);
  try {
    const file = join(folder, "page.html");
    writeFileSync(file, html);
    const chrome = await chromium.launch({
      executablePath,
      env: Object.fromEntries(whole) as Record<string, string>,
      args: ["--no-sandbox", "--disable-gpu"],
    });
    try {
      const context = await chrome.newContext({
        javaScriptEnabled: false,
        offline: true,
        colorScheme: "light",
      });
      const page = await context.newPage();
      await page.goto(pathToFileURL(file).href);
      await page.emulateMedia({ media: "print" });
      await page.evaluate("document.fonts.ready.then(() => {})");
      return await page.pdf({
        format: paper,
        printBackground: true,
        outline: true,
        tagged: true,
        displayHeaderFooter: true,
        headerTemplate: "<span></span>",
        footerTemplate: `<div style="width:100%;text-align:center;font:8pt Arial,'DejaVu Sans',sans-serif;color:#5b6675"><span class="pageNumber"></span> / <span class="totalPages"></span></div>`,
        margin: { top: "18mm", bottom: "18mm", left: "16mm", right: "16mm" },
      });
    } finally {
      await chrome.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
