import type { Json } from "../figures/figure";
import { currentExecution } from "./execution";
import type { MessageExtras } from "./host";
import { ports } from "./ports";
import { sendable } from "./sendable";

/** Messages that show something of a cell's own making. */
const shows = new Set(["display_data", "update_display_data"]);

/**
 * Publishes on behalf of the running code's cell.
 * @throws TypeError where it is something to show that cannot be sent.
 */
export function publish(
  type: string,
  content: { [key: string]: Json },
  { metadata = {}, buffers = [] }: MessageExtras = {},
): void {
  const { data, metadata: about } = content;
  const sent = shows.has(type) ? { ...content, ...sendable({ data, metadata: about }) } : content;
  ports.tell({ op: "publish", parent: currentExecution()?.id ?? 0, type, content: sent, metadata, buffers });
}

/** Prints for the cell that the running code belongs to. Jupyter: `stream`. */
export function print(name: "stdout" | "stderr", text: string): void {
  ports.tell({ op: "stream", parent: currentExecution()?.id ?? 0, name, text });
}

/** Who waits for a line, by the number of the question. */
const waiting = new Map<number, (line: string) => void>();
let tokens = 0;

/** Jupyter: `input_request`; resolves to the line that the reader gave. */
export function askForLine(prompt: string, password: boolean): Promise<string> {
  const execution = currentExecution();
  if (execution === null || !execution.allowStdin) {
    return Promise.reject(new Error("input cannot ask: the program that runs this notebook takes no input."));
  }
  const token = ++tokens;
  ports.tell({ op: "input", parent: execution.id, token, content: { prompt, password } });
  return new Promise((resolve) => waiting.set(token, resolve));
}

export function hearLine(token: number, line: string): void {
  waiting.get(token)?.(line);
  waiting.delete(token);
}
