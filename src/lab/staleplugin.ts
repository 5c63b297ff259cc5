import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { ICommandPalette, Notification } from "@jupyterlab/apputils";
import { CodeCell } from "@jupyterlab/cells";
import {
  type Cell,
  INotebookTracker,
  type Kernel,
  NotebookActions,
  type NotebookPanel,
} from "@jupyterlab/notebook";
import { ISettingRegistry } from "@jupyterlab/settingregistry";
import { ITranslator } from "@jupyterlab/translation";
import { FollowSetting } from "./followswitch";
import { askKernel, listenToKernel, type Run, RunQueue } from "./kernelmessages";
import { addStyle } from "./labassets";
import { type FollowWords, type StaleWords, wordsOf } from "./labwords";
import { mayFail, RunHistory, type Wait } from "./runhistory";
import { mark, markStyle, unmark } from "./stalemarks";

const command = "tslab-gradients:run-dependents";

/** Needs a kernel that tells with each `execute_reply` how its cell hangs together with others; else it does nothing. */
export const stalePlugin: JupyterFrontEndPlugin = {
  id: "tslab-gradients:stale-cells",
  description:
    "Marks the cells whose inputs changed since they ran, and runs them again, by themselves where so set.",
  autoStart: true,
  requires: [INotebookTracker],
  optional: [ICommandPalette, ISettingRegistry, ITranslator],
  activate(
    { commands }: JupyterFrontEnd,
    tracker: INotebookTracker,
    palette: ICommandPalette | null,
    registry: ISettingRegistry | null,
    translator: ITranslator | null,
  ) {
    addStyle(markStyle);
    const { staleness: words, following } = wordsOf(translator);
    const setting = FollowSetting.of(registry, following);
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
    const add = (panel: NotebookPanel): void =>
      void panels.set(panel, new StalePanel(panel, { staleness: words, following }, setting, changed));
    tracker.forEach(add);
    tracker.widgetAdded.connect((_, panel) => add(panel));
    tracker.currentChanged.connect(changed);
  },
};

/** What the extension says of stale cells, and of those that run by themselves. */
type Words = { staleness: StaleWords; following: FollowWords };

/** The stale cells of one open notebook. */
class StalePanel {
  private marks: ReturnType<RunHistory["reasons"]> = new Map();
  private readonly history: RunHistory;
  private readonly queue = new RunQueue();
  private readonly status = document.createElement("div");
  /** Runs that came before the kernel had told how the saved cells hang together. */
  private waiting: Run[] | null = [];
  /** What runs the stale cells: the reader, by the command, or the setting; null while they do not run. */
  private runner: "reader" | "setting" | null = null;
  /** The cell that it runs just now. */
  private own: string | null = null;
  /** Whether the reader has run a cell, and nothing that it made stale has run since. */
  private due = false;
  /** The cell that ended the last run of the stale ones before it was through. */
  private broken: string | null = null;
  /** Whether the reader gave the command while the setting ran cells. */
  private asked = false;
  /** Grows with each kernel. */
  private kernels = 0;

