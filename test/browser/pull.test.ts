import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { BrowserContext, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { guardKinds } from "../../dist/export";
import { cell, idle, type Pages, startPages, write } from "./pages";

const first = "let sizes = [3, 3, 1];";
const second = `let name = "of 12 and 345"; // and 678
let rate = 0.01;
let width = 1000;
let shift = a-0;`;
/** Longer than a phone's screen. */
const long = Array.from({ length: 60 }, (_, i) => `let n${i} = ${i + 100};`).join("\n");

let pages: Pages;
let page: Page;

beforeAll(async () => {
  pages = await startPages();
  const cells = [first, second, long].map((source, i) => ({
    cell_type: "code",
    id: `c${i}`,
    execution_count: null,
    metadata: {},
    source,
    outputs: [],
  }));
  const file = join(pages.folder, "numbers.ipynb");
  const metadata = { language_info: { name: "typescript" } };
  writeFileSync(file, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells }));
  await pages.make(file, "numbers.html", { allow: guardKinds });
});
afterAll(async () => {
  expect(pages.problems).toEqual([]);
  await pages.end();
});

const code = (number: number): Locator => cell(page, number).locator(".cm-content");
const lines = async (number: number) => (await code(number).locator(".cm-line").allInnerTexts()).join("\n");
const literal = (number: number, text: string): Locator =>
  cell(page, number)
    .locator(".tok-number")
    .filter({ hasText: new RegExp(`^${text.replace(".", "\\.")}$`) })
    .first();
const handles = (number: number): Locator => cell(page, number).locator(".cm-pull");

async function middle(of: Locator): Promise<{ x: number; y: number }> {
  const { x, y, width, height } = (await of.boundingBox())!;
  return { x: x + width / 2, y: y + height / 2 };
}

async function hover(number: number, text: string): Promise<void> {
  const { x, y } = await middle(literal(number, text));
  await page.mouse.move(x, y);
}

/** Presses the button on a number's handle. */
async function grasp(number: number, text: string): Promise<{ x: number; y: number }> {
  await hover(number, text);
  await expect.poll(() => handles(number).count()).toBe(1);
  const at = await middle(handles(number));
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  return at;
}

/** Puts the caret behind a text that stands once in a cell. */
async function caretBehind(number: number, text: string): Promise<void> {
  await code(number).focus();
  await page.keyboard.press("Control+Home");
  const before = (await lines(number)).split(text)[0]! + text;
  for (let i = 0; i < before.length; i++) await page.keyboard.press("ArrowRight");
}

/** Keeps what a cell says to screen readers, which the editor takes away soon. */
async function listen(number: number): Promise<() => Promise<string | undefined>> {
  await cell(page, number)
    .locator(".cm-announced")
    .evaluate((node) => {
      new MutationObserver(() => {
        const text = node.textContent!.trim();
        if (text !== "") document.body.dataset.said = text;
      }).observe(node, { childList: true });
    });
  return () => page.evaluate(() => document.body.dataset.said);
}

