import { tell } from "./channel";
import { currentExecution } from "./execution";

const waiting = new Map<number, (line: string) => void>();
let tokens = 0;

/** Jupyter: `input_request`; resolves to the line that the reader gave. */
export function askForLine(prompt: string, password: boolean): Promise<string> {
  const execution = currentExecution();
  if (execution === null || !execution.allowStdin) {
    return Promise.reject(new Error("input cannot ask: the program that runs this notebook takes no input."));
  }
  const token = ++tokens;
  tell({ op: "input", parent: execution.id, token, content: { prompt, password } });
  return new Promise((resolve) => waiting.set(token, resolve));
}

export function hearLine(token: number, line: string): void {
  waiting.get(token)?.(line);
  waiting.delete(token);
}
