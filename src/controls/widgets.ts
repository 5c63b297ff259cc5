import type { Json } from "../figures/figure";
import { quote } from "../nn/quote";
import { jupyterDisplay } from "../runtime/display";
import { type KernelHost, currentHost } from "../runtime/kernelhost";
import { inspectCustom } from "../runtime/ports";
import { type Hearer, Model, type State, layout, controlTraits } from "./widgetmodel";

/** A control, or a row or column of them: shown as a cell's last expression, or by `show`. */
export interface Widget {
  /** Whether it is gone from the page. */
  readonly closed: boolean;
  /** Takes it from the page and drops its listeners; its value can still be read and set. */
  close(): void;
  /** How Jupyter shows it: by the widgets extension, or as text. */
  [jupyterDisplay](): { [mimeType: string]: Json };
}

export function isWidget(value: unknown): value is Widget {
  return value instanceof PageWidget;
}

/** A widget and, where there are comms, its model in the page. */
export abstract class PageWidget implements Widget, Hearer {
  protected readonly model: Model | null;
  private isClosed = false;

  /** @param state the model's traits; what refers to other models needs the kernel. */
  protected constructor(state: (host: KernelHost) => State) {
    const host = currentHost();
    if (host === null) sayAbsent();
    this.model = host && new Model(host, state(host), this);
    if (host !== null) keep(this, host);
  }

  /** What stands for the widget where it cannot be drawn. */
  abstract text(): string;

  changed(_state: State): void {}

  custom(_content: Json | undefined): void {}

  get closed(): boolean {
    return this.isClosed;
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.model?.close();
    drop(this);
  }

  /** How others' states refer to it; null where there are no comms. */
  get reference(): string | null {
    return this.model?.reference ?? null;
  }

  [jupyterDisplay](): { [mimeType: string]: Json } {
    const text = { "text/plain": this.text() };
    if (this.model === null || this.isClosed) return text;
    const view = { version_major: 2, version_minor: 0, model_id: this.model.id };
    return { "application/vnd.jupyter.widget-view+json": view, ...text };
  }

  [inspectCustom](): string {
    return this.text();
  }
}

/** What can be closed. */
interface Closable {
  readonly closed: boolean;
  close(): void;
}

/** Beyond so many the oldest are closed: widgets that a loop makes must not pile up. */
const mostWidgets = 1000;

const live = new Set<Closable>();
/** By cell, its latest run that made widgets. */
const made = new Map<string, { execution: object; widgets: Set<Closable> }>();

/**
 * Remembers a widget for as long as it may be shown. A cell that runs again closes the widgets of its run before, whose
 * outputs and variables are gone.
 */
function keep(widget: Closable, host: KernelHost): void {
  live.add(widget);
  for (const oldest of live) {
    if (live.size <= mostWidgets) break;
    oldest.close();
    live.delete(oldest);
  }
  const execution = host.execution();
  if (execution === null || execution.cell === null) return;
  const { cell } = execution;
  const before = made.get(cell);
  if (before?.execution === execution) {
    before.widgets.add(widget);
    return;
  }
  made.set(cell, { execution, widgets: new Set([widget]) });
  for (const old of before?.widgets ?? []) old.close();
}

/** Forgets a widget that was closed. */
function drop(widget: Closable): void {
  live.delete(widget);
}

let hasSaidAbsent = false;

/** Says once that the controls that a cell makes are not shown here. */
function sayAbsent(): void {
  if (hasSaidAbsent) return;
  hasSaidAbsent = true;
  console.error(
    "Controls are shown by the tslab-gradients kernel alone: here they keep their values, which code can set.",
  );
}

/** Controls that are shown together. */
export interface Group extends Widget {
  readonly children: readonly Widget[];
  /** Takes the group from the page; its controls can still be shown elsewhere. */
  close(): void;
}

/** Controls beside each other, and below where there is no room. ipywidgets: HBox. @throws TypeError for what is none. */
export function row(...children: Widget[]): Group {
  return new PageGroup("row", children);
}

/** Controls below each other. ipywidgets: VBox. @throws TypeError for what is none. */
export function column(...children: Widget[]): Group {
  return new PageGroup("column", children);
}

class PageGroup extends PageWidget implements Group {
  readonly children: readonly Widget[];

  constructor(
    private readonly direction: "row" | "column",
    children: Widget[],
  ) {
    const widgets = children.map((child: unknown, i) => {
      if (child instanceof PageWidget) return child;
      throw new TypeError(`control.${direction}'s argument ${i} is ${quote(child)}; expected a control.`);
    });
    super((host) => ({
      ...controlTraits(direction === "row" ? "HBox" : "VBox"),
      children: widgets.flatMap(({ reference }) => reference ?? []),
      layout: layout(host, direction === "row" ? { flex_flow: "row wrap", grid_gap: "0 2em" } : {}),
    }));
    this.children = widgets;
  }

  override text(): string {
    return this.children
      .map((child) => (child as PageWidget).text())
      .join(this.direction === "row" ? "   " : "\n");
  }
}
