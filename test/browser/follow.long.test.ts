import type { Browser, BrowserContext, Locator } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type JupyterLab, startLabInBrowser } from "./jupyterlab";
import { kernelReady, readSettings, recordMessages, saveSettings, writeNotebook } from "./made";
import { type Notebook, openNotebook } from "./notebook";

const name = "following.ipynb";
const other = "other.ipynb";
const plugin = "tslab-gradients:stale-cells";

/** Each begins with its name, by which the tests find it. */
const cells = [
  "let size = 3;",
  `/* doubled */
if (size === 13) throw new Error("unlucky");
if (size === 14) await new Promise(() => {});
let doubled = size * 2;
doubled`,
  "/* tripled */ let tripled = doubled * 3; tripled",
  { source: "/* byHand */ let byHand = doubled + 1; byHand", metadata: { tags: ["manual"] } },
  "/* behind */ byHand + 1",
  "/* slow */ await new Promise((done) => setTimeout(done, Math.min(2100, size * 700))); 'slept ' + size",
  "/* apart */ 'apart'",
];

let browser: Browser;
let context: BrowserContext;
let lab: JupyterLab;
let notebook: Notebook;

beforeAll(async () => {
  ({ browser, lab, context } = await startLabInBrowser());
  await writeNotebook(lab, name, cells);
  await writeNotebook(lab, other, ["let x = 1;", "x + 1"]);
  notebook = await openNotebook(context, lab.address(name));
  await kernelReady(notebook);
  await notebook.command("notebook:run-all-cells");
});

afterAll(async () => {
  await browser?.close();
  await lab?.stop();
});

const toggle = (): Locator => notebook.page.getByRole("switch", { name: "Run dependents automatically" });
const isOn = () => toggle().getAttribute("aria-checked");
const output = async (start: string) =>
  (await (await notebook.cell(start)).locator(".jp-OutputArea-output").allTextContents()).join("\n").trim();
/** What the lines above the marked cells say, without cells' numbers, a slow machine's times and the button's words. */
const marked = async () =>
  (await notebook.page.getByRole("note").locator("span").allTextContents()).map((text) =>
    text.replace(/In \[\d+\]/g, "In [n]").replace(/[2-9]\.\d s/, "2.n s"),
  );
/** The numbers that cells have, from top to bottom. */
const counts = async () =>
  (await notebook.page.locator(".jp-CodeCell .jp-InputPrompt").allTextContents()).map((text) =>
    Number(/\d+/.exec(text)),
  );

async function type(start: string, line: string): Promise<void> {
  await notebook.retypeFirstLine(start, line);
  await notebook.command("notebook:run-cell");
}
const setSize = (size: number) => type("let size", `let size = ${size};`);

const plain = "In [n] ran before its inputs changed.";
const byHand = `${plain} It is tagged “manual”, so it waits for a click.`;
const behind = `${plain} It waits for In [n].`;
const slow = `${plain} Its last run took 2.n s, so it waits for a click.`;

test("off, as it is at first: dependents are marked and none of them runs", async () => {
  await expect.poll(() => output("/* apart")).toContain("apart");
  expect(await isOn()).toBe("false");
  await setSize(4);
  await expect.poll(marked).toEqual([plain, plain, plain, plain, plain]);
  expect(await output("/* doubled")).toBe("6");
  expect(await marked()).toHaveLength(5);
});

test("the switch is reached and turned by keys; what waits runs, but for what is for a click", async () => {
  const { page } = notebook;
  await page.locator(".jp-NotebookPanel-toolbar [data-jp-item-name=save] >> nth=0").waitFor();
  await page.getByRole("button", { name: /^Save/ }).first().focus();
  const isFocused = () => toggle().evaluate((node) => node === document.activeElement);
  for (let i = 0; i < 30 && !(await isFocused()); i++) await page.keyboard.press("ArrowRight");
  expect(await isFocused()).toBe(true);
  await page.keyboard.press("Space");
  expect(await isOn()).toBe("true");
  await expect.poll(() => output("/* tripled")).toBe("24");
  expect(await output("/* doubled")).toBe("8");
  await expect.poll(marked).toEqual([byHand, behind, slow]);
  expect(await output("/* behind")).toBe("8");
  expect(await readSettings(lab, plugin)).toEqual({ runDependentsAutomatically: true });
});

test("on: what hangs on a cell that the reader runs follows, from top to bottom, each once", async () => {
  const before = await counts();
  await setSize(5);
  await expect.poll(() => output("/* tripled")).toBe("30");
  await expect.poll(marked).toEqual([byHand, behind, slow]);
  const last = Math.max(...before);
  expect(await counts()).toEqual([last + 1, last + 2, last + 3, ...before.slice(3)]);
});

