import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { ICommandPalette } from "@jupyterlab/apputils";
import { INotebookTracker, type NotebookPanel } from "@jupyterlab/notebook";
import { ITranslator } from "@jupyterlab/translation";
import { isChinese } from "../language";
import { StalePanel } from "./panel";
import { addStyle } from "./style";
import { wordsOf } from "./words";

const command = "tslab-gradients:run-dependents";

/** Needs a kernel that tells with each `execute_reply` which cells are stale; with others it does nothing. */
export const stalePlugin: JupyterFrontEndPlugin = {
  id: "tslab-gradients:stale-cells",
  description: "Marks the cells whose inputs changed since they ran, and runs them again.",
  autoStart: true,
  requires: [INotebookTracker],
  optional: [ICommandPalette, ITranslator],
  activate(
    { commands }: JupyterFrontEnd,
    tracker: INotebookTracker,
    palette: ICommandPalette | null,
    translator: ITranslator | null,
  ) {
    addStyle();
    const words = wordsOf(isChinese(translator));
    const panels = new WeakMap<NotebookPanel, StalePanel>();
    const changed = (): void => commands.notifyCommandChanged(command);
    const current = (): StalePanel | undefined =>
      tracker.currentWidget ? panels.get(tracker.currentWidget) : undefined;
    commands.addCommand(command, {
      label: words.run,
      caption: words.caption,
      isEnabled: () => (current()?.cells.length ?? 0) > 0,
      execute: async () => current()?.run(),
    });
    commands.addKeyBinding({ command, keys: ["Accel Shift Enter"], selector: ".jp-Notebook" });
    palette?.addItem({ command, category: words.category });
    const add = (panel: NotebookPanel): void => void panels.set(panel, new StalePanel(panel, words, changed));
    tracker.forEach(add);
    tracker.widgetAdded.connect((_, panel) => add(panel));
    tracker.currentChanged.connect(changed);
  },
};
