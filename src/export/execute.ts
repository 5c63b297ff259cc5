import { dirname, resolve } from "node:path";
import { Engine } from "../kernel/front/engineprocess";
import type { Frame } from "../runtime/ports";
import { ExportError, nameOf } from "./error";
import { type CodeCell, type DataOutput, type Notebook, type Output, withoutRun } from "./notebook";

type Content = { [key: string]: unknown };

/**
 * The notebook with the outputs of a run in the project's own kernel, from top to bottom. A cell that fails ends it, and
 * keeps its error.
 * @param path where it lies: its cells run in that folder
 * @throws ExportError where the kernel ends
 */
export async function executed(notebook: Notebook, path: string): Promise<Notebook> {
  const cells = notebook.cells.map((cell) =>
    cell.type === "code"
      ? {
          ...cell,
          metadata: withoutRun(cell.metadata),
          outputs: [] as Output[],
          executionCount: null as number | null,
        }
      : cell,
  );
  const runs = new Map<number, Run>();
  const displays = new Map<string, DataOutput[]>();
  let answered: (content: Content) => void = () => {};
  let ended: (death: null) => void = () => {};
  const death = new Promise<null>((resolve) => (ended = resolve));
  const engine = new Engine(dirname(resolve(path))).hear({
    frame(frame) {
      if (frame.op === "reply") answered(frame.content as Content);
      else if (frame.op === "stream" || frame.op === "publish") hear(frame, runs, displays);
    },
    ended: () => ended(null),
  });
  try {
    let count = 0;
    for (const [i, cell] of cells.entries()) {
      if (cell.type !== "code" || cell.source.trim() === "") continue;
      cell.executionCount = ++count;
      runs.set(count, new Run(cell));
      const reply = new Promise<Content>((resolve) => (answered = resolve));
      const request = { silent: false, allowStdin: false, expressions: {}, cell: cell.id, deleted: [] };
      engine.send({ op: "execute", id: count, code: cell.source, count, ...request });
      const answer = await Promise.race([reply, death]);
      if (answer === null)
        throw new ExportError(`The kernel ended while the notebook ran, in ${nameOf(cell, i)}.`);
      if (answer.status === "error") break;
    }
  } finally {
    engine.stop();
  }
  return { ...notebook, cells };
}

/** A cell's outputs as they come. */
class Run {
  private clears = false;

  constructor(private readonly cell: CodeCell) {}

  add(output: Output): void {
    if (this.clears) this.cell.outputs.length = 0;
    this.clears = false;
    const last = this.cell.outputs.at(-1);
    const joins = output.type === "stream" && last?.type === "stream" && last.name === output.name;
    if (joins) last.text += output.text;
    else this.cell.outputs.push(output);
  }

  clear(wait: boolean): void {
    this.clears = true;
    if (!wait) this.cell.outputs.length = 0;
  }
}

/** @param displays by display id, the outputs that show it */
function hear(frame: Frame, runs: Map<number, Run>, displays: Map<string, DataOutput[]>): void {
  const run = runs.get(frame.parent as number);
  if (frame.op === "stream") {
    const { name, text } = frame as unknown as { name: "stdout" | "stderr"; text: string };
    return run?.add({ type: "stream", name, text });
  }
  const content = frame.content as Content;
  const { data, metadata, transient } = content as {
    data: DataOutput["data"];
    metadata: DataOutput["metadata"];
    transient?: { display_id?: string };
  };
  const id = transient?.display_id;
  switch (frame.type) {
    case "display_data":
    case "execute_result": {
      const count = typeof content.execution_count === "number" ? content.execution_count : null;
      const output: DataOutput = { type: frame.type, data, metadata, executionCount: count };
      if (id !== undefined) displays.set(id, [...(displays.get(id) ?? []), output]);
      return run?.add(output);
    }
    case "update_display_data":
      for (const output of displays.get(id ?? "") ?? []) Object.assign(output, { data, metadata });
      return;
    case "clear_output":
      return run?.clear(content.wait === true);
    case "error": {
      const { ename, evalue, traceback } = content as { ename: string; evalue: string; traceback: string[] };
      return run?.add({ type: "error", ename, evalue, traceback });
    }
  }
}
