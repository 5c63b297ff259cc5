import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { extractText, getDocumentProxy } from "unpdf";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sourceHash } from "../../dist/runtime/stalecells";
import { foreignRequests, startChromium } from "./chromium";
import { type JupyterLab, startJupyterLab } from "./jupyterlab";
import { kernelReady, readNotebook, saveSettings, type WrittenCell, writeNotebook } from "./made";
import { type Notebook, openNotebook } from "./notebook";

let browser: Browser;
let context: BrowserContext;
let foreign: string[];
let lab: JupyterLab;
const folder = mkdtempSync(join(tmpdir(), "menu-"));

beforeAll(async () => {
  const { venvJupyter } = await import("../../src/setup/paths.mjs");
  [browser, lab] = await Promise.all([
    startChromium(),
    startJupyterLab([join(venvJupyter, "labextensions")]),
  ]);
  context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  context.setDefaultTimeout(30_000);
  foreign = foreignRequests(context);
});

afterAll(async () => {
  await browser?.close();
  await lab?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const solution = "const total = values.reduce((sum, value) => sum + value, 0);";
const mean = `function mean(values: number[]): number {
  // BEGIN SOLUTION
  ${solution}
  return total / values.length;
  // END SOLUTION
}`;
const printed = { output_type: "stream", name: "stdout", text: "0.5\n" };

const languages = {
  en: {
    locale: "en",
    title: "Means of numbers",
    unsolved: "Not solved yet.",
    file: "File",
    exportAs: "Save and Export Notebook As",
    formats: {
      html: "Live Page (HTML)",
      slides: "Live Slides (HTML)",
      pdf: "PDF (tslab-gradients)",
      ipynb: "Notebook",
    },
    variants: { student: "Student's Copy", teacher: "Teacher's Copy", key: "Answer Key" },
    refused: "The notebook was not exported",
    goTo: (cell: number) => `Go to cell ${cell}`,
    anyway: "Export Anyway",
    close: "Close",
    notRun: "Cell 3 has not run; run it.",
    edited: "Cell 2 (In [1]) was edited after it ran; run it again.",
    unpaired: "Cell 2 (In [1]) has BEGIN SOLUTION without END SOLUTION.",
    noSolutions: /^refused\.ipynb has no solutions; expected /,
    leak: /^The text of cell 3 has ".*" of line \d of cell 2 \(In \[1\]\); expected nothing of a solution/,
  },
  zh: {
    locale: "zh_CN",
    title: "几个数的平均数",
    unsolved: "尚未作答。",
    file: "文件",
    exportAs: "保存并导出笔记本为",
    formats: {
      html: "可运行的网页（HTML）",
      slides: "可运行的幻灯片（HTML）",
      pdf: "PDF（tslab-gradients）",
      ipynb: "笔记本",
    },
    variants: { student: "学生版", teacher: "教师版", key: "答案" },
    refused: "笔记本没有导出",
    goTo: (cell: number) => `转到第 ${cell} 个单元格`,
    anyway: "仍然导出",
    close: "关闭",
    notRun: "第 3 个单元格没有运行过；请运行。",
    edited: "第 2 个单元格（In [1]）运行之后又被修改；请再运行。",
    unpaired: "第 2 个单元格（In [1]）有 BEGIN SOLUTION，却没有 END SOLUTION。",
    noSolutions: /^refused\.ipynb 里没有答案；/,
    leak: /^第 3 个单元格的文字里有第 2 个单元格（In \[1\]）第 \d 行中的 ".*"；不应有答案/,
  },
};

type Format = keyof typeof languages.en.formats;
type Variant = keyof typeof languages.en.variants | null;
const entries: [variant: Variant, format: Format][] = [
  ...(["html", "slides", "pdf"] as const).map((format): [null, Format] => [null, format]),
  ...(["student", "teacher", "key"] as const).flatMap((variant) =>
    (["ipynb", "html", "slides", "pdf"] as const).map((format): [Variant, Format] => [variant, format]),
  ),
];
const extensions = { html: "html", slides: "slides.html", pdf: "pdf", ipynb: "ipynb" };

describe.each(["en", "zh"] as const)("in JupyterLab's language %s", (language) => {
  const words = languages[language];
  let notebook: Notebook;

  const lesson = (...cells: (string | WrittenCell)[]): (string | WrittenCell)[] => [
    { cell_type: "markdown", source: `# ${words.title}` },
    ...cells,
  ];

  beforeAll(async () => {
    await saveSettings(lab, "@jupyterlab/translation-extension:plugin", { locale: words.locale });
    await writeNotebook(
      lab,
      "lesson 1.ipynb",
      lesson(
        { source: mean, execution_count: 1 },
        { source: "console.log(mean([0, 1]));", execution_count: 2, outputs: [printed] },
      ),
    );
    notebook = await openNotebook(context, `${lab.address("lesson%201.ipynb")}&reset`);
    await kernelReady(notebook);
  });
  afterAll(() => notebook?.page.close());

  /** Clicks an entry as a reader does, from the menu bar on; once more where the menu closed while the page was made. */
  async function choose(page: Page, [variant, format]: [Variant, Format], attempts = 3): Promise<void> {
    const item = (text: string) => page.locator(".lm-Menu").last().getByText(text, { exact: true });
    try {
      await page.locator(".lm-MenuBar-itemLabel").getByText(words.file, { exact: true }).click();
      await item(words.exportAs).click({ timeout: 5000 });
      if (variant !== null) await item(words.variants[variant]).click({ timeout: 5000 });
      await item(words.formats[format]).click({ timeout: 5000 });
    } catch (error) {
      if (attempts === 1) throw error;
      for (let i = 0; i < 3; i++) await page.keyboard.press("Escape");
      await choose(page, [variant, format], attempts - 1);
    }
  }

  /** The text of what was downloaded, opened as a reader opens it. */
  async function opened(path: string, format: Format): Promise<string> {
    if (format === "pdf") {
      const document = await getDocumentProxy(new Uint8Array(readFileSync(path)));
      return (await extractText(document, { mergePages: true })).text;
    }
    if (format === "ipynb") {
      const { cells } = JSON.parse(readFileSync(path, "utf8")) as { cells: { source: string[] }[] };
      return cells.map(({ source }) => source.join("")).join("\n");
    }
    const page = await context.newPage();
    const failures: string[] = [];
    page.on("pageerror", ({ message }) => failures.push(message));
    await page.goto(pathToFileURL(path).href);
    await page.getByText(words.title).first().waitFor();
    const text = await page.evaluate(() => {
      for (const script of document.querySelectorAll("script, style")) script.remove();
      return document.body.textContent;
    });
    expect(failures).toEqual([]);
    await page.close();
    return text;
  }

  test.each(entries)("%s, %s: a click gives the file", async (variant, format) => {
    const { page } = notebook;
    const begins = page.waitForEvent("download");
    await choose(page, [variant, format]);
    const download = await begins;
    const name = `lesson 1${variant === null ? "" : `-${variant}`}.${extensions[format]}`;
    expect(download.suggestedFilename()).toBe(name);
    const path = join(folder, language, name);
    await download.saveAs(path);
    // A PDF breaks lines where a column ends.
    const text = (await opened(path, format)).replace(/\s+/g, " ");
    const isStudents = variant === "student";
    expect(text.includes("values.reduce")).toBe(!isStudents);
    expect(text.includes(words.unsolved)).toBe(isStudents);
    if (variant !== "key") expect(text).toContain(words.title);
  });

  test("what has not been saved is saved first, and exported", async () => {
    const { page } = notebook;
    await notebook.retypeFirstLine("console.log(mean", "console.log(mean([0, 1])); // new");
    const begins = page.waitForEvent("download");
    await choose(page, ["teacher", "ipynb"]);
    const path = join(folder, language, "new.ipynb");
    await (await begins).saveAs(path);
    expect(await opened(path, "ipynb")).toContain("// new");
    expect(JSON.stringify(await readNotebook(lab, "lesson%201.ipynb"))).toContain("// new");
  });

  /** Opens a notebook, chooses an entry and gives the dialog that opens. */
  async function refusal(
    cells: (string | WrittenCell)[],
    entry: [Variant, Format],
  ): Promise<{ page: Page; sentences: string[] }> {
    await writeNotebook(lab, "refused.ipynb", lesson(...cells));
    const refused = await openNotebook(context, `${lab.address("refused.ipynb")}&reset`);
    // Until then the menu may be made anew while it is open.
    await kernelReady(refused);
    const { page } = refused;
    await choose(page, entry);
    const dialog = page.locator(".jp-Dialog");
    await dialog.getByText(words.refused).waitFor();
    return { page, sentences: await dialog.locator("li span").allTextContents() };
  }

  test("cells that were edited or have not run: a button goes to each", async () => {
    const metadata = { "tslab-gradients": { source: sourceHash("let x = 1;") } };
    const { page, sentences } = await refusal(
      [{ source: "let x = 2;", execution_count: 1, metadata }, "x"],
      [null, "html"],
    );
    expect(sentences).toEqual([words.edited, words.notRun]);
    await page.getByRole("button", { name: words.goTo(3) }).click();
    expect(await page.locator(".jp-Dialog").count()).toBe(0);
    const active = page.locator(".jp-Notebook-cell.jp-mod-active");
    await expect.poll(() => active.locator(".cm-line").allTextContents()).toEqual(["x"]);
    await page.close();
  });

  test("what may be allowed can be exported all the same", async () => {
    const { page } = await refusal([{ source: "let x = 2;", execution_count: 1 }, "x"], [null, "html"]);
    const begins = page.waitForEvent("download");
    await page.getByRole("button", { name: words.anyway }).click();
    expect((await begins).suggestedFilename()).toBe("refused.html");
    await page.close();
  });

  const encoded = Buffer.from(solution).toString("base64");
  test.each<[string, (string | WrittenCell)[], [Variant, Format], string | RegExp, number | null]>([
    [
      "marks that do not pair",
      [{ source: "// BEGIN SOLUTION\nlet x = 1;", execution_count: 1 }],
      ["student", "html"],
      words.unpaired,
      2,
    ],
    [
      "a leak",
      [
        { source: mean, execution_count: 1 },
        { cell_type: "markdown", source: encoded },
      ],
      ["student", "html"],
      words.leak,
      3,
    ],
    ["no solutions", [{ source: "let x = 1;", execution_count: 1 }], ["key", "pdf"], words.noSolutions, null],
  ])("%s: told, and not to be allowed", async (_, cells, entry, expected, cell) => {
    const { page, sentences } = await refusal(cells, entry);
    expect(sentences).toHaveLength(1);
    if (typeof expected === "string") expect(sentences[0]).toBe(expected);
    else expect(sentences[0]).toMatch(expected);
    expect(await page.getByRole("button", { name: words.anyway }).count()).toBe(0);
    const buttons = page.locator(".jp-Dialog li").getByRole("button");
    const names = await Promise.all((await buttons.all()).map((button) => button.getAttribute("aria-label")));
    expect(names).toEqual(cell === null ? [] : [words.goTo(cell)]);
    await page.close();
  });
});

test("the server's own menu has no entry of ours that fails", async () => {
  const address = new URL(lab.address(""));
  address.pathname = "/api/nbconvert";
  const formats = Object.keys((await (await fetch(address)).json()) as object);
  expect(formats).toContain("html");
  expect(formats.filter((name) => name.startsWith("tslab"))).toEqual([]);
});

test("no page asked another host for anything", () => {
  expect(foreign).toEqual([]);
});
