import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { BrowserContext, Locator, Page } from "playwright-core";
import { type ExportOptions, exportNotebook } from "../../dist/export";
import { startChromium } from "./chromium";

/** Exported pages in a browser without a network. */
export interface Pages {
  context: BrowserContext;
  folder: string;
  /** What the pages asked of any network, and what failed in them. */
  requests: string[];
  problems: string[];
  /** Exports a notebook, and gives the page's path. */
  make(notebook: string, name: string, options?: Partial<ExportOptions>): Promise<string>;
  open(name: string, fragment?: string): Promise<Page>;
  end(): Promise<void>;
}

export async function startPages(): Promise<Pages> {
  const folder = mkdtempSync(join(tmpdir(), "page-"));
  const browser = await startChromium();
  const context = await browser.newContext({ offline: true, viewport: { width: 1280, height: 900 } });
  context.setDefaultTimeout(15_000);
  const requests: string[] = [];
  const problems: string[] = [];
  context.on("request", (request) => {
    if (!/^(file|blob|data):/.test(request.url())) requests.push(request.url());
  });
  context.on("weberror", (error) => problems.push(error.error().message));
  context.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  return {
    context,
    folder,
    requests,
    problems,
    async make(notebook, name, options) {
      const output = join(folder, name);
      await exportNotebook(notebook, { to: "html", output, ...options });
      return output;
    },
    async open(name, fragment = "") {
      const page = await context.newPage();
      await page.goto(pathToFileURL(join(folder, name)).href + fragment);
      await idle(page);
      return page;
    },
    async end() {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Waits until nothing runs in the page. */
export async function idle(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.documentElement.dataset.state === "ready" &&
      !document.querySelector("[data-state=running], [data-state=waiting]"),
  );
}

/** The section of the code cell of this number, from 1. */
export function cell(page: Page, number: number): Locator {
  return page.locator(".cell.code").nth(number - 1);
}

export async function write(page: Page, number: number, code: string): Promise<void> {
  await cell(page, number).locator(".code").first().click();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(code);
}

/** Runs a cell, and gives what shows below it. */
export async function run(page: Page, number: number): Promise<string> {
  await cell(page, number).locator("button.run").click();
  await idle(page);
  return cell(page, number).locator(".output").innerText();
}