test("a click runs those that wait for one, and what hangs on them", async () => {
  await notebook.page.getByRole("note").first().getByRole("button", { name: "Run dependents" }).click();
  await expect.poll(marked).toEqual([]);
  expect(await output("/* behind")).toBe("12");
  expect(await output("/* slow")).toContain("slept 5");
});

test("a cell that was quick at its last run follows again", async () => {
  await type("/* slow", "/* slow, but it does not sleep any more */ 'awake ' + size");
  await setSize(6);
  await expect.poll(() => output("/* slow")).toContain("awake 6");
  await expect.poll(marked).toEqual([byHand, behind]);
});

test("an error ends it, and is told: the cells after it wait, and follow once the cell runs", async () => {
  const { page } = notebook;
  await setSize(13);
  const ends = `${plain} It waits for In [n], which did not run to its end.`;
  await expect.poll(marked).toEqual([ends, byHand, behind, ends]);
  expect(await output("/* tripled")).toBe("36");
  expect(await output("/* slow")).toContain("awake 6");
  const said = page.locator(".Toastify__toast");
  expect(await said.first().textContent()).toMatch(
    /^Running the dependents stopped at In \[\d+\], which did not run to its end\.Go to In \[\d+\]$/i,
  );
  await notebook.cell("/* apart");
  await said.first().getByRole("button", { name: /Go to/ }).click();
  await expect
    .poll(() => page.locator(".jp-mod-active .cm-line").first().textContent())
    .toBe("/* doubled */");
  await setSize(7);
  await expect.poll(() => output("/* tripled")).toBe("42");
  await expect.poll(marked).toEqual([byHand, behind]);
});

test("an interrupt ends it", async () => {
  await setSize(14);
  await expect
    .poll(async () => (await notebook.cell("/* doubled")).locator(".jp-InputPrompt").textContent())
    .toBe("[*]:");
  await notebook.command("kernelmenu:interrupt");
  const ends = `${plain} It waits for In [n], which did not run to its end.`;
  await expect.poll(marked).toEqual([ends, byHand, behind, ends]);
  expect(await output("/* tripled")).toBe("42");
  await setSize(8);
  await expect.poll(() => output("/* tripled")).toBe("48");
});

test("the reader's own queue runs first", async () => {
  await recordMessages(notebook);
  await notebook.retypeFirstLine("let size", "let size = 9;");
  await type("/* apart", "/* apart */ await new Promise((done) => setTimeout(done, 500)); 'apart'");
  await notebook.retypeFirstLine("let size", "let size = 10;");
  await notebook.page.evaluate(() => {
    const run = () => window.jupyterapp!.commands.execute("notebook:run-cell");
    const content = window.jupyterapp!.shell.currentWidget!.content!;
    void run();
    content.activeCellIndex = content.widgets.length - 1;
    void run();
  });
  await expect.poll(() => output("/* tripled")).toBe("60");
  const ran = () =>
    notebook.page.evaluate(() =>
      window.recorded!.flatMap(({ type, content }) =>
        type === "execute_input" ? [(content as { code: string }).code.split(" ")[1]!] : [],
      ),
    );
  await expect
    .poll(async () => (await ran()).slice(-5))
    .toEqual(["size", "apart", "doubled", "tripled", "slow,"]);
});

test("the reader goes on typing meanwhile: focus, mode and text stay", async () => {
  const { page } = notebook;
  await notebook.retypeFirstLine("let size", "let size = 11;");
  const line = page.locator(".jp-CodeCell", { hasText: "'apart'" }).locator(".cm-line").first();
  await page.evaluate(() => {
    const content = window.jupyterapp!.shell.currentWidget!.content!;
    const [index] = content.widgets.flatMap(({ model }, i) =>
      model.sharedModel.source.startsWith("let size") ? [i] : [],
    );
    content.activeCellIndex = index!;
    void window.jupyterapp!.commands.execute("notebook:run-cell");
  });
  await line.click();
  await page.keyboard.press("End");
  await page.keyboard.type("  // ddxx, typed on", { delay: 15 });
  await expect.poll(() => output("/* tripled")).toBe("66");
  expect(await (await notebook.cell("/* apart")).locator(".cm-line").first().textContent()).toMatch(
    /'apart' {2}\/\/ ddxx, typed on$/,
  );
  expect((await counts()).length).toBe(cells.length);
});

