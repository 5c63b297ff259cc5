import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { cell, idle, type Pages, run, startPages, write } from "./pages";

const kernelspec = { name: "tslab", language: "typescript", display_name: "TypeScript" };

interface SavedCell {
  source: string;
  tags?: string[];
  outputs?: object[];
  type?: "code" | "markdown";
}

let pages: Pages;
let page: Page;

beforeAll(async () => void (pages = await startPages()));
afterAll(() => pages?.end());
afterEach(() => page?.close());

async function open(cells: SavedCell[]): Promise<Page> {
  const notebook = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec },
    cells: cells.map(({ source, tags = [], outputs = [], type = "code" }, i) => ({
      cell_type: type,
      id: `c${i + 1}`,
      metadata: { tags },
      source,
      ...(type === "code" ? { outputs, execution_count: i + 1 } : {}),
    })),
  };
  const path = join(pages.folder, "made.ipynb");
  writeFileSync(path, JSON.stringify(notebook));
  await pages.make(path, "made.html");
  page = await pages.open("made.html");
  return page;
}

const saved = (text: string): object => ({ output_type: "stream", name: "stdout", text });

describe("a run of all cells that ends at one", () => {
  beforeEach(async () => {
    await open([
      { source: "const good = 1;" },
      { source: "throw new RangeError('too wide');", tags: ["predict"], outputs: [saved("before\n")] },
      { source: "This tells what it shows.", type: "markdown", tags: ["after-predict"] },
      { source: "console.log(good);", outputs: [saved("as saved\n")] },
    ]);
    await page.getByRole("button", { name: "Run all" }).click();
    await page.getByRole("link", { name: "In [2] failed" }).waitFor();
  });

  test("shows the error below its question, and says which cell it is, with a way there", async () => {
    expect(await cell(page, 2).locator("form.predict").isVisible()).toBe(true);
    expect(await cell(page, 2).getByRole("alert").innerText()).toContain("RangeError: too wide");
    expect(await cell(page, 2).getByRole("alert").isVisible()).toBe(true);
    expect(await page.locator("#notice").innerText()).toBe("In [2] failed; the cells below it did not run.");
    expect(await page.locator("#notice").getAttribute("role")).toBe("status");
    expect(await page.locator(".status").innerText()).toBe("In [2] failed");
    expect(await cell(page, 3).locator(".output").innerText()).toBe("as saved\n");
    await page.getByRole("link", { name: "In [2] failed" }).click();
    expect(await cell(page, 2).evaluate((section) => section === document.activeElement)).toBe(true);
  });

  test("frames the question whole, on a phone too: no line runs through it", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    const legend = await cell(page, 2).locator("form.predict legend").boundingBox();
    const frame = await cell(page, 2).locator("form.predict fieldset").boundingBox();
    expect(legend!.y).toBeGreaterThan(frame!.y + 4);
    expect(legend!.x + legend!.width).toBeLessThan(frame!.x + frame!.width - 4);
    const answer = await cell(page, 2).locator("form.predict input").boundingBox();
    expect(answer!.y).toBeGreaterThanOrEqual(legend!.y + legend!.height);
  });

  test("hides what is to be guessed again once it runs, and prose that tells it", async () => {
    await write(page, 2, "console.log('mended');");
    await page.getByRole("button", { name: "Run all" }).click();
    await idle(page);
    expect(await page.locator("#notice").isVisible()).toBe(false);
    expect(await cell(page, 3).locator(".output").innerText()).toBe("1\n");
    expect(await cell(page, 2).locator(".output").isVisible()).toBe(false);
    expect(await page.getByText("This tells what it shows.").isVisible()).toBe(false);
    await cell(page, 2).locator("form.predict input").fill("mended");
    await cell(page, 2).locator("form.predict button").click();
    expect(await cell(page, 2).locator(".output").innerText()).toBe("mended\n");
    expect(await page.getByText("This tells what it shows.").isVisible()).toBe(true);
  });
});

