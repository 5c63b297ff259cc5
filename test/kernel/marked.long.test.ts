import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Dependence, staleCells } from "../../dist/runtime/stalecells";
import { drawsOf, joined, otherNumber } from "../browser/editsequences";
import { Client } from "./client";

/** A code cell, as its front end has it. */
interface Cell {
  id: string;
  code: string;
  /** What its last run gave; null before it has run. */
  run: { order: number; code: string; shown: string; ok: boolean; dependence: Dependence } | null;
}

const sources = (
  JSON.parse(readFileSync("notebooks/en/shortcut-connections.ipynb", "utf8")) as {
    cells: { cell_type: string; source: string[] }[];
  }
).cells
  .filter(({ cell_type }) => cell_type === "code")
  .map(({ source }) => source.join(""));

/** Kernels started before they are needed: a fresh run needs one of its own. */
let kernel: Client;
let fresh: Client;
let order = 0;
beforeAll(async () => {
  [kernel, fresh] = await Promise.all([Client.start(), Client.start()]);
}, 60_000);
afterAll(() => Promise.all([kernel.shutdown(), fresh.shutdown()]));

async function run(client: Client, cell: Cell): Promise<boolean> {
  const { code, id } = cell;
  const ran = await client.run(code, {}, { cellId: id });
  const told = ran.outputs.map(({ type, content }): { [name: string]: unknown } => ({ type, ...content }));
  const shown = joined(told, ({ type }) => type === "stream")
    .filter(({ type }) => ["stream", "display_data", "execute_result", "error"].includes(String(type)))
    // That a name is from before its cell failed only a kernel can tell that has run it before.
    .filter(({ text }) => !/ from an earlier run of In \[\d+\], whose last run failed/.test(String(text)))
    .map((each) => JSON.stringify({ ...each, execution_count: 0, transient: null }))
    .join("\n")
    .replace(/In\[\d+\]/g, "In[n]")
    .replace(/tslab-gradients-[\w-]+/g, "id");
  const { dependence } = ran.metadata["tslab-gradients"] as { dependence: Dependence };
  cell.run = { order: ++order, code, shown, ok: ran.reply.status === "ok", dependence };
  return cell.run.ok;
}

function marked(cells: readonly Cell[]): number[] {
  return staleCells(
    cells.map(({ run }) =>
      run ? { order: run.order, ...run.dependence } : { order: null, declares: [], uses: [], changes: [] },
    ),
  )
    .filter(({ reason }) => reason !== "below")
    .map(({ cell }) => cell);
}

/** Runs what is marked, the topmost first, as the extension does; what failed is not run again. */
async function runMarked(cells: readonly Cell[]): Promise<void> {
  const runs = new Map<Cell, number>();
  for (;;) {
    const next = marked(cells)
      .map((i) => cells[i]!)
      .find((cell) => (runs.get(cell) ?? 0) < 3);
    if (next === undefined) return;
    runs.set(next, (runs.get(next) ?? 0) + 1);
    await run(kernel, next);
  }
}

/** What a kernel shows that has run nothing else, cell by cell. */
async function freshRun(cells: readonly Cell[]): Promise<Map<string, Cell["run"]>> {
  const copies = cells.map(({ id, code }): Cell => ({ id, code, run: null }));
  for (const cell of copies) await run(fresh, cell);
  const ended = fresh;
  fresh = await Client.start();
  await ended.shutdown();
  return new Map(copies.map(({ id, run }) => [id, run]));
}

async function opened(): Promise<Cell[]> {
  const cells = sources.map((code, i): Cell => ({ id: `c${i}`, code, run: null }));
  for (const cell of cells) await run(kernel, cell);
  return cells;
}

/** Another number in a cell, or an error, or what it was at first. */
function edited(code: string, i: number, draw: () => number): string {
  const kind = draw();
  if (kind < 0.2) return sources[i]!;
  // What was imported from a package is there also after its cell failed, and nothing is marked for it.
  if (kind < 0.4 && !code.startsWith("import")) return `${code}\nthrow new Error("put in");`;
  return otherNumber(code, draw, [1, -1]) ?? `${code}\nconsole.log(${Math.floor(draw() * 9)});`;
}

const seeds = Array.from({ length: 12 }, (_, i) => i + 8);

test.each(seeds)(
  "after edits of seed %i the marked cells give a fresh run's outputs",
  { timeout: 120_000 },
  async (seed) => {
    const draw = drawsOf(seed);
    const cells = await opened();
    for (let edits = 0; edits < 2; edits++) {
      const i = Math.floor(draw() * cells.length);
      const cell = cells[i]!;
      cell.code = edited(cell.code, i, draw);
      await run(kernel, cell);
      await runMarked(cells);
    }
    const wanted = await freshRun(cells);
    for (const { id, run } of cells)
      expect({ seed, id, shown: run!.shown }).toEqual({ seed, id, shown: wanted.get(id)!.shown });
  },
);

test.each(seeds)(
  "cells deleted, put in and swapped with seed %i: what shows otherwise is marked",
  { timeout: 120_000 },
  async (seed) => {
    const draw = drawsOf(1000 + seed);
    const cells = await opened();
    const at = Math.floor(draw() * cells.length);
    const kind = Math.floor(draw() * 3);
    if (kind === 0) {
      const [deleted] = cells.splice(at, 1);
      // The kernel is told with the next run.
      await kernel.run("0", {}, { cellId: "other", deletedCells: [deleted!.id] });
    } else if (kind === 1) {
      const put: Cell = {
        id: "new",
        code: "layerSizes = [3, 2, 3, 1];\nsampleInput = tensor([[1, 2, 3]]);",
        run: null,
      };
      cells.splice(at, 0, put);
      await run(kernel, put);
    } else {
      const other = (at + 1) % cells.length;
      [cells[at], cells[other]] = [cells[other]!, cells[at]!];
    }
    const wanted = await freshRun(cells);
    const marks = new Set(marked(cells).map((i) => cells[i]!.id));
    for (const { id, run } of cells) {
      const should = wanted.get(id)!;
      // What only takes a name from nowhere now is told by its next run, not by a mark.
      if (!should.ok || !run!.ok) continue;
      if (run!.shown !== should.shown) expect([seed, ...marks]).toContain(id);
    }
  },
);
