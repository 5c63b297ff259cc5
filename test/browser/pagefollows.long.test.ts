import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ipynb } from "../../dist/export/writenotebook";
import { cellsOf } from "../export/cells";
import { followed } from "./followed";
import { hiddenStates } from "./hiddenstates";
import { cell, idle, type Pages, startPages, write } from "./pages";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let pages: Pages;

beforeAll(async () => (pages = await startPages()));
afterAll(() => pages?.end());

async function pageOf(sources: string[], tags: { [cell: number]: string } = {}): Promise<Page> {
  const path = join(pages.folder, "small.ipynb");
  const cells = cellsOf([
    { source: "# Small" },
    ...sources.map((code, i) => ({ code, count: i + 1, tags: tags[i + 1] ? [tags[i + 1]!] : [] })),
  ]);
  writeFileSync(path, ipynb(cells));
  await pages.make(path, "small.html");
  return pages.open("small.html");
}

async function runAll(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Run all" }).click();
  await expect.poll(() => page.locator(".state:not(:empty)").count()).toBe(0);
  await idle(page);
}

const output = (page: Page, number: number): Promise<string> =>
  cell(page, number).locator(".output").innerText();
const standing = (page: Page, number: number): Promise<string> =>
  cell(page, number).locator(".standing").innerText();
const state = (page: Page, number: number): Promise<string> =>
  cell(page, number).locator(".state").innerText();

/** From now on the cells that run are written down, by their places. */
async function record(page: Page): Promise<void> {
  await page.evaluate(() => {
    const ran: number[] = [];
    Object.assign(window, { ran });
    const sections = [...document.querySelectorAll(".cell.code")];
    document.addEventListener("ran", ({ target }) => ran.push(sections.indexOf(target as Element)));
  });
}

const recorded = (page: Page): Promise<number[]> =>
  page.evaluate(() => (window as unknown as { ran: number[] }).ran);

test.each([...followed, ...hiddenStates])(
  "$name: exactly what hangs on it runs",
  { timeout: 30_000 },
  async ({ cells, isFresh, edit, runs }) => {
    const page = await pageOf(cells);
    if (!isFresh) await runAll(page);
    await record(page);
    const [place, code] = edit;
    if (code === undefined)
      await cell(page, place + 1)
        .locator("button.run")
        .click();
    else {
      await write(page, place + 1, code);
      await page.keyboard.press("Control+Enter");
    }
    await page.waitForTimeout(50);
    await idle(page);
    expect(await recorded(page)).toEqual(runs);
    await page.close();
  },
);

test(
  "what follows an edit and does not end is stopped after 10 seconds, and the rest stays",
  { timeout: 60_000 },
  async () => {
    const page = await pageOf([
      "let n = 1;",
      "while (n > 1) {}\nconsole.log('ended');",
      "console.log(n);",
      "await (n === 3 ? new Promise(() => {}) : 4);\nconsole.log('came');",
    ]);
    await runAll(page);
    await write(page, 1, "let n = 2;");
    await cell(page, 2).getByText("it did not end within 10 seconds").waitFor({ timeout: 20_000 });
    await expect.poll(() => output(page, 3)).toBe("2\n");
    expect(await output(page, 2)).toBe("ended\n");
    await write(page, 1, "let n = 3;");
    await expect.poll(() => output(page, 3), { timeout: 20_000 }).toBe("3\n");
    await cell(page, 4).getByText("it did not end within 10 seconds").waitFor({ timeout: 20_000 });
    expect(await output(page, 4)).toBe("came\n");
    await write(page, 1, "let n = 0;");
    await expect.poll(() => output(page, 3)).toBe("0\n");
    await idle(page);
    expect(await page.locator(".standing:visible").allInnerTexts()).toEqual([]);
    await page.close();
  },
);