  /** @param changed is called when there are stale cells, or none any more. */
  constructor(
    private readonly panel: NotebookPanel,
    private readonly words: Words,
    private readonly setting: FollowSetting,
    private readonly changed: () => void,
  ) {
    this.history = new RunHistory(() => panel.content.widgets);
    this.status.className = "tslab-gradients-stale-status";
    this.status.setAttribute("role", "status");
    panel.node.append(this.status);
    listenToKernel(panel, {
      sent: (message) => this.queue.sent(message),
      heard: (message) => {
        const run = this.queue.heard(message);
        if (run !== null) {
          if (this.waiting === null) this.ran([run]);
          else this.waiting.push(run);
        }
        this.follow();
      },
      renewed: (kernel) => {
        this.kernels++;
        this.queue.clear();
        this.history.setSession([]);
        this.due = false;
        this.broken = null;
        if (kernel !== null) void this.learn(kernel);
      },
    });
    panel.content.modelContentChanged.connect(() => {
      if (this.marks.size > 0) this.draw();
    });
    setting.listen(panel, () => {
      this.draw();
      this.follow();
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
    if (this.runner !== null) {
      this.asked = this.runner === "setting";
      return;
    }
    const { content, sessionContext } = this.panel;
    content.activate();
    this.due = false;
    await this.runAs("reader", (cell) => NotebookActions.runCells(content, [cell], sessionContext));
  }

  /** Once the reader's runs are over, runs what they made stale, where the reader has set it so. */
  private follow(): void {
    if (!this.due || this.runner !== null || !this.setting.on || !this.queue.isEmpty) return;
    this.due = false;
    if (this.marks.size > 0) void this.runAs("setting", (cell) => this.runInPlace(cell));
  }

  private async runAs(runner: "reader" | "setting", run: (cell: Cell) => Promise<boolean>): Promise<void> {
    this.runner = runner;
    this.broken = null;
    this.draw();
    const { kernels } = this;
    const times = new Map<string, number>();
    try {
      for (;;) {
        // The reader's own runs come first, and what they change counts.
        if (runner === "setting") await this.queue.emptied();
        if (this.broken !== null || this.kernels !== kernels || this.panel.isDisposed) return;
        const cell = this.next(times);
        if (cell === undefined) return;
        const { id } = cell.model;
        times.set(id, (times.get(id) ?? 0) + 1);
        this.own = id;
        const isThrough = await run(cell);
        this.own = null;
        if (isThrough || (mayFail(cell.model) && !this.history.hasFailed(id))) continue;
        // A cell is also not run where the reader's own, just before it, failed.
        if (this.broken === null && this.kernels === kernels) this.stop(cell);
        return;
      }
    } finally {
      this.own = null;
      this.runner = null;
      if (!this.panel.isDisposed) {
        this.draw();
        this.announce(this.cells);
        this.follow();
        if (this.asked) void this.run();
      }
      this.asked = false;
    }
  }

  /** The topmost cell that is to run now; none where all have run, or wait for the reader. */
  private next(times: ReadonlyMap<string, number>): Cell | undefined {
    if (this.runner === "setting" && !this.setting.on) return undefined;
    const waits = this.waits();
    const id = this.history.next(
      [...this.marks.keys()].filter((stale) => !waits.has(stale)),
      times,
    );
    return this.panel.content.widgets.find(({ model }) => model.id === id);
  }

  /**
   * Runs a cell, and leaves the reader's focus as it is, and the editor in which the reader may be typing.
   * @returns whether it did not fail; one that went away, or that the reader ran once more, has not
   */
  private async runInPlace(cell: Cell): Promise<boolean> {
    const { content, sessionContext } = this.panel;
    // Without a kernel JupyterLab would clear the outputs.
    if (!sessionContext.session?.kernel) return true;
    const { recordTiming } = content.notebookConfig;
    const reply = await CodeCell.execute(cell, sessionContext, { recordTiming }).catch(() => undefined);
    return reply === undefined || reply.content["status"] === "ok";
  }

  /** A cell that did not run to its end: the others wait, and the reader, who may not see it, is told which it is. */
  private stop(cell: Cell): void {
    this.broken = cell.model.id;
    const name = this.nameOf(cell.model.id);
    const { following } = this.words;
    const callback = (): void => {
      const { content } = this.panel;
      const index = content.widgets.indexOf(cell);
      if (index < 0) return;
      content.activeCellIndex = index;
      content.deselectAll();
      void content.scrollToItem(index, "smart");
    };
    Notification.emit(following.stopped(name), "warning", {
      autoClose: 8000,
      actions: [{ label: following.goToCell(name), callback }],
    });
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
    this.follow();
  }

  private ran(runs: readonly Run[]): void {
    for (const run of runs) {
      this.history.ran(run);
      const hasFailed = this.history.hasFailed(run.cell);
      if (run.cell === this.broken && !hasFailed) this.broken = null;
      if (run.cell === this.own) continue;
      this.due = !hasFailed;
      if (hasFailed && this.runner === "setting") this.broken = run.cell;
    }
    const before = this.marks;
    this.marks = this.history.reasons(runs.at(-1)?.cell);
    this.draw();
    this.announce(this.cells.filter(({ model }) => !before.has(model.id)));
    this.changed();
  }

  /** Which of the stale cells do not run by themselves; none where all run, or none does. */
  private waits(): Map<string, Wait> {
    return this.setting.on && this.runner !== "reader" ? this.history.waits(this.marks.keys()) : new Map();
  }

  /** Whether a stale cell is about to run by itself. */
  private comes(id: string, waits: ReadonlyMap<string, Wait>): boolean {
    if (!this.setting.on || this.broken !== null || waits.has(id)) return false;
    return this.runner === "setting" || (this.due && this.runner === null);
  }

  private draw(): void {
    const { staleness, following } = this.words;
    const waits = this.waits();
    for (const cell of this.panel.content.widgets) {
      const { id, executionCount } = cell.model;
      const found = this.marks.get(id);
      if (!found) {
        unmark(cell);
        continue;
      }
      const sentences = [staleness.stale(executionCount ?? null, found.reason, found.name)];
      const broken = this.broken === null ? null : ({ why: "failed", cell: this.broken } as const);
      const wait = waits.get(id) ?? broken;
      if (wait !== null) sentences.push(following.waits(wait, "cell" in wait ? this.nameOf(wait.cell) : ""));
      const text = this.comes(id, waits) ? null : sentences.join(following.between);
      mark(cell, text, staleness, () => void this.run());
    }
  }

  /**
   * Tells those who do not see the marks.
   * @param fresh the cells that have become stale, or that stay so
   */
  private announce(fresh: readonly Cell[]): void {
    const { staleness, following } = this.words;
    const waits = this.waits();
    const names = (come: boolean): string[] =>
      this.cells
        .filter(({ model }) => this.comes(model.id, waits) === come)
        .map(({ model }) => this.nameOf(model.id));
    const [running, staying] = [names(true), names(false)];
    if (this.marks.size === 0) this.status.textContent = "";
    else if (fresh.length > 0)
      this.status.textContent = [
        ...(running.length > 0 ? [following.running(running)] : []),
        ...(staying.length > 0 ? [staleness.appeared(staying)] : []),
      ].join(following.between);
  }

  private nameOf(id: string): string {
    const cell = this.panel.content.widgets.find(({ model }) => model.id === id);
    return `In [${cell?.model.executionCount ?? " "}]`;
  }
}
