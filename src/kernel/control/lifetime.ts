import type { KernelHost } from "../host";

/** What can be closed. */
interface Closable {
  readonly closed: boolean;
  close(): void;
}

/** Beyond so many the oldest are closed: what nobody can name, such as a loop's, must not pile up. */
const most = 1000;

const live = new Set<Closable>();
/** By cell, its latest run that made widgets. */
const made = new Map<string, { execution: object; widgets: Set<Closable> }>();

/**
 * Remembers a widget for as long as it may be shown. A cell that runs again closes the widgets of its run before, whose
 * outputs and variables are gone.
 */
export function keep(widget: Closable, host: KernelHost): void {
  live.add(widget);
  for (const oldest of live) {
    if (live.size <= most) break;
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

/** It was closed. */
export function drop(widget: Closable): void {
  live.delete(widget);
}