test(
  "an edit while cells run drops the old run, which is mixed into nothing",
  { timeout: 60_000 },
  async () => {
    const page = await pageOf([
      "let n = 1;",
      "console.log('a', n);\nawait new Promise((resolve) => setTimeout(resolve, 1500));\nconsole.log('b', n);",
      "console.log('c', n);",
    ]);
    await runAll(page);
    await write(page, 1, "let n = 2;");
    await expect.poll(() => output(page, 2)).toContain("a 2");
    await write(page, 1, "let n = 3;");
    await expect.poll(() => output(page, 3), { timeout: 15_000 }).toBe("c 3\n");
    expect(await output(page, 2)).toBe("a 3\nb 3\n");
    await page.close();
  },
);

test(
  "while what is typed is no TypeScript nothing runs and nothing is lost",
  { timeout: 60_000 },
  async () => {
    const page = await pageOf(["let n = 1;\nconsole.log(n);", "console.log(2 * n);"]);
    await runAll(page);
    await record(page);
    await write(page, 1, "let n = (4;");
    await cell(page, 1).getByText("this is no TypeScript yet").waitFor();
    expect(await recorded(page)).toEqual([]);
    expect([await output(page, 1), await output(page, 2)]).toEqual(["1\n", "2\n"]);
    await write(page, 1, "let n = (4);\nconsole.log(n);");
    await expect.poll(() => output(page, 2)).toBe("8\n");
    expect(await recorded(page)).toEqual([0, 1]);
    await page.close();
  },
);

test(
  "a cell tagged manual, and one that took over 2 seconds, wait for a click",
  { timeout: 60_000 },
  async () => {
    const page = await pageOf(
      [
        "let n = 1;",
        "console.log('manual', n);",
        "const slow = await new Promise<number>((resolve) => setTimeout(() => resolve(n), 2100));",
        "console.log('below', slow);",
      ],
      { 2: "manual" },
    );
    await runAll(page);
    await write(page, 1, "let n = 2;");
    await expect.poll(() => state(page, 3)).toBe("waits");
    await idle(page);
    expect(await output(page, 2)).toBe("manual 1\n");
    expect(await standing(page, 4)).toContain("It waits for In [3], which runs at a click.");
    await cell(page, 2).getByRole("button", { name: "Run In [2]" }).last().click();
    await expect.poll(() => output(page, 2)).toBe("manual 2\n");
    await cell(page, 3).locator(".standing button").click();
    await expect.poll(() => output(page, 4), { timeout: 15_000 }).toBe("below 2\n");
    expect(await page.locator(".standing:visible").count()).toBe(0);
    await page.close();
  },
);

test("what hangs on a failed cell says for which it waits", async () => {
  const page = await pageOf(["let n = 1;", "const m = n * 2;", "console.log(m);", "console.log(n);"]);
  await runAll(page);
  await write(page, 2, "const m = n.none.none;");
  await page.keyboard.press("Control+Enter");
  await expect.poll(() => state(page, 3)).toBe("waits");
  expect(await state(page, 2)).toBe("failed");
  const count = await cell(page, 2).locator(".count").innerText();
  expect(await standing(page, 3)).toBe(`It waits for ${count}, which did not end well.`);
  expect(await output(page, 3)).toBe("2\n");
  expect(await state(page, 4)).toBe("");
  await page.close();
});

test(
  "with the switch off cells are marked alone; link and copy keep it, and what is out of date",
  { timeout: 60_000 },
  async () => {
    const page = await pageOf(["let n = 1;", "console.log(n);", "console.log('other');"]);
    await runAll(page);
    const follow = page.getByRole("switch", { name: "Follow edits" });
    expect(await follow.getAttribute("aria-checked")).toBe("true");
    await follow.click();
    await write(page, 1, "let n = 2;");
    await expect.poll(() => state(page, 2)).toBe("out of date");
    expect([await output(page, 2), await state(page, 3)]).toEqual(["1\n", ""]);

    const coming = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save a copy" }).click();
    await (await coming).saveAs(join(pages.folder, "copy.html"));
    const copy = await pages.open("copy.html");
    expect(await copy.getByRole("switch").getAttribute("aria-checked")).toBe("false");
    expect(await state(copy, 2)).toBe("out of date");
    await copy.close();

    await page.getByRole("button", { name: "Share" }).click();
    const address = await page.locator("dialog input").inputValue();
    expect(address).toContain("follow=off");
    await page.getByRole("button", { name: "Close" }).click();
    const linked = await pages.open("small.html", address.slice(address.indexOf("#")));
    expect(await linked.getByRole("switch").getAttribute("aria-checked")).toBe("false");
    await linked.close();

    await cell(page, 2).getByRole("button", { name: "Run what is out of date" }).click();
    await expect.poll(() => output(page, 2)).toBe("2\n");
    expect(await state(page, 2)).toBe("");
    await page.close();
  },
);

