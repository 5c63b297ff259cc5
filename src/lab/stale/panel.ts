import { type Cell, type NotebookPanel, NotebookActions } from "@jupyterlab/notebook";
import { listenToKernel } from "../kernel";
import { mark, unmark } from "./mark";
import { staleCells } from "./reply";
import type { Words } from "./words";

/** The stale cells of one open notebook. */
export class StalePanel {
  private ids = new Set<string>();
  private running = false;
  private readonly status = document.createElement("div");

  /** @param changed is called when there are stale cells, or none any more. */
  constructor(
    private readonly panel: NotebookPanel,
    private readonly words: Words,
    private readonly changed: () => void,
  ) {
    this.status.className = "tslab-gradients-stale-status";
    this.status.setAttribute("role", "status");
    panel.node.append(this.status);
    listenToKernel(panel, {
      heard: (message) => {
        const stale = staleCells(message);
        if (stale !== null) this.set(stale);
      },
      renewed: () => this.set([]),
    });
    panel.content.modelContentChanged.connect(() => {
      if (this.ids.size > 0) this.draw();
    });
  }

  /** The stale cells, from top to bottom. */
  get cells(): Cell[] {
    return this.panel.content.widgets.filter(({ model }) => this.ids.has(model.id));
  }

  /** Runs the stale cells from top to bottom; an error ends it. */
  async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      const { content, sessionContext } = this.panel;
      content.activate();
      for (const cell of this.cells) {
        if (!(await NotebookActions.runCells(content, [cell], sessionContext))) break;
      }
    } finally {
      this.running = false;
    }
  }

  private set(ids: string[]): void {
    const fresh = ids.some((id) => !this.ids.has(id));
    this.ids = new Set(ids);
    this.draw();
    const names = this.cells.map(({ model }) => `In [${model.executionCount ?? " "}]`);
    if (fresh || names.length === 0)
      this.status.textContent = names.length === 0 ? "" : this.words.appeared(names);
    this.changed();
  }

  private draw(): void {
    for (const cell of this.panel.content.widgets) {
      if (this.ids.has(cell.model.id)) mark(cell, this.words, () => void this.run());
      else unmark(cell);
    }
  }
}
