import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { ICommandPalette, Notification } from "@jupyterlab/apputils";
import { PageConfig } from "@jupyterlab/coreutils";
import { IMainMenu } from "@jupyterlab/mainmenu";
import { INotebookTracker, type NotebookPanel } from "@jupyterlab/notebook";
import { ITranslator } from "@jupyterlab/translation";
import { Menu } from "@lumino/widgets";
import { isChinese } from "../language";
import { copies, type Entry, wholes } from "./entries";
import { fetchExport } from "./fetch";
import { addRefusalStyle, showRefusal } from "./refusal";
import { type Words, wordsOf } from "./words";

const command = "tslab-gradients:export";
type Args = { entry: Entry; place?: "menu" | "submenu" | "palette" };

/** JupyterLab's own submenu, which it fills with what nbconvert writes once a notebook is open. */
const submenu = "jp-mainmenu-file-notebookexport";

/** The server does the work, with the extension that set-up gives it; where it has none there is no entry. */
export const exportPlugin: JupyterFrontEndPlugin = {
  id: "tslab-gradients:export",
  description: "Exports notebooks as live pages, slides, PDF and copies for students and teachers.",
  autoStart: true,
  requires: [INotebookTracker],
  optional: [IMainMenu, ICommandPalette, ITranslator],
  activate(
    { commands, serviceManager, shell }: JupyterFrontEnd,
    tracker: INotebookTracker,
    menu: IMainMenu | null,
    palette: ICommandPalette | null,
    translator: ITranslator | null,
  ) {
    if (PageConfig.getOption("tslabGradientsExport") !== "true") return;
    addRefusalStyle();
    const chinese = isChinese(translator);
    const words = wordsOf(chinese);
    const current = (): NotebookPanel | null =>
      tracker.currentWidget === shell.currentWidget ? tracker.currentWidget : null;
    commands.addCommand(command, {
      label: (args) => {
        const { entry, place } = args as Args;
        if (place === "submenu") return words.formats[entry.to];
        return place === "palette" ? words.command(nameOf(entry, words)) : nameOf(entry, words);
      },
      isEnabled: () => current() !== null,
      async execute(args) {
        const { entry } = args as Args;
        const panel = current();
        if (panel === null) return;
        const path = serviceManager.contents.localPath(panel.context.path);
        await exportAs(panel, path, entry, { language: chinese ? "zh" : "en", words });
      },
    });
    const target = menu?.fileMenu.items.find((item) => item.submenu?.id === submenu)?.submenu;
    let rank = 0;
    for (const entry of wholes) target?.addItem({ command, args: { entry, place: "menu" }, rank: rank++ });
    for (const { variant, entries } of copies) {
      const copy = new Menu({ commands });
      copy.title.label = words.copies[variant];
      for (const entry of entries) copy.addItem({ command, args: { entry, place: "submenu" } });
      target?.addItem({ type: "submenu", submenu: copy, rank: rank++ });
    }
    target?.addItem({ type: "separator", rank: rank++ });
    for (const entry of [wholes, ...copies.map(({ entries }) => entries)].flat())
      palette?.addItem({ command, category: words.category, args: { entry, place: "palette" } });
  },
};

function nameOf({ to, variant }: Entry, words: Words): string {
  const format = words.formats[to];
  return variant === null ? format : words.copy(words.copies[variant], format);
}

/** Saves the notebook, exports it and hands the file to the browser, or shows why it cannot be. */
async function exportAs(
  panel: NotebookPanel,
  path: string,
  entry: Entry,
  { language, words }: { language: string; words: Words },
): Promise<void> {
  const { context } = panel;
  if (context.model.dirty && !context.model.readOnly) await context.save();
  for (let allow: string[] = []; ;) {
    const message = words.exporting(nameOf(entry, words));
    const progress = Notification.emit(message, "in-progress", { autoClose: false });
    const outcome = await fetchExport(path, entry, { allow, language, words });
    if ("content" in outcome) {
      Notification.update({
        id: progress,
        message: words.exported(outcome.file),
        type: "success",
        autoClose: 5000,
      });
      return download(outcome.file, outcome.content);
    }
    Notification.dismiss(progress);
    const decision = await showRefusal(outcome.problems, words);
    if (decision === null) return;
    if (decision !== "anyway") return goTo(panel, decision.cell);
    allow = [...new Set(outcome.problems.flatMap((problem) => problem.allow ?? []))];
  }
}

function download(file: string, content: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = file;
  link.click();
  // The browser has the file once it has begun to write it.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function goTo({ content }: NotebookPanel, cell: number): Promise<void> {
  content.activate();
  content.activeCellIndex = cell - 1;
  content.deselectAll();
  await content.scrollToItem(cell - 1, "smart");
}
