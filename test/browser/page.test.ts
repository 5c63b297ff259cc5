import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exportNotebook } from "../../dist/export";
import { startChromium } from "./chromium";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const languages = ["en", "zh"] as const;
const words = {
  en: { all: "Run all", stop: "Stop", run: "Run", theme: /^Theme/, share: "Share", save: "Save a copy" },
  zh: { all: "全部运行", stop: "停止", run: "运行", theme: /^主题/, share: "分享", save: "另存一份" },
};
// The book's cell outputs, layers 0 to 4, without and with shortcuts (exact GELU), then the second printed set (tanh).
const book = [
  ...[0.0002017411752603948, 0.00012011770741082728, 0.0007152437465265393, 0.0013988513965159655],
  ...[0.005049604922533035, 0.22186796367168427, 0.207092747092247, 0.32923877239227295, 0.2667771875858307],
  ...[1.3268063068389893, 0.00020173587836325169, 0.0001201116101583466, 0.0007152041653171182],
  ...[0.001398873864673078, 0.005049646366387606, 0.22169792652130127, 0.20694105327129364],
  ...[0.32896995544433594, 0.2665732502937317, 1.3258541822433472],
];

const folder = mkdtempSync(join(tmpdir(), "page-"));
let browser: Browser;
let context: BrowserContext;
const requests: string[] = [];
const problems: string[] = [];

beforeAll(async () => {
  for (const language of languages)
    await exportNotebook(`notebooks/${language}/shortcut-connections.ipynb`, {
      to: "html",
      output: join(folder, `${language}.html`),
    });
  browser = await startChromium();
  context = await browser.newContext({ offline: true, viewport: { width: 1280, height: 900 } });
  context.setDefaultTimeout(15_000);
  context.on("request", (request) => {
    if (!/^(file|blob|data):/.test(request.url())) requests.push(request.url());
  });
  context.on("weberror", (error) => problems.push(error.error().message));
  context.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(language: string, fragment = ""): Promise<Page> {
  const page = await context.newPage();
  await page.goto(pathToFileURL(join(folder, `${language}.html`)).href + fragment);
  await idle(page);
  return page;
}

async function idle(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.documentElement.dataset.state === "ready" &&
      !document.querySelector("[data-state=running], [data-state=waiting]"),
  );
}

/** The section of the code cell of this number, from 1. */
function cell(page: Page, number: number) {
  return page.locator("section.cell.code").nth(number - 1);
}

async function write(page: Page, number: number, code: string): Promise<void> {
  await cell(page, number).locator(".code").click();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(code);
}

async function run(page: Page, number: number): Promise<string> {
  await cell(page, number).locator("button.run").click();
  await idle(page);
  return cell(page, number).locator(".output").innerText();
}

describe.each(languages)("the %s notebook as a page", (language) => {
  test("is one file of at most 2.5 MB, 800 kB gzipped", () => {
    const html = readFileSync(join(folder, `${language}.html`));
    expect(html.length).toBeLessThanOrEqual(2_500_000);
    expect(gzipSync(html, { level: 9 }).length).toBeLessThanOrEqual(800_000);
  });

  test("run all gives the book's 20 numbers, and figures with words", async () => {
    const page = await open(language);
    await page.getByRole("button", { name: words[language].all, exact: true }).click();
    await page.waitForFunction(() => document.querySelectorAll(".count").length > 10);
    await page.waitForTimeout(100);
    await idle(page);
    const texts = await page.locator(".output").allInnerTexts();
    const shown = [texts[3], texts[4], texts[6]]
      .join("\n")
      .match(/(?<=gradient mean of )\S+/g)!
      .map(Number);
    expect(shown).toHaveLength(20);
    shown.forEach((value, i) => expect(Math.abs(value - book[i]!) / book[i]!).toBeLessThan(1e-6));
    expect(texts.join("\n")).toMatch(/20 .*20|20 of 20 pass/);
    const plots = page.locator("figure.plot");
    expect(await plots.count()).toBe(3);
    // plotly.js would offer to upload the figure.
    expect(await page.locator(".modebar-btn[data-title*=Share]").count()).toBe(0);
    for (const plot of await plots.all()) expect(await plot.getAttribute("aria-label")).toMatch(/0\.\d+/);
    await page.close();
  });

  test.each(["light", "dark"] as const)("axe finds nothing, %s", async (colorScheme) => {
    const page = await open(language);
    await page.emulateMedia({ colorScheme });
    await cell(page, 9).scrollIntoViewIfNeeded();
    await page.waitForSelector("figure.plot .main-svg");
    // Past the page's policy, as a browser's own tools are.
    await page.evaluate(axe);
    const violations = await page.evaluate(async () => {
      const { axe } = window as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      };
      return (await axe.run()).violations.map(({ id, nodes }) => [id, nodes[0]?.html.slice(0, 200)]);
    });
    expect(violations).toEqual([]);
    await page.close();
  });
});

