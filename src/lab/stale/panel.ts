import { type Cell, type Kernel, type NotebookPanel, NotebookActions } from "@jupyterlab/notebook";
import { listenToKernel } from "../kernel";
import { RunHistory } from "./history";
import { mark, unmark } from "./mark";
import { askKernel, type Run, runTold } from "./reply";
import type { Words } from "./words";

/** The stale cells of one open notebook. */
export class StalePanel {
  private marks: ReturnType<RunHistory["reasons"]> = new Map();
  private running = false;
  private readonly history: RunHistory;
  private readonly status = document.createElement("div");
  /** Runs that came before the kernel had told how the saved cells hang together. */
  private waiting: Run[] | null = [];

  /** @param changed is called when there are stale cells, or none any more. */
  constructor(
    private readonly panel: NotebookPanel,
    private readonly words: Words,
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
