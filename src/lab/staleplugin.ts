import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { ICommandPalette } from "@jupyterlab/apputils";
import {
  type Cell,
  INotebookTracker,
  type Kernel,
  NotebookActions,
  type NotebookPanel,
} from "@jupyterlab/notebook";
import { ITranslator } from "@jupyterlab/translation";
import { askKernel, listenToKernel, type Run, runTold } from "./kernelmessages";
import { addStyle } from "./labassets";
import { type StaleWords, wordsOf } from "./labwords";
import { RunHistory } from "./runhistory";
import { mark, markStyle, unmark } from "./stalemarks";

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
    addStyle(markStyle);
    const { staleness: words } = wordsOf(translator);
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

/** The stale cells of one open notebook. */
class StalePanel {
  private marks: ReturnType<RunHistory["reasons"]> = new Map();
  private running = false;
  private readonly history: RunHistory;
  private readonly status = document.createElement("div");
  /** Runs that came before the kernel had told how the saved cells hang together. */
  private waiting: Run[] | null = [];

  /** @param changed is called when there are stale cells, or none any more. */
  constructor(
    private readonly panel: NotebookPanel,
    private readonly words: StaleWords,
    private readonly changed: () => void,
  ) {
    this.history = new RunHistory(() => panel.content.widgets);
    this.status.className = "tslab-gradients-stale-status";
    this.status.setAttribute("role", "status");
    panel.node.append(this.status);
    listenToKernel(panel, {
      heard: (message) => {
        const run = runTold(message);
        if (run === null) return;
        if (this.waiting === null) this.ran([run]);
        else this.waiting.push(run);
      },
      renewed: (kernel) => {
        this.history.setSession([]);
        if (kernel !== null) void this.learn(kernel);
      },
    });
    panel.content.modelContentChanged.connect(() => {
      if (this.marks.size > 0) this.draw();
    });
  }

  /** The stale cells, from top to bottom. */
  get cells(): Cell[] {
    return this.panel.content.widgets.filter(({ model }) => this.marks.has(model.id));
  }

  /**
   * Runs the stale cells from top to bottom, with what they need of cells that this kernel has not run, and those that
   * this makes stale; an error ends it.
   */
  async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      const { content, sessionContext } = this.panel;
      content.activate();
      // Each round settles at least the first of the cells that were stale.
      for (let rounds = content.widgets.length; this.cells.length > 0 && rounds > 0; rounds--) {
        const ids = this.history.withNeeds(this.marks.keys());
        for (const cell of content.widgets.filter(({ model }) => ids.has(model.id))) {
          if (!(await NotebookActions.runCells(content, [cell], sessionContext))) return;
        }
      }
    } finally {
      this.running = false;
    }
  }

  /** Asks the kernel how the cells that were saved hang together: it has not run them. */
  private async learn(kernel: Kernel): Promise<void> {
    await this.panel.context.ready;
    const asked = this.history.read();
    const known = await askKernel(
      kernel,
      asked.map(({ source }) => source),
    );
    known?.dependences.forEach((dependence, i) => this.history.learn(asked[i]!.id, dependence));
    const runs = this.waiting ?? [];
    // The page may have been loaded anew while the kernel went on.
    const ran = known?.ran.filter((id) => !runs.some(({ cell }) => cell === id)) ?? [];
    this.history.setSession(ran);
    this.waiting = null;
    this.ran(runs);
  }

  private ran(runs: readonly Run[]): void {
    for (const run of runs) this.history.ran(run);
    const before = this.marks;
    this.marks = this.history.reasons(runs.at(-1)?.cell);
    const fresh = [...this.marks.keys()].some((id) => !before.has(id));
    this.draw();
    const names = this.cells.map(({ model }) => `In [${model.executionCount ?? " "}]`);
    if (fresh || names.length === 0)
      this.status.textContent = names.length === 0 ? "" : this.words.appeared(names);
    this.changed();
  }

  private draw(): void {
    for (const cell of this.panel.content.widgets) {
      const found = this.marks.get(cell.model.id);
      if (found) mark(cell, found, this.words, () => void this.run());
      else unmark(cell);
    }
  }
}