test("a cell that was edited and has not run waits for the reader's run", async () => {
  await notebook.retypeFirstLine("/* tripled", "/* tripled */ let tripled = doubled * 300; tripled");
  await setSize(12);
  const edited = `${plain} It was edited and has not run since, so it waits for a click.`;
  await expect.poll(marked).toEqual([edited, byHand, behind]);
  expect(await output("/* tripled")).toBe("66");
  await type("/* tripled", "/* tripled */ let tripled = doubled * 3; tripled");
  await expect.poll(() => output("/* tripled")).toBe("72");
  await setSize(15);
  await expect.poll(() => output("/* tripled")).toBe("90");
});

test("the setting holds for all notebooks and after a reload, and in the settings' own words", async () => {
  await notebook.command("docmanager:save");
  const second = await openNotebook(context, lab.address(other));
  await kernelReady(second);
  const there = second.page.getByRole("switch", { name: "Run dependents automatically" });
  await expect.poll(() => there.getAttribute("aria-checked")).toBe("true");
  await second.command("notebook:run-all-cells");
  await expect.poll(() => second.page.locator(".jp-OutputArea-output").allTextContents()).toEqual(["2"]);
  await second.retypeFirstLine("let x", "let x = 2;");
  await second.command("notebook:run-cell");
  await expect.poll(() => second.page.locator(".jp-OutputArea-output").allTextContents()).toEqual(["3"]);
  await second.command("settingeditor:open", { query: "Dependent Cells" });
  const box = second.page.getByRole("checkbox", { name: "Run dependents automatically" });
  expect(await box.isChecked()).toBe(true);
  await box.click();
  await expect.poll(() => readSettings(lab, plugin)).toEqual({ runDependentsAutomatically: false });
  await second.page.close();
  await notebook.page.reload();
  await kernelReady(notebook);
  await expect.poll(isOn).toBe("false");
  await toggle().click();
  expect(await isOn()).toBe("true");
});

test("in a narrow notebook the switch is in the toolbar's menu, and works there", async () => {
  const { page } = notebook;
  await page.setViewportSize({ width: 700, height: 700 });
  await expect.poll(() => toggle().isVisible()).toBe(false);
  await page.locator(".jp-NotebookPanel-toolbar .jp-Toolbar-responsive-opener").click();
  await toggle().click();
  expect(await isOn()).toBe("false");
  await toggle().click();
  expect(await isOn()).toBe("true");
  await page.keyboard.press("Escape");
  await page.setViewportSize({ width: 1280, height: 900 });
  await expect.poll(() => toggle().isVisible()).toBe(true);
});

test("without a kernel of ours there is no switch", async () => {
  const { page } = notebook;
  await notebook.command("kernelmenu:shutdown");
  await expect.poll(() => toggle().isVisible()).toBe(false);
  // ipykernel's, which JupyterLab brings.
  const implementation = await page.evaluate(async () => {
    const { sessionContext } = window.jupyterapp!.shell.currentWidget as unknown as {
      sessionContext: {
        changeKernel(of: { name: string }): Promise<{ info: Promise<{ implementation: string }> }>;
      };
    };
    return (await (await sessionContext.changeKernel({ name: "python3" })).info).implementation;
  });
  expect(implementation).toBe("ipython");
  expect(await toggle().isVisible()).toBe(false);
  await page.evaluate(async () => {
    const { sessionContext } = window.jupyterapp!.shell.currentWidget as unknown as {
      sessionContext: { changeKernel(of: { name: string }): Promise<object> };
    };
    await sessionContext.changeKernel({ name: "tslab" });
  });
  await expect.poll(() => toggle().isVisible()).toBe(true);
});

test("in a Chinese JupyterLab the switch, its setting and what waits are Chinese", async () => {
  await saveSettings(lab, "@jupyterlab/translation-extension:plugin", { locale: "zh_CN" });
  await notebook.page.reload();
  await kernelReady(notebook);
  const chinese = notebook.page.getByRole("switch", { name: "自动运行受影响的单元格" });
  await expect.poll(() => chinese.getAttribute("aria-checked")).toBe("true");
  await notebook.command("notebook:run-all-cells");
  await expect.poll(() => output("/* apart")).toContain("apart");
  await setSize(16);
  await expect.poll(() => output("/* tripled")).toBe("96");
  await expect
    .poll(marked)
    .toEqual([
      "In [n] 运行之后，它的输入又变了。它带有“manual”标签，要按一下才会运行。",
      "In [n] 运行之后，它的输入又变了。它在等 In [n]。",
    ]);
  await notebook.command("settingeditor:open", { query: "受影响的单元格" });
  await notebook.page.getByRole("checkbox", { name: "自动运行受影响的单元格" }).waitFor();
});