describe("in a page", () => {
  beforeAll(async () => {
    page = await pages.open("numbers.html");
    await page.locator(".cm-content").nth(2).waitFor();
  });
  beforeEach(async () => {
    for (const [number, source] of [
      [1, first],
      [2, second],
    ] as const)
      if ((await lines(number)) !== source) await write(page, number, source);
    await cell(page, 1).focus();
    await page.mouse.move(5, 5);
  });
  afterAll(() => page.close());

  test("a number's handle shows under the pointer and at the caret, and goes with them", async () => {
    expect(await handles(1).count()).toBe(0);
    await hover(1, "3");
    await expect.poll(() => handles(1).count()).toBe(1);
    await page.mouse.move(5, 5);
    await expect.poll(() => handles(1).count()).toBe(0);
    await caretBehind(1, "let sizes = [");
    await expect.poll(() => handles(1).count()).toBe(1);
    await cell(page, 1).focus();
    await expect.poll(() => handles(1).count()).toBe(0);
  });

  test("nothing shows at numbers in strings and comments, nor beside a line's end", async () => {
    for (const selector of [".tok-string", ".tok-comment"]) {
      const { x, y, width, height } = (await code(2).locator(selector).boundingBox())!;
      for (let step = 0; step < width; step += 8) {
        await page.mouse.move(x + step, y + height / 2);
        expect(await handles(2).count()).toBe(0);
      }
    }
    const { x, y, width, height } = (await literal(2, "1000").boundingBox())!;
    await page.mouse.move(x + width + 60, y + height / 2);
    expect(await handles(2).count()).toBe(0);
  });

  test("the mouse pulls it, by whole steps; what hangs on the code hears of it, and undo takes it back at once", async () => {
    const said = await listen(1);
    const { x, y } = await grasp(1, "3");
    await page.mouse.move(x + 13, y, { steps: 4 });
    // 13 pixels are two steps of 6.
    expect(await lines(1)).toBe("let sizes = [5, 3, 1];");
    expect(await cell(page, 1).locator(".mark").innerText()).toBe("edited");
    await page.mouse.move(x + 31, y + 300, { steps: 4 });
    expect(await lines(1)).toBe("let sizes = [8, 3, 1];");
    expect(await handles(1).count()).toBe(1);
    await page.waitForTimeout(600);
    // A size has no other values below.
    await page.mouse.move(x - 400, y, { steps: 4 });
    expect(await lines(1)).toBe("let sizes = [1, 3, 1];");
    await page.mouse.move(x + 7, y);
    await page.mouse.up();
    expect(await lines(1)).toBe("let sizes = [4, 3, 1];");
    await expect.poll(said).toBe("4");
    await code(1).focus();
    await page.keyboard.press("Control+End");
    await page.keyboard.type("x");
    await page.keyboard.press("Control+z");
    expect(await lines(1)).toBe("let sizes = [4, 3, 1];");
    await page.keyboard.press("Control+z");
    expect(await lines(1)).toBe(first);
    await page.keyboard.press("Control+Shift+z");
    expect(await lines(1)).toBe("let sizes = [4, 3, 1];");
  });

  test("two pulls are two steps for undo", async () => {
    for (const to of ["4", "5"]) {
      const { x, y } = await grasp(1, to === "4" ? "3" : "4");
      await page.mouse.move(x + 7, y);
      await page.mouse.up();
      expect(await lines(1)).toBe(`let sizes = [${to}, 3, 1];`);
    }
    await code(1).focus();
    await page.keyboard.press("Control+z");
    expect(await lines(1)).toBe("let sizes = [4, 3, 1];");
    await page.keyboard.press("Control+z");
    expect(await lines(1)).toBe(first);
  });

  test("a sweep of the hand doubles a thousand; Shift makes ten steps of one; decimals stay as they are written", async () => {
    let at = await grasp(2, "1000");
    await page.mouse.move(at.x + 300, at.y, { steps: 10 });
    // 300 / 6 steps, and 1000 more over 300 pixels.
    expect(await lines(2)).toContain("let width = 2050;");
    await page.mouse.up();
    at = await grasp(2, "0.01");
    await page.keyboard.down("Shift");
    await page.mouse.move(at.x + 5, at.y);
    await page.mouse.move(at.x + 17, at.y);
    await page.keyboard.up("Shift");
    await page.mouse.up();
    expect(await lines(2)).toContain("let rate = 0.21;");
  });

  test("what becomes negative behind a minus is no other operator", async () => {
    const { x, y } = await grasp(2, "0");
    await page.mouse.move(x - 13, y, { steps: 3 });
    expect(await lines(2)).toContain("let shift = a- -2;");
    await page.mouse.move(x + 13, y, { steps: 3 });
    await page.mouse.up();
    expect(await lines(2)).toContain("let shift = a-2;");
  });

  test("a click on a number, and one on its handle, put the caret there; dragging over numbers selects", async () => {
    const { x, y } = await middle(literal(1, "3"));
    await page.mouse.click(x, y);
    await page.keyboard.type("7");
    expect(await lines(1)).toMatch(/^let sizes = \[(73|37), 3, 1\];$/);
    await page.keyboard.press("Control+z");
    const at = await middle(handles(1).first());
    await page.mouse.click(at.x, at.y);
    expect(await lines(1)).toBe(first);
    expect(await code(1).evaluate((node) => node === document.activeElement)).toBe(true);
    await page.mouse.move(x - 4, y);
    await page.mouse.down();
    await page.mouse.move(x + 60, y, { steps: 6 });
    await page.mouse.up();
    expect(await lines(1)).toBe(first);
    expect(await page.evaluate(() => getSelection()!.toString())).toContain("3, 1");
  });

  test("Alt+. and Alt+, change the number at the caret, said once they rest, and undone as one", async () => {
    await caretBehind(1, "let sizes = [3");
    const said = await listen(1);
    for (const key of ["Alt+.", "Alt+,", "Alt+Shift+Period"]) await page.keyboard.press(key);
    expect(await lines(1)).toBe("let sizes = [13, 3, 1];");
    await expect.poll(said).toBe("13");
    // At once, so that they cannot rest between.
    await code(1).evaluate((node) => {
      for (const key of [".", ".", ",", "."])
        node.dispatchEvent(
          new KeyboardEvent("keydown", { key, altKey: true, bubbles: true, cancelable: true }),
        );
    });
    expect(await lines(1)).toBe("let sizes = [15, 3, 1];");
    await expect.poll(said).toBe("15");
    await page.keyboard.press("Control+z");
    expect(await lines(1)).toBe("let sizes = [13, 3, 1];");
    await caretBehind(1, "let");
    await page.keyboard.press("Alt+.");
    expect(await lines(1)).toBe("let sizes = [13, 3, 1];");
  });

  test("what is typed while keys pull is kept, and undone by itself", async () => {
    await caretBehind(1, "let sizes = [3");
    await page.keyboard.press("Alt+.");
    await page.keyboard.type("0");
    expect(await lines(1)).toBe("let sizes = [40, 3, 1];");
    await page.keyboard.press("Alt+.");
    expect(await lines(1)).toBe("let sizes = [41, 3, 1];");
    for (const code of ["40", "4", "3"]) {
      await page.keyboard.press("Control+z");
      expect(await lines(1)).toBe(`let sizes = [${code}, 3, 1];`);
    }
  });

  test("the keys are told to those who do not see the handle, which is no stop for Tab", async () => {
    expect(await code(1).getAttribute("aria-description")).toContain("Alt+. and Alt+,");
    await caretBehind(1, "let sizes = [3");
    await expect.poll(() => handles(1).count()).toBe(1);
    expect(await handles(1).evaluate((node) => (node as HTMLElement).tabIndex)).toBe(-1);
    expect(await handles(1).evaluate((node) => node.closest("[aria-hidden=true]") !== null)).toBe(true);
  });

  test("a handle below the last line gives the editor nothing to scroll", async () => {
    await hover(1, "3");
    await expect.poll(() => handles(1).count()).toBe(1);
    const over = await cell(page, 1)
      .locator(".cm-scroller")
      .evaluate((node) => [node.scrollHeight - node.clientHeight, node.scrollWidth - node.clientWidth]);
    expect(over).toEqual([0, 0]);
  });
});