test("code that came in a link runs for nobody but its reader", async () => {
  const page = await pageOf(["let n = 1;", "console.log(n);", "let m = 5;", "console.log(m);"]);
  const ids = await page
    .locator(".cell.code")
    .evaluateAll((all) => all.map(({ id }) => id.slice("cell-".length)));
  const link = deflateRawSync(JSON.stringify({ [ids[0]!]: "let n = 99;" })).toString("base64url");
  await page.close();
  const linked = await pages.open("small.html", `#code=${link}`);
  await record(linked);
  await write(linked, 3, "let m = 6;");
  await expect.poll(() => output(linked, 4)).toBe("6\n");
  await cell(linked, 2).locator("button.run").click();
  await expect.poll(() => standing(linked, 2)).toContain("It uses In [1], whose code came in the link");
  expect(await recorded(linked)).toEqual([2, 3]);
  await cell(linked, 2).getByRole("button", { name: "Run In [1]" }).click();
  await expect.poll(() => output(linked, 2)).toBe("99\n");
  await linked.close();
});

test("where there are controls, what altered an object runs again, for they may ask for it", async () => {
  const page = await pageOf([
    'import { control } from "tslab-gradients";\nconst list = [1];',
    "console.log(list.length);",
    "list.push(2);",
    'const show = control.button({ label: "show" });\nshow.onClick(() => console.log(list));\nshow',
  ]);
  await runAll(page);
  await record(page);
  await write(page, 2, "console.log(-list.length);");
  await page.keyboard.press("Control+Enter");
  await expect.poll(() => output(page, 2)).toBe("-1\n");
  await idle(page);
  // The button may hold parts of the list, too.
  expect(await recorded(page)).toEqual([0, 1, 2, 3]);
  await page.getByRole("button", { name: "show" }).click();
  await expect.poll(() => output(page, 4)).toContain("[ 1, 2 ]");
  await page.close();
});

test("five hundred cells follow an edit of the first", { timeout: 120_000 }, async () => {
  const sources = [
    "let n0 = 1;",
    ...Array.from({ length: 498 }, (_, i) => `let n${i + 1} = n${i} + 1;`),
    "console.log(n498);",
  ];
  const page = await pageOf(sources);
  await write(page, 1, "let n0 = 1001;");
  await expect.poll(() => output(page, 500), { timeout: 60_000 }).toBe("1499\n");
  await page.close();
});

test.each(["light", "dark"] as const)(
  "marks are read by all, %s",
  { timeout: 60_000 },
  async (colorScheme) => {
    const page = await pageOf(["let n = 1;", "const m = n * 2;", "console.log(m);", "console.log(n);"], {
      4: "manual",
    });
    await page.emulateMedia({ colorScheme });
    await runAll(page);
    await write(page, 1, "let n: any = 1;");
    await write(page, 2, "const m = n.none.none;");
    await expect.poll(() => state(page, 3)).toBe("waits");
    await page.evaluate(axe);
    const found = await page.evaluate(async () => {
      const { violations } = await (
        window as unknown as {
          axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
        }
      ).axe.run();
      return violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]);
    });
    expect(found).toEqual([]);
    await page.close();
  },
);