describe("a page's cells", () => {
  let page: Page;
  beforeAll(async () => {
    page = await open("en");
  });
  afterAll(() => page.close());

  test("follow an edit", async () => {
    for (const number of [1, 2, 3]) await run(page, number);
    const before = await run(page, 4);
    expect(before).toContain("layers.4.0.weight");
    await write(
      page,
      2,
      "let layerSizes = [3, 3, 1];\nlet sampleInput = tensor([[1, 0, -1]]);\nmanualSeed(123);\nlet modelWithoutShortcut = new ExampleDeepNeuralNetwork(layerSizes, { useShortcut: false });",
    );
    await run(page, 2);
    const after = await run(page, 4);
    expect(after).toContain("layers.1.0.weight");
    expect(after).not.toContain("layers.2.0.weight");
    expect(await cell(page, 2).locator(".mark").innerText()).toBe("edited");
  });

  test("may be declared again, await at the top, and end in a value", async () => {
    await write(
      page,
      6,
      "const x: number = await Promise.resolve(20);\nenum Kind { A = 1 }\nfunction twice(n: number) { return 2 * n; }\ntwice(x) + Kind.A",
    );
    expect(await run(page, 6)).toBe("41");
    expect(await run(page, 6)).toBe("41");
    await write(page, 7, "let x = 1;\nlet Math = { sqrt: () => 7 };\n[x, twice(4), Math.sqrt()]");
    expect(await run(page, 7)).toBe("[ 1, 8, 7 ]");
  });

  test("name the line of an error", async () => {
    await write(page, 6, "let a = 1;\n\nthrow new RangeError('too far');");
    const text = await run(page, 6);
    expect(text).toContain("RangeError: too far");
    expect(text).toMatch(/In\[\d+\]:3:/);
    await write(page, 6, "let a = 1;\nlet b = = 2;");
    expect(await run(page, 6)).toMatch(/SyntaxError: [\s\S]*In\[\d+\]:2:/);
  });

  test("say in a sentence what a page does not have", async () => {
    await write(page, 6, "tf.conv2d");
    expect(await run(page, 6)).toContain("tf.conv2d is not among the TensorFlow.js operations of this page");
    await write(page, 6, 'import * as fs from "node:fs";');
    expect(await run(page, 6)).toContain(
      'A page cannot import "node:fs"; expected "tslab-gradients" or "@tensorflow/tfjs".',
    );
  });

  test("an endless loop is stopped, what had run runs again, and the next cell runs", async () => {
    await write(page, 6, "while (true) {}");
    await cell(page, 6).locator("button.run").click();
    await page.waitForFunction(() => document.documentElement.dataset.state === "running");
    await page.getByRole("button", { name: "Stop", exact: true }).click();
    await page.locator("#notice:not([hidden])").waitFor();
    expect(await page.locator("#notice").innerText()).toMatch(
      /stopped.*\d+ cells that had run were run again/,
    );
    await idle(page);
    expect(await run(page, 4)).toContain("layers.1.0.weight");
  });

  test("controls are inputs that work", async () => {
    await write(
      page,
      6,
      'import { control } from "tslab-gradients";\nlet depth = control.intSlider({ label: "depth", min: 1, max: 9, value: 3 });\ndepth.onChange((value) => console.log("now", value));\ndepth',
    );
    await run(page, 6);
    const slider = page.getByLabel("depth");
    expect(await slider.inputValue()).toBe("3");
    await slider.focus();
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction(() => document.body.innerText.includes("now 4"));
    await write(page, 7, "depth.value");
    expect(await run(page, 7)).toBe("4");
  });

  test("a figure follows a run in its own place", async () => {
    await run(page, 5);
    await run(page, 9);
    await cell(page, 9).scrollIntoViewIfNeeded();
    await cell(page, 9).locator(".main-svg").first().waitFor();
    await cell(page, 9)
      .locator(".drawing")
      .evaluate((node) => ((node as { kept?: boolean }).kept = true));
    await run(page, 9);
    expect(
      await cell(page, 9)
        .locator(".drawing")
        .evaluate((node) => (node as { kept?: boolean }).kept),
    ).toBe(true);
    expect(await cell(page, 9).locator(".drawing").count()).toBe(1);
  });

  test("everything works by keyboard", async () => {
    await cell(page, 3).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Control+End");
    await page.keyboard.press("Shift+Enter");
    await idle(page);
    // The next cell has the cursor now.
    await page.keyboard.press("Control+a");
    await page.keyboard.type("1 + 1");
    await page.keyboard.press("Control+Enter");
    await page.waitForTimeout(50);
    await idle(page);
    expect(await cell(page, 4).locator(".output").innerText()).toBe("2");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.className)).toBe("run");
  });

  test("a saved copy has the edits and their outputs", async () => {
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: words.en.save }).click();
    const file = join(folder, "copy.html");
    await (await saved).saveAs(file);
    const copy = await context.newPage();
    await copy.goto(pathToFileURL(file).href);
    await idle(copy);
    expect(await cell(copy, 4).locator(".code").innerText()).toContain("1 + 1");
    expect(await cell(copy, 4).locator(".output").innerText()).toBe("2");
    await write(copy, 7, "6 * 7");
    expect(await run(copy, 7)).toBe("42");
    await copy.close();
  });

  test("a link carries the code, marked, and runs nothing", async () => {
    await page.getByRole("button", { name: words.en.share, exact: true }).click();
    const address = await page.locator("dialog input").inputValue();
    await page.keyboard.press("Escape");
    const other = await context.newPage();
    await other.goto(address);
    await idle(other);
    await other.locator("#notice:not([hidden])").waitFor();
    expect(await cell(other, 4).locator(".code").innerText()).toContain("1 + 1");
    expect(await cell(other, 4).locator(".mark").innerText()).toBe("from the link");
    expect(await cell(other, 4).locator(".output").innerText()).toContain("gradient mean of");
    await other.close();
  });
});

test("nothing was asked of any network, and nothing failed in the pages", () => {
  expect(requests).toEqual([]);
  expect(problems).toEqual([]);
});