describe("a cell that is run before those that it needs", () => {
  beforeEach(() =>
    open([
      { source: "const base = 20;" },
      { source: "const other = 1;" },
      { source: "const twice = () => 2 * base;" },
      { source: "console.log(twice());", outputs: [saved("40\n")] },
    ]),
  );

  test("runs them, and no others, before", async () => {
    expect(await run(page, 4)).toBe("40\n");
    expect(await page.locator(".count").allInnerTexts()).toEqual(["In [1]", "In [2]", "In [2]", "In [3]"]);
    expect(await page.locator(".standing:visible").count()).toBe(0);
    await write(page, 1, "const base = 21;");
    await run(page, 4);
    expect(await cell(page, 4).locator(".output").innerText()).toBe("42\n");
    expect(await cell(page, 2).locator(".count").innerText()).toBe("In [2]");
  });

  test("every button says which cell it runs", async () => {
    const names = page.locator("button.run");
    expect(await names.evaluateAll((all) => all.map(({ ariaLabel }) => ariaLabel))).toEqual([
      "Run In [1]",
      "Run In [2]",
      "Run In [3]",
      "Run In [4]",
    ]);
    await run(page, 2);
    expect(await names.nth(1).getAttribute("aria-label")).toBe("Run In [1]");
  });
});

test("the editor says how the keyboard leaves it, and it does", async () => {
  await open([{ source: "const a = 1;" }, { source: "const b = 2;" }]);
  await cell(page, 1).focus();
  await page.keyboard.press("Enter");
  const editor = cell(page, 1).locator(".cm-content");
  expect(await editor.getAttribute("aria-description")).toMatch(/^Esc, then Tab leaves\. /);
  expect(await cell(page, 1).locator(".leave").isVisible()).toBe(true);
  await page.keyboard.press("Tab");
  expect(await cell(page, 1).locator(".cm-line").first().innerText()).toContain("  const");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  expect(await editor.evaluate((node) => node.contains(document.activeElement))).toBe(false);
});

test("plain text stays when colour follows, and progress overwrites its line", async () => {
  await open([
    {
      source:
        "console.log('plain'); await new Promise((r) => setTimeout(r, 50)); console.log('\\u001b[31mred\\u001b[0m after');",
    },
    {
      source:
        "const { stdout } = process;\nfor (const n of [1, 20, 3]) stdout.write(`\\rstep ${n}`);\nstdout.write('\\ndone\\n');",
      outputs: [saved("\rstep 1\rstep 20\rstep 3\ndone\n")],
    },
  ]);
  expect(await run(page, 1)).toBe("plain\nred after\n");
  expect(await cell(page, 1).locator(".ansi-red-fg").innerText()).toBe("red");
  // As a terminal shows it: the shorter text leaves the last digit of the longer one.
  expect(await cell(page, 2).locator(".output").innerText()).toBe("step 30\ndone\n");
});

test("an error in what is done before a cell ends ends the run", async () => {
  await open([
    {
      source:
        'const { beforeEnd } = globalThis[Symbol.for("tslab-gradients.kernel")];\nbeforeEnd(async () => { throw new Error("late"); });',
    },
    { source: "console.log('not run');" },
  ]);
  await page.getByRole("button", { name: "Run all" }).click();
  await page.getByRole("link", { name: "In [1] failed" }).waitFor();
  expect(await cell(page, 1).locator(".output").innerText()).toContain("Error: late");
  expect(await cell(page, 2).locator(".output").innerText()).toBe("");
});

