import { currentHost } from "./host";

/**
 * Empties what is shown under the cell; with `wait` only when something new comes, so that nothing flickers. On stock
 * tslab, which knows no such message, nothing happens. Jupyter: `clear_output`.
 */
export function clearOutput({ wait = false }: { wait?: boolean } = {}): void {
  currentHost()?.publish("clear_output", { wait });
}