describe("by touch, on a phone", () => {
  let context: BrowserContext;
  beforeAll(async () => {
    context = await pages.context.browser()!.newContext({
      offline: true,
      viewport: { width: 390, height: 700 },
      hasTouch: true,
      isMobile: true,
    });
  });
  beforeEach(async () => {
    page = await context.newPage();
    await page.goto(pathToFileURL(join(pages.folder, "numbers.html")).href);
    await idle(page);
    await page.locator(".cm-content").nth(2).waitFor();
  });
  afterEach(() => page.close());
  afterAll(() => context.close());

  /** A finger from one place to another. */
  async function swipe(from: { x: number; y: number }, x: number, y: number): Promise<void> {
    const session = await context.newCDPSession(page);
    const send = (type: "touchStart" | "touchMove" | "touchEnd", touchPoints: { x: number; y: number }[]) =>
      session.send("Input.dispatchTouchEvent", { type, touchPoints });
    await send("touchStart", [from]);
    for (let i = 1; i <= 10; i++)
      await send("touchMove", [{ x: from.x + ((x - from.x) * i) / 10, y: from.y + ((y - from.y) * i) / 10 }]);
    await send("touchEnd", []);
    await page.waitForTimeout(200);
  }

  test("a tap shows a handle of at least 24 pixels, which a finger pulls while the page stays", async () => {
    const at = await middle(literal(1, "3"));
    await page.touchscreen.tap(at.x, at.y);
    await expect.poll(() => handles(1).count()).toBe(1);
    const { width, height } = (await handles(1).boundingBox())!;
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(24);
    const scrolled = await page.evaluate(() => scrollY);
    const grip = await middle(handles(1));
    await swipe(grip, grip.x + 31, grip.y - 200);
    expect(await lines(1)).toBe("let sizes = [8, 3, 1];");
    expect(await page.evaluate(() => scrollY)).toBe(scrolled);
  });

  test("a finger on the code scrolls the page, as before", async () => {
    const at = await middle(literal(3, "100"));
    await swipe(at, at.x, at.y - 250);
    expect(await page.evaluate(() => scrollY)).toBeGreaterThan(100);
    expect(await lines(3)).toContain("let n0 = 100;");
  });
});
