import type { BrowserContext, Locator, Page } from "playwright-core";

/** The little of JupyterLab's application object that the tests use; `--LabApp.expose_app_in_browser` puts it there. */
interface Application {
  commands: { execute(command: string, options?: object): Promise<unknown> };
  shell: { currentWidget: { content?: NotebookContent } | null };
}

interface NotebookContent {
  activeCellIndex: number;
  widgets: { model: { sharedModel: { source: string }; trusted: boolean } }[];
  scrollToItem(index: number, align: string): Promise<void>;
}

declare global {
  interface Window {
    jupyterapp?: Application;
  }
}

/** A notebook that is open in JupyterLab. */
export interface Notebook {
  page: Page;
  command(name: string, options?: object): Promise<void>;
  /** Scrolls to the code cell whose source begins with this, and makes it the active one. */
  cell(start: string): Promise<Locator>;
  trusted(start: string): Promise<boolean>;
  /** Puts this in the place of the first line of the cell, as a reader does. */
  retypeFirstLine(start: string, line: string): Promise<void>;
}

export async function openNotebook(context: BrowserContext, address: string): Promise<Notebook> {
  const page = await context.newPage();
  await page.goto(address);
  await page.waitForFunction(
    () => (window.jupyterapp?.shell.currentWidget?.content?.widgets?.length ?? 0) > 1,
  );

  async function command(name: string, options = {}) {
    await page.evaluate(([name, options]) => window.jupyterapp!.commands.execute(name, options), [
      name,
      options,
    ] as const);
  }

  async function cell(start: string) {
    await page.evaluate(async (start) => {
      const content = window.jupyterapp!.shell.currentWidget!.content!;
      const index = content.widgets.findIndex(({ model }) => model.sharedModel.source.startsWith(start));
      if (index < 0) throw new Error(`No cell begins with ${start}`);
      content.activeCellIndex = index;
      await content.scrollToItem(index, "start");
    }, start);
    return page.locator(".jp-Notebook-cell.jp-mod-active");
  }

  return {
    page,
    command,
    cell,
    trusted: (start) =>
      page.evaluate((start) => {
        const { widgets } = window.jupyterapp!.shell.currentWidget!.content!;
        return widgets.some(({ model }) => model.trusted && model.sharedModel.source.startsWith(start));
      }, start),
    async retypeFirstLine(start, line) {
      await (await cell(start)).locator(".cm-line").first().click();
      await page.keyboard.press("Home");
      await page.keyboard.press("Shift+End");
      await page.keyboard.insertText(line);
    },
  };
}
