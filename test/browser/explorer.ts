import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { BrowserContextOptions, Page } from "playwright-core";
import {
  type ExploreOptions,
  exploreSpec,
  type Explorer,
  type ExplorerLibrary,
} from "../../dist/figures/explorespec.js";
import { startChromium } from "./chromium";

/** What the page of `startExplorer` holds for the tests. */
interface Globals {
  tslabGradientsExplorer: ExplorerLibrary;
  explorer: Explorer;
  _tfengine: { state: { numTensors: number } };
}

/** A live figure alone in a page without a network. */
export interface Bench {
  page: Page;
  problems: string[];
  /** Mounts another figure in the place of the one before. */
  mount(options?: ExploreOptions, dark?: boolean): Promise<void>;
  /** What each network's `printGradients` would print, as the figure shows it: the means. */
  means(): Promise<[number[], number[]]>;
  sizes(): Promise<string>;
  tensors(): Promise<number>;
  end(): Promise<void>;
}

export async function startExplorer(options: BrowserContextOptions = {}): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), "explorer-"));
  const program = fileURLToPath(new URL("../../dist/page/live/explore.js", import.meta.url));
  const file = join(folder, "page.html");
  writeFileSync(
    file,
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Live figure</title><main><h1>Live figure</h1><div id="place"></div></main><script src="${pathToFileURL(program).href}"></script></html>`,
  );
  const browser = await startChromium();
  const context = await browser.newContext({
    offline: true,
    viewport: { width: 1000, height: 1200 },
    ...options,
  });
  context.setDefaultTimeout(10_000);
  const problems: string[] = [];
  context.on("weberror", (error) => problems.push(error.error().message));
  const page = await context.newPage();
  await page.goto(pathToFileURL(file).href);
  return {
    page,
    problems,
    async mount(options = {}, dark = false) {
      await page.evaluate(
        ([spec, dark]) => {
          const globals = globalThis as unknown as Globals;
          globals.explorer?.dispose();
          document.body.style.background = dark ? "#15191f" : "";
          document.querySelector("h1")!.style.color = dark ? "#fff" : "";
          globals.explorer = globals.tslabGradientsExplorer.mount(document.getElementById("place")!, spec, {
            dark: Boolean(dark),
          });
          document.getElementById("place")!.shadowRoot!.querySelector("details")!.open = true;
        },
        [exploreSpec(options), dark] as const,
      );
    },
    async means() {
      await page.waitForFunction(() =>
        document.getElementById("place")!.shadowRoot!.querySelector(".printed:not(:empty)"),
      );
      const texts = await page.locator(".printed").evaluateAll((all) => all.map((pre) => pre.textContent));
      return texts.map((text) => text.match(/(?<=gradient mean of )\S+/g)!.map(Number)) as [
        number[],
        number[],
      ];
    },
    sizes: () => page.locator("input[name=sizes]").inputValue(),
    tensors: () => page.evaluate(() => (globalThis as unknown as Globals)._tfengine.state.numTensors),
    async end() {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Types into one of the figure's fields. */
export async function type(page: Page, name: string, text: string): Promise<void> {
  const field = page.locator(`input[name=${name}]`);
  await field.fill(text);
  await field.press("Enter");
}
