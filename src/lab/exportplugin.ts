import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { Dialog, ICommandPalette, Notification } from "@jupyterlab/apputils";
import { PageConfig } from "@jupyterlab/coreutils";
import { IMainMenu } from "@jupyterlab/mainmenu";
import { INotebookTracker, type NotebookPanel } from "@jupyterlab/notebook";
import { ServerConnection } from "@jupyterlab/services";
import { ITranslator } from "@jupyterlab/translation";
import { Menu, Widget } from "@lumino/widgets";
import { formats, formatTable, variants } from "../export/formats";
import { addStyle } from "./labassets";
import { type Entry, type ExportWords, type MenuFormat, wordsOf } from "./labwords";

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
    addStyle(refusalStyle);
    const { language, exporting: words } = wordsOf(translator);
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
        await exportAs(panel, path, entry, { language, words });
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

function nameOf({ to, variant }: Entry, words: ExportWords): string {
  const format = words.formats[to];
  return variant === null ? format : words.copy(words.copies[variant], format);
}

/** Saves the notebook, exports it and hands the file to the browser, or shows why it cannot be. */
async function exportAs(
  panel: NotebookPanel,
  path: string,
  entry: Entry,
  { language, words }: { language: string; words: ExportWords },
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

/** What the reader decides: to go to a cell, to export all the same, or nothing. */
type Decision = { cell: number } | "anyway" | null;

/** Shows what keeps a notebook from being exported, each problem with a button that leads to its cell. */
async function showRefusal(problems: readonly Problem[], words: ExportWords): Promise<Decision> {
  let cell: number | null = null;
  const list = document.createElement("ul");
  list.className = "tslab-gradients-refusal";
  for (const problem of problems) {
    const item = list.appendChild(document.createElement("li"));
    item.appendChild(document.createElement("span")).textContent = problem.sentence;
    const place = problem.cell;
    if (place === undefined) continue;
    const button = item.appendChild(document.createElement("button"));
    button.type = "button";
    button.textContent = words.goTo;
    button.setAttribute("aria-label", words.goToCell(place));
    button.addEventListener("click", () => {
      cell = place;
      dialog.reject();
    });
  }
  const close = Dialog.cancelButton({ label: words.close });
  const anyway = Dialog.warnButton({ label: words.anyway, caption: words.anywayCaption });
  const isAllowable = problems.every(({ allow }) => allow !== undefined);
  const dialog = new Dialog({
    title: words.refused,
    body: new Widget({ node: list }),
    buttons: isAllowable ? [anyway, close] : [close],
    defaultButton: isAllowable ? 1 : 0,
  });
  const { button } = await dialog.launch();
  if (cell !== null) return { cell };
  return button.accept ? "anyway" : null;
}

/** JupyterLab's own fonts and colours. */
const refusalStyle = `
.tslab-gradients-refusal { max-width: 640px; margin: 0; padding: 0; list-style: none; }
.tslab-gradients-refusal li {
  display: flex;
  align-items: center;
  justify-content: space-between;
  gap: 16px;
  padding: 8px 0;
  line-height: 1.5;
}
.tslab-gradients-refusal li + li { border-top: 1px solid var(--jp-border-color2); }
.tslab-gradients-refusal span { overflow-wrap: anywhere; }
.tslab-gradients-refusal button {
  flex: none;
  padding: 0 8px;
  border: 1px solid var(--jp-border-color1);
  border-radius: 3px;
  background: none;
  color: var(--jp-ui-font-color1);
  font: inherit;
  cursor: pointer;
}
.tslab-gradients-refusal button:hover { background: var(--jp-layout-color2); }
.tslab-gradients-refusal button:focus-visible { outline: 2px solid var(--jp-brand-color1); outline-offset: 2px; }
`;

const offered = (menu: "notebook and copies" | "copies"): MenuFormat[] =>
  formats.filter((format): format is MenuFormat => formatTable[format].menu === menu);

/** What the menu makes of the notebook as it stands. */
const wholes = offered("notebook and copies").map((to): Entry => ({ to, variant: null }));

/** What it makes of its copies. */
const copies = variants.map((variant) => ({
  variant,
  entries: [...offered("copies"), ...offered("notebook and copies")].map((to): Entry => ({ to, variant })),
}));

/** What keeps a notebook from being exported. */
interface Problem {
  sentence: string;
  /** The cell's place in the notebook, counted from 1. */
  cell?: number;
  /** The kind under which it may be allowed. */
  allow?: string;
}

type Outcome = { file: string; content: Blob } | { problems: Problem[] };

/**
 * Asks JupyterLab's server for an export.
 * @param path the notebook's, on the server
 * @param allow kinds of problems that do not matter
 */
async function fetchExport(
  path: string,
  { to, variant }: Entry,
  { allow, language, words }: { allow: readonly string[]; language: string; words: ExportWords },
): Promise<Outcome> {
  const settings = ServerConnection.makeSettings();
  const query = new URLSearchParams({ to, language, ...(variant === null ? {} : { variant }) });
  for (const kind of allow) query.append("allow", kind);
  const place = path.split("/").map(encodeURIComponent).join("/");
  const address = `${settings.baseUrl}tslab-gradients/export/${place}?${query}`;
  const failed = (sentence: string): Outcome => ({ problems: [{ sentence }] });
  let response: Response;
  try {
    response = await ServerConnection.makeRequest(address, {}, settings);
  } catch (reason) {
    return failed(words.unanswered(reason instanceof Error ? reason.message : String(reason)));
  }
  if (response.ok) return { file: fileOf(response), content: await response.blob() };
  const said = (await response.json().catch(() => ({}))) as { problems?: Problem[]; message?: string };
  if (response.status === 422 && said.problems) return { problems: said.problems };
  return failed(words.unanswered(said.message ?? `${response.status} ${response.statusText}`));
}

/** The name that the server gave the file. */
function fileOf({ headers }: Response): string {
  const name = /filename\*=utf-8''([^;]+)/i.exec(headers.get("Content-Disposition") ?? "")?.[1];
  return name === undefined ? "notebook" : decodeURIComponent(name);
}
