import { join } from "node:path";
import type { Browser, BrowserContext, Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { explored, exploreType } from "../kernel/explored";
import { foreignRequests, startChromium } from "./chromium";
import { call } from "./explored";
import { type JupyterLab, startJupyterLab } from "./jupyterlab";
import { kernelReady, readNotebook, writeNotebook } from "./made";
import { type Notebook, openNotebook } from "./notebook";

const name = "live.ipynb";
const other = "other.ipynb";
const standalone = call().replace("});", "}, { standalone: true });");

let browser: Browser;
let context: BrowserContext;
let foreign: string[];
/** With our extension, and without it. */
let own: JupyterLab, stock: JupyterLab;
beforeAll(async () => {
  const { venvJupyter } = await import("../../src/setup/paths.mjs");
  [browser, own, stock] = await Promise.all([
    startChromium(),
    startJupyterLab([join(venvJupyter, "labextensions")]),
    startJupyterLab([]),
  ]);
  const saved = await explored({ layerSizes: [3, 3, 3, 1] });
  const whole = await explored({ layerSizes: [3, 3, 3, 1] }, { standalone: true });
  const broken = { ...saved, data: { ...saved.data, [exploreType]: { version: 2 } } };
  const shows = (source: string, bundle: object) => ({
    source,
    outputs: [{ output_type: "display_data", ...bundle }],
  });
  const cells = [shows(call(), saved), shows("'broken'", broken), shows(standalone, whole)];
  await writeNotebook(own, name, cells);
  await writeNotebook(own, other, ["1", "2"]);
  await writeNotebook(stock, name, cells);
  context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  context.setDefaultTimeout(20_000);
  foreign = foreignRequests(context);
});
afterAll(async () => {
  await browser?.close();
  await Promise.all([own, stock].map((lab) => lab?.stop()));
});

const figureIn = (cell: Locator): Locator => cell.locator(".tslab-gradients-explorer");

describe("with the extension", () => {
  let notebook: Notebook;
  const figure = async (): Promise<Locator> => figureIn(await notebook.cell(call()));
  const field = async (name: string): Promise<Locator> => (await figure()).locator(`input[name=${name}]`);
  const seed = async (): Promise<string> => (await field("seed")).inputValue();
  const set = async (name: string, value: string): Promise<void> => {
    await (await field(name)).fill(value);
    await (await field(name)).press("Enter");
  };

  test("a notebook that nobody has run or trusted shows its saved figure, live", async () => {
    notebook = await openNotebook(context, own.address(name));
    expect(await notebook.trusted(call())).toBe(false);
    await set("seed", "7");
    await expect.poll(seed).toBe("7");
    const means = await (await figure()).locator("td.mean").allTextContents();
    expect(means.filter((text) => text !== "")).toHaveLength(6);
  });

  test("data that is no state is explained", async () => {
    const note = figureIn(await notebook.cell("'broken'")).locator("p");
    await expect.poll(() => note.textContent()).toBe("The live figure's version is 2; expected 1.");
  });

  test("what is typed into it is no command of the notebook's", async () => {
    const cells = () => notebook.page.locator(".jp-Notebook-cell").count();
    const before = await cells();
    const sizes = await field("sizes");
    await sizes.click();
    await sizes.press("End");
    await notebook.page.keyboard.type("ddabx");
    expect(await sizes.inputValue()).toBe("3, 3, 3, 1ddabx");
    await sizes.press("Enter");
    expect(await cells()).toBe(before);
    await (await figure()).getByRole("alert").filter({ hasText: "1ddabx" }).waitFor();
    await set("sizes", "3, 4, 4, 1");
  });

  test("what was changed survives another tab and a new view of the output, and is not saved", async () => {
    const { page } = notebook;
    await notebook.command("docmanager:open", { path: other });
    await page.waitForFunction(
      () => window.jupyterapp!.shell.currentWidget!.content!.widgets[0]!.model.sharedModel.source === "1",
    );
    expect(await page.locator(".tslab-gradients-explorer").first().isVisible()).toBe(false);
    await notebook.command("docmanager:open", { path: name });
    await expect.poll(seed).toBe("7");
    await notebook.cell(call());
    await notebook.command("notebook:create-output-view");
    const view = page.locator(".jp-LinkedOutputView .tslab-gradients-explorer input[name=sizes]");
    await expect.poll(() => view.inputValue()).toBe("3, 4, 4, 1");
    await page.locator(".lm-TabBar-tab.lm-mod-current .lm-TabBar-tabCloseIcon").last().click();
  });

  test("Ctrl+S in it saves the notebook, with the data and the picture as they were", async () => {
    await notebook.page.evaluate(() => {
      const { model } = window.jupyterapp!.shell.currentWidget!.content!.widgets[1]!;
      model.sharedModel.source = "'broken' ";
    });
    // JupyterLab leaves out a save that is asked for while it saves by itself.
    const save = async () => {
      await (await field("seed")).press("Control+s");
      return JSON.stringify(await readNotebook(own, name));
    };
    await expect.poll(save).toContain("'broken' ");
    const saved = JSON.stringify(await readNotebook(own, name));
    expect(saved.includes('"layerSizes":[3,3,3,1]')).toBe(true);
    expect(saved.includes("[3,4,4,1]")).toBe(false);
  });

  test("the theme is JupyterLab's", async () => {
    const theme = async () => (await figure()).locator(".explore").getAttribute("data-theme");
    await expect.poll(theme).toBe("light");
    await notebook.command("apputils:change-theme", { theme: "JupyterLab Dark" });
    await expect.poll(theme).toBe("dark");
    await notebook.command("apputils:change-theme", { theme: "JupyterLab Light" });
    await expect.poll(theme).toBe("light");
  });

  test("run again it is what the code says; standalone shows the extension's figure", async () => {
    await kernelReady(notebook);
    await notebook.cell(call());
    await notebook.command("notebook:run-cell");
    await expect.poll(seed).toBe("123");
    expect(await (await field("sizes")).inputValue()).toBe("3, 3, 3, 1");
    const cell = await notebook.cell(standalone);
    await notebook.command("notebook:run-cell");
    await figureIn(cell).locator("svg").first().waitFor();
    expect(await cell.locator(".jp-RenderedHTMLCommon").count()).toBe(0);
  });
});

describe("without the extension", () => {
  test("it is a picture, and with standalone live, in the page's colours", async () => {
    const notebook = await openNotebook(context, stock.address(name));
    const picture = (await notebook.cell(call())).locator('img[src^="data:image/png"]');
    await picture.waitFor();
    const cell = await notebook.cell(standalone);
    // Not trusted yet: no script runs.
    await cell.locator('.jp-RenderedHTMLCommon img[alt*="at layer 2"]').waitFor();
    expect(await cell.locator(".explore").count()).toBe(0);
    await kernelReady(notebook);
    await notebook.command("notebook:run-cell");
    const explore = cell.locator(".jp-RenderedHTMLCommon .explore");
    await explore.locator("svg").first().waitFor();
    expect(await explore.getAttribute("data-theme")).toBe("light");
    const seed = explore.locator("input[name=seed]");
    await seed.fill("7");
    await seed.press("Enter");
    await expect.poll(() => seed.inputValue()).toBe("7");
    await notebook.command("apputils:change-theme", { theme: "JupyterLab Dark" });
    await expect.poll(() => explore.getAttribute("data-theme")).toBe("dark");
    await notebook.page.close();
  });
});

test("no page asked another host for anything", () => {
  expect(foreign).toEqual([]);
});
