import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A message that a cell's execution sent. */
export interface Message {
  type: string;
  content: {
    text?: string;
    evalue?: string;
    name?: string;
    data?: Record<string, unknown>;
    metadata?: Record<string, Record<string, unknown>>;
    transient?: { display_id?: string };
  };
}

/** Runs cells one after the other in the real kernel of `.venv`, in the project's root. */
export async function runCells(cells: string[], { kernel = "tslab", env = {} } = {}): Promise<Message[][]> {
  const folder = mkdtempSync(join(tmpdir(), "tslab-gradients-kernel-"));
  const out = join(folder, "messages.json");
  try {
    const child = spawn(".venv/bin/python", ["test/kernel/run_cells.py", out], {
      env: { ...process.env, ...env },
      stdio: ["pipe", "ignore", "inherit"],
    });
    child.stdin.end(JSON.stringify({ kernel, cwd: process.cwd(), cells }));
    const [code] = (await once(child, "exit")) as [number];
    if (code !== 0) throw new Error(`run_cells.py ended with ${code}`);
    return JSON.parse(readFileSync(out, "utf8")) as Message[][];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What a cell's failure said: an `error`, or what the stock kernel prints on stderr in its stead. */
export function errorOf(messages: Message[]): string {
  const error = messages.find(({ type }) => type === "error");
  return error?.content.evalue ?? streamOf(messages, "stderr");
}

/** What a cell printed on one of its streams. */
export function streamOf(messages: Message[], name: "stdout" | "stderr"): string {
  return messages
    .filter(({ type, content }) => type === "stream" && content.name === name)
    .map(({ content }) => content.text)
    .join("");
}
