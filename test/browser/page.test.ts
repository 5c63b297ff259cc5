import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { guardKinds } from "../../dist/export";
import { cell, idle, type Pages, run, startPages } from "./pages";

/** What a notebook says of its language. */
const metadata = { language_info: { name: "typescript" } };

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const languages = ["en", "zh"] as const;
const runAll = { en: "Run all", zh: "全部运行" };
// The book's cell outputs, layers 0 to 4, without and with shortcuts (exact GELU), then the second printed set (tanh).
const book = [
  ...[0.0002017411752603948, 0.00012011770741082728, 0.0007152437465265393, 0.0013988513965159655],
  ...[0.005049604922533035, 0.22186796367168427, 0.207092747092247, 0.32923877239227295, 0.2667771875858307],
  ...[1.3268063068389893, 0.00020173587836325169, 0.0001201116101583466, 0.0007152041653171182],
  ...[0.001398873864673078, 0.005049646366387606, 0.22169792652130127, 0.20694105327129364],
  ...[0.32896995544433594, 0.2665732502937317, 1.3258541822433472],
];

let pages: Pages;

beforeAll(async () => {
  pages = await startPages();
  for (const language of languages)
    await pages.make(`notebooks/${language}/shortcut-connections.ipynb`, `${language}.html`);
});
afterAll(() => pages?.end());

describe.each(languages)("the %s notebook as a page", (language) => {
  test("is one file of at most 2.5 MB, 800 kB gzipped", () => {
    const html = readFileSync(join(pages.folder, `${language}.html`));
    expect(html.length).toBeLessThanOrEqual(2_500_000);
    expect(gzipSync(html, { level: 9 }).length).toBeLessThanOrEqual(800_000);
  });

  test("has an editor with line numbers in every code cell soon after it opened", async () => {
    const page = await pages.open(`${language}.html`);
    const codes = await page.locator(".cell.code").count();
    await expect.poll(() => page.locator(".cell.code .cm-lineNumbers").count()).toBe(codes);
    await page.close();
  });

  test("run all gives the book's 20 numbers, and figures with words", async () => {
    const page = await pages.open(`${language}.html`);
    await page.getByRole("button", { name: runAll[language], exact: true }).click();
    await page.waitForFunction(() => document.querySelectorAll(".count").length > 10);
    await page.waitForTimeout(100);
    await idle(page);
    const texts = await page.locator(".output").allInnerTexts();
    const shown = [texts[3], texts[4], texts[7]]
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
    const page = await pages.open(`${language}.html`);
    await page.emulateMedia({ colorScheme });
    await cell(page, 10).scrollIntoViewIfNeeded();
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

test("a guess comes before the output of a cell that asks for one", async () => {
  const page = await pages.open("en.html");
  const asked = cell(page, 4);
  expect(await asked.locator(".output").isVisible()).toBe(false);
  await run(page, 1);
  await asked.getByLabel("about 25", { exact: true }).check();
  await asked.getByRole("button", { name: "Show the output" }).click();
  expect(await asked.locator(".guess").innerText()).toBe("You guessed: about 25 That is right.");
  expect(await asked.locator(".output").innerText()).toContain("layers.1.0.weight");
  await page.close();
});

test("slides run their cells", async () => {
  await pages.make("notebooks/zh/shortcut-connections.ipynb", "slides.html", { to: "slides" });
  const page = await pages.open("slides.html");
  await page.getByRole("button", { name: runAll.zh, exact: true }).click();
  await page.waitForTimeout(100);
  await idle(page);
  expect(await cell(page, 9).locator(".output").textContent()).toMatch(/20 .*20/);
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => location.hash !== "");
  await page.close();
});

test("slides show the speaker's notes at a key", async () => {
  const slide = (slide_type: string) => ({ slideshow: { slide_type } });
  const cells = [
    { cell_type: "markdown", metadata: slide("slide"), source: "# First" },
    { cell_type: "markdown", metadata: slide("notes"), source: "Breathe." },
    { cell_type: "markdown", metadata: slide("subslide"), source: "Below" },
    { cell_type: "markdown", metadata: slide("skip"), source: "Nowhere" },
    { cell_type: "code", metadata: slide("slide"), execution_count: 1, source: "1 + 1", outputs: [] },
  ];
  const file = join(pages.folder, "notes.ipynb");
  writeFileSync(file, JSON.stringify({ nbformat: 4, nbformat_minor: 4, metadata, cells }));
  await pages.make(file, "notes.html", { to: "slides" });
  const page = await pages.open("notes.html");
  expect(await page.locator(".slides > section").count()).toBe(2);
  expect(await page.locator(".slides > section").first().locator("section").count()).toBe(2);
  expect(await page.content()).not.toContain("Nowhere");
  const notes = page.locator(".speaker-notes");
  await page.keyboard.press("s");
  await notes.getByText("Breathe.").waitFor();
  await page.keyboard.press("s");
  await expect.poll(() => notes.isVisible()).toBe(false);
  await page.close();
});

test("nothing that a notebook holds runs by itself", async () => {
  const attack =
    "<script>window.ran = 1</script><img src=x onerror='window.ran = 1'><svg onload='window.ran = 1'></svg>" +
    "<a href='javascript:window.ran = 1'>x</a><iframe srcdoc='<script>parent.ran = 1</script>'></iframe>";
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" onload="window.ran = 1"><script>window.ran = 1</script></svg>';
  const data = { "text/html": attack };
  const outputs = [data, { "image/svg+xml": svg }, { "text/markdown": attack }].map((data) => ({
    output_type: "display_data",
    data,
    metadata: { alt: attack },
  }));
  const cells = [
    { cell_type: "markdown", metadata: {}, source: `# ${attack}\n\n${attack}` },
    { cell_type: "raw", metadata: { format: "text/html" }, source: attack },
    { cell_type: "code", metadata: {}, execution_count: 1, source: `"</script>${attack}"`, outputs },
  ];
  const file = join(pages.folder, "attack.ipynb");
  writeFileSync(
    file,
    JSON.stringify({ nbformat: 4, nbformat_minor: 4, metadata: { ...metadata, title: attack }, cells }),
  );
  await pages.make(file, "attack.html", { allow: guardKinds });
  const page = await pages.open("attack.html");
  for (const link of await page.locator("main a").all()) await link.click({ timeout: 500 }).catch(() => {});
  await page.waitForTimeout(200);
  expect(await page.evaluate(() => (window as { ran?: number }).ran)).toBeUndefined();
  await page.close();
});

test("nothing was asked of any network, and nothing failed in the pages", () => {
  expect(pages.requests).toEqual([]);
  expect(pages.problems).toEqual([]);
});
