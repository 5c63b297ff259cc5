import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { idle, type Pages, startPages } from "./pages";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const metadata = { kernelspec: { name: "tslab", display_name: "TypeScript", language: "typescript" } };
let pages: Pages;

beforeAll(async () => (pages = await startPages()));
afterAll(() => pages?.end());

interface Look {
  width: number;
  height: number;
  isTouch?: boolean;
  colorScheme?: "light" | "dark";
}

async function open(name: string, { width, height, isTouch = false, colorScheme = "light" }: Look) {
  const context = await pages.context.browser()!.newContext({
    offline: true,
    viewport: { width, height },
    isMobile: isTouch,
    hasTouch: isTouch,
    colorScheme,
  });
  const page = await context.newPage();
  await page.goto(pathToFileURL(join(pages.folder, name)).href);
  await page.locator(".reveal.ready").waitFor();
  await page.waitForTimeout(500);
  return page;
}

/** What a slide shows: its smallest letters, what of it lies below its edge, and where two lines touch. */
interface Seen {
  text: string;
  letters: number;
  lines: number;
  below: number;
  /** How far what scrolls reaches out of its box. */
  inner: string[];
  /** Whether a heading stands there without what it is the heading of. */
  isBare: boolean;
}

function seen(page: Page): Promise<Seen> {
  return page.locator("section.present > section.present > .slide").evaluate((slide) => {
    let [letters, lines] = [Infinity, Infinity];
    const walker = document.createTreeWalker(slide, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement!;
      if (node.textContent!.trim() === "" || parent.getClientRects().length === 0) continue;
      // Exponents are smaller, and figures have a test of their own.
      if (parent.closest("math, sup, sub, svg, figure")) continue;
      const style = getComputedStyle(parent);
      let zoom = 1;
      for (let at: Element | null = parent; at; at = at.parentElement)
        zoom *= Number(getComputedStyle(at).zoom) || 1;
      letters = Math.min(letters, zoom * parseFloat(style.fontSize));
      // Code within a line is in that line.
      if (style.lineHeight !== "normal")
        lines = Math.min(lines, parseFloat(style.lineHeight) / parseFloat(style.fontSize));
    }
    const inner = [...slide.querySelectorAll("pre, figure.plot, .table, .html")]
      .filter((each) => each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1)
      .map((each) => `${each.tagName}.${each.className}`);
    return {
      text: slide.textContent!,
      isBare: slide.querySelector("h1, h2, h3, .again")?.textContent!.trim() === slide.textContent!.trim(),
      letters,
      lines,
      below: slide.scrollHeight - slide.clientHeight,
      inner,
    };
  });
}

/** All slides, one after the other, by the keyboard. */
async function walk(page: Page, look: (page: Page) => Promise<void>): Promise<number> {
  const place = () =>
    page.evaluate(() => {
      const all = [...document.querySelectorAll(".slides > section > section")];
      return `${all.findIndex((each) => each.matches("section.present > section.present"))} of ${all.length}`;
    });
  for (let count = 1; ; count++) {
    const drawn = "section.present > section.present > .slide figure.plot:not(:has(.main-svg))";
    await expect.poll(() => page.locator(drawn).count()).toBe(0);
    await look(page);
    const before = await place();
    await page.keyboard.press("Space");
    await page.waitForTimeout(60);
    if ((await place()) === before || count > 300) return count;
  }
}

const halls = [
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
];
const phones = [
  { width: 390, height: 844, isTouch: true },
  { width: 375, height: 667, isTouch: true },
];