test("a stop while cells are run again loses none of them", async () => {
  await open([
    { source: "await new Promise((resolve) => setTimeout(resolve, 700));\nlet one = 1;" },
    { source: "await new Promise((resolve) => setTimeout(resolve, 700));\nlet two = 2;" },
    { source: "while (true) {}" },
    { source: "console.log(one + two);" },
  ]);
  for (const number of [1, 2]) await run(page, number);
  await cell(page, 3).locator("button.run").click();
  const stop = page.getByRole("button", { name: "Stop" });
  await page.waitForFunction(() => document.documentElement.dataset.state === "running");
  await stop.click();
  await page.waitForFunction(() => document.documentElement.dataset.state === "replaying");
  await page.waitForTimeout(300);
  await stop.click();
  await page.getByText("the 2 cells that had run were run again").waitFor();
  // It took no longer than its reader let it.
  expect(await cell(page, 3).locator(".state").innerText()).toBe("failed");
  expect(await page.locator(".standing:visible").count()).toBe(0);
  expect(await run(page, 4)).toBe("3\n");
});

test("a reload asks before it drops edits, and not where a copy holds them", async () => {
  await open([{ source: "const a = 1;" }]);
  const asked: string[] = [];
  page.on("dialog", (dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  await page.reload();
  await idle(page);
  await write(page, 1, "const a = 2;");
  await page.reload();
  await idle(page);
  expect(asked).toEqual(["beforeunload"]);
  await write(page, 1, "const a = 3;");
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save a copy" }).click();
  await saved;
  await page.reload();
  await idle(page);
  expect(asked).toEqual(["beforeunload"]);
});

test("by the keyboard alone a page is run, fails, is mended and shared, and says what happens", async () => {
  await open([{ source: "const a = 1;" }, { source: "console.log(a + missing);" }, { source: "a * 10" }]);
  // What a screen reader is told: live regions, alerts and states, in their order.
  await page.evaluate(() => {
    const told: string[] = [];
    Object.assign(window, { told });
    new MutationObserver((changes) => {
      for (const { target, addedNodes } of changes)
        for (const node of [target, ...addedNodes]) {
          const element = node instanceof Element ? node : node.parentElement;
          const live = element?.closest("[aria-live], [role=status], [role=alert]");
          const text = live?.textContent?.trim() ?? "";
          if (text !== "" && told.at(-1) !== text) told.push(text);
        }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  const press = (...keys: string[]): Promise<void> =>
    keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
  const focused = (): Promise<string> =>
    page.evaluate(() => document.activeElement?.ariaLabel ?? document.activeElement?.textContent ?? "");
  const goTo = async (name: string, key: string): Promise<void> => {
    const passed: string[] = [];
    while ((await focused()) !== name && passed.length < 30) {
      passed.push(await focused());
      // In an editor Escape comes first, as it says.
      const isEditor = await page.evaluate(() => document.activeElement?.classList.contains("cm-content"));
      await press(...(isEditor === true ? ["Escape"] : []), key);
    }
    expect(await focused(), passed.join(" > ")).toBe(name);
  };
  // The link past the header, then the toolbar.
  await press("Tab", "Tab");
  expect(await focused()).toBe("Run all");
  await press("Enter");
  await page.getByRole("link", { name: "In [2] failed" }).waitFor();
  await goTo("In [2] failed", "Tab");
  await press("Enter");
  expect(await focused()).toBe("Code In [2]");
  await press("Enter", "Control+a");
  await page.keyboard.insertText("console.log(a + 1);");
  await press("Escape", "Control+Enter");
  await idle(page);
  expect(await cell(page, 2).locator(".output").innerText()).toBe("2\n");
  await press("Shift+Tab");
  await goTo("Share", "Shift+Tab");
  await press("Enter");
  await page.getByRole("dialog", { name: "Share" }).waitFor();
  await goTo("Copy the link", "Tab");
  await press("Enter");
  await page.getByText("Copied.").waitFor();
  await press("Escape");
  const told = (await page.evaluate(() => (window as unknown as { told: string[] }).told)).join("\n");
  for (const sentence of [
    "Running …",
    "missing is not defined",
    "In [2] failed; the cells below it did not run.",
    "Ready",
    "Copied.",
  ])
    expect(told).toContain(sentence);
});
