import type { Browser, BrowserContext, Locator } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type JupyterLab, startLabInBrowser } from "./jupyterlab";
import { kernelReady, writeNotebook } from "./made";
import { type Notebook, openNotebook } from "./notebook";

const name = "numbers.ipynb";
const sizes = "let sizes = [3, 3, 1];";

let browser: Browser;
let context: BrowserContext;
let lab: JupyterLab;
let notebook: Notebook;

beforeAll(async () => {
  ({ browser, lab, context } = await startLabInBrowser());
  await writeNotebook(lab, name, [
    sizes,
    'let text = "12 and 345"; // and 678\nlet kind: 91 = 91;',
    { cell_type: "markdown", source: "Text with 12 in it" },
  ]);
  notebook = await openNotebook(context, lab.address(name));
  await kernelReady(notebook);
});

afterAll(async () => {
  await browser?.close();
  await lab?.stop();
});

const source = async (cell: Locator) => (await cell.locator(".cm-line").allInnerTexts()).join("\n");
const handles = (cell: Locator) => cell.locator(".cm-pull");

/** Keeps what a cell says to screen readers, which the editor takes away soon. */
async function listen(cell: Locator): Promise<() => Promise<string | undefined>> {
  await cell.locator(".cm-announced").evaluate((node) => {
    new MutationObserver(() => {
      const text = node.textContent!.trim();
      if (text !== "") document.body.dataset.said = text;
    }).observe(node, { childList: true });
  });
  return () => notebook.page.evaluate(() => document.body.dataset.said);
}

async function middle(of: Locator): Promise<{ x: number; y: number }> {
  const { x, y, width, height } = (await of.boundingBox())!;
  return { x: x + width / 2, y: y + height / 2 };
}

/** Where a text's middle is on the screen. */
async function placeOf(cell: Locator, text: string): Promise<{ x: number; y: number }> {
  return cell.locator(".cm-content").evaluate((content, text) => {
    const texts = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const at = node.textContent!.indexOf(text);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + text.length);
      const { x, y, width, height } = range.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    }
    throw new Error(`No text ${text}`);
  }, text);
}

test("the mouse pulls a number, a pull is one step for undo, and nothing runs", async () => {
  const { page } = notebook;
  const cell = await notebook.cell("let sizes");
  const said = await listen(cell);
  const number = await placeOf(cell, "3");
  await page.mouse.move(number.x, number.y);
  await expect.poll(() => handles(cell).count()).toBe(1);
  const { x, y } = await middle(handles(cell));
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 19, y, { steps: 3 });
  expect(await source(cell)).toBe("let sizes = [6, 3, 1];");
  // Longer than JupyterLab's undo waits before it begins another step.
  await page.waitForTimeout(700);
  await page.mouse.move(x + 31, y, { steps: 3 });
  await page.mouse.up();
  expect(await source(cell)).toBe("let sizes = [8, 3, 1];");
  await expect.poll(said).toBe("8");
  await cell.locator(".cm-content").focus();
  await page.keyboard.press("Control+z");
  expect(await source(cell)).toBe(sizes);
  await page.keyboard.press("Control+Shift+z");
  expect(await source(cell)).toBe("let sizes = [8, 3, 1];");
  await page.keyboard.press("Control+z");
  expect(await cell.locator(".jp-InputPrompt").innerText()).toBe("[ ]:");
});

test("a click on a number edits there, and the keys change it", async () => {
  const { page } = notebook;
  const cell = await notebook.cell("let sizes");
  const { x, y } = await placeOf(cell, "3");
  await page.mouse.click(x, y);
  await expect.poll(() => handles(cell).count()).toBe(1);
  const said = await listen(cell);
  for (const [key, becomes] of [
    ["Alt+.", "4"],
    ["Alt+Shift+Period", "14"],
    ["Alt+,", "13"],
  ] as const) {
    await page.keyboard.press(key);
    expect(await source(cell)).toBe(`let sizes = [${becomes}, 3, 1];`);
  }
  await expect.poll(said).toBe("13");
  // At once, so that they cannot rest between.
  await cell.locator(".cm-content").evaluate((node) => {
    for (let presses = 0; presses < 3; presses++)
      node.dispatchEvent(
        new KeyboardEvent("keydown", { key: ".", altKey: true, bubbles: true, cancelable: true }),
      );
  });
  await expect.poll(said).toBe("16");
  await page.keyboard.press("Control+z");
  expect(await source(cell)).toBe("let sizes = [13, 3, 1];");
  expect(await cell.locator(".cm-content").getAttribute("aria-description")).toContain("Alt+. and Alt+,");
});

test("JupyterLab binds the keys to nothing", async () => {
  const bound = await notebook.page.evaluate(() => {
    const { commands } = window.jupyterapp as unknown as {
      commands: { keyBindings: readonly { keys: readonly string[] }[] };
    };
    return commands.keyBindings.flatMap(({ keys }) => keys);
  });
  expect(bound).toContain("Alt ArrowUp");
  expect(bound.filter((keys) => /^(Alt|Alt Shift) [.,]$/.test(keys))).toEqual([]);
});

test("neither strings, comments and types nor Markdown have handles", async () => {
  const { page } = notebook;
  const code = await notebook.cell("let text");
  for (const text of ["12", "345", "678", "91"]) {
    const { x, y } = await placeOf(code, text);
    await page.mouse.move(x, y);
    expect(await handles(code).count()).toBe(0);
  }
  const prose = await page.evaluate(() => {
    const { content } = window.jupyterapp!.shell.currentWidget!;
    content!.activeCellIndex = 2;
  });
  expect(prose).toBeUndefined();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Enter");
  const markdown = page.locator(".jp-MarkdownCell");
  await markdown.locator(".cm-content").waitFor();
  const { x, y } = await placeOf(markdown, "12");
  await page.mouse.click(x, y);
  expect(await handles(markdown).count()).toBe(0);
});