describe.each(["zh", "en"] as const)("the section's slides, %s", (language) => {
  const name = `${language}.html`;
  beforeAll(async () => {
    await pages.make(`notebooks/${language}/shortcut-connections.ipynb`, name, { to: "slides" });
  });

  test.each(halls)("can be read from the last row at $width x $height", async (look) => {
    const page = await open(name, look);
    const texts: string[] = [];
    await walk(page, async () => {
      const { text, letters, lines, below, inner, isBare } = await seen(page);
      texts.push(text);
      // What is asked for a lecture hall: 24 pixels of 1280 x 720.
      expect(letters).toBeGreaterThanOrEqual((24 * look.width) / 1280);
      expect(lines).toBeGreaterThanOrEqual(1.25);
      expect({ text, below: Math.max(1, below), inner, isBare }).toEqual({
        text,
        below: 1,
        inner: [],
        isBare: false,
      });
    });
    const all = texts.join("\n");
    expect(all).not.toMatch(/The same in PyTorch|对应的 PyTorch 写法/);
    // The first network's and the last one's first layer, in Figure 4.12.
    expect(texts.some((text) => text.includes("0.000202") && text.includes("0.222"))).toBe(true);
    await page.context().close();
  });

  test.each(phones)("can be read on a phone of $width x $height", async (look) => {
    const page = await open(name, look);
    await walk(page, async () => {
      const { letters, below } = await seen(page);
      expect(letters).toBeGreaterThanOrEqual(12);
      expect(below).toBeLessThanOrEqual(1);
    });
    for (const button of await page.getByRole("toolbar").getByRole("button").all()) {
      const box = (await button.boundingBox())!;
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(look.width);
      expect(box.y + box.height).toBeLessThanOrEqual(120);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(look.width);
    await page.context().close();
  });

  test.each(["light", "dark"] as const)("axe finds nothing, %s", async (colorScheme) => {
    const page = await open(name, { width: 1280, height: 720, colorScheme });
    await page.evaluate(axe);
    await walk(page, async () => {
      const violations = await page.evaluate(async () => {
        const { axe } = window as unknown as {
          axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
        };
        return (await axe.run()).violations.map(({ id, nodes }) => [id, nodes[0]?.html.slice(0, 200)]);
      });
      expect(violations).toEqual([]);
    });
    const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    // As theme.css has it.
    expect(ground).toBe(colorScheme === "dark" ? "rgb(21, 25, 31)" : "rgb(255, 255, 255)");
    await page.context().close();
  });
});

describe("slides that are too full", () => {
  const lines = Array.from({ length: 45 }, (_, i) => `console.log("line ${i}");`);
  const code = (source: string, outputs: object[]) => ({
    cell_type: "code",
    metadata: {},
    execution_count: 1,
    source,
    outputs,
  });

  test("long code goes on, is edited whole, and its output is shown when it ran", async () => {
    const cells = [
      { cell_type: "markdown", metadata: {}, source: "# Long" },
      code(lines.join("\n"), [{ output_type: "stream", name: "stdout", text: "old" }]),
      { cell_type: "markdown", metadata: {}, source: "after" },
    ];
    const file = join(pages.folder, "long.ipynb");
    writeFileSync(file, JSON.stringify({ nbformat: 4, nbformat_minor: 4, metadata, cells }));
    await pages.make(file, "long.html", { to: "slides" });
    const page = await open("long.html", { width: 1280, height: 720 });
    const shown: string[] = [];
    await walk(page, async () => void shown.push((await seen(page)).text));
    // Each line on one slide, in order.
    expect(shown.join("\n").match(/line \d+/g)).toEqual(lines.map((_, i) => `line ${i}`));
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowDown");
    await page.locator("section.present > section.present .code > pre").click();
    const editor = page.locator("section.present > section.present .cm-content");
    await editor.waitFor();
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText('console.log("new")');
    await page.keyboard.press("Control+Enter");
    await idle(page);
    await expect.poll(async () => (await seen(page)).text).toContain("new");
    expect(await page.locator(".slides").textContent()).not.toContain("line 44");
    await page.context().close();
  });

  test("a slide that scrolls is not set out again and again", async () => {
    const formula = `$$\\begin{aligned}${"x &= y + z \\\\".repeat(60)}\\end{aligned}$$`;
    const cells = [{ cell_type: "markdown", metadata: {}, source: formula }, code("1", [])];
    const file = join(pages.folder, "high.ipynb");
    writeFileSync(file, JSON.stringify({ nbformat: 4, nbformat_minor: 4, metadata, cells }));
    await pages.make(file, "high.html", { to: "slides" });
    const page = await open("high.html", { width: 1280, height: 720 });
    const last = page.locator(".slides > section > section").last();
    await last.evaluate((section) => ((section as HTMLElement).dataset.mine = ""));
    await page.keyboard.press("Space");
    await page.waitForTimeout(600);
    expect(await last.getAttribute("data-mine")).toBe("");
    await page.context().close();
  });
});

test.each(halls)(
  "a live figure's networks stand in one view with what edits a layer, at $width x $height",
  async (look) => {
    await pages.make("notebooks/en/depth-width-seeds.ipynb", "live.html", { to: "slides" });
    const page = await open("live.html", look);
    const figure = page.locator("section.present > section.present figure.explore");
    for (let i = 0; i < 5 && (await figure.count()) === 0; i++) {
      await page.keyboard.press("Space");
      await page.waitForTimeout(300);
    }
    const frame = (await figure.boundingBox())!;
    const nets = figure.locator(".nets > svg");
    await expect.poll(async () => (await nets.first().boundingBox())?.width ?? 0).toBeGreaterThan(100);
    const parts = [...(await nets.all()), figure.locator(".editor")];
    const boxes = await Promise.all(parts.map(async (part) => (await part.boundingBox())!));
    for (const { x, y, width, height } of boxes) {
      expect(x).toBeGreaterThanOrEqual(frame.x);
      expect(y).toBeGreaterThanOrEqual(frame.y);
      expect(x + width).toBeLessThanOrEqual(frame.x + frame.width + 1);
      expect(y + height).toBeLessThanOrEqual(frame.y + frame.height + 1);
    }
    // Side by side.
    expect(boxes[0]!.y).toBeCloseTo(boxes[1]!.y, 0);
    await page.context().close();
  },
);
