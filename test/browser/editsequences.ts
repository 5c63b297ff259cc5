import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import type { Page } from "playwright-core";
import ts from "typescript";
import { expect } from "vitest";
import { cell, idle, type Pages, write } from "./pages";

interface NotebookFile {
  cells: { cell_type: string; source: string[] | string }[];
}

/** What was said of a cell since its last run began, by its id; and the ids of cells that wait for others. */
interface Shown {
  frames: { [cell: string]: string };
  waits: string[];
}

/** Numbers in [0, 1) from a seed. Source: mulberry32, Tommy Ettinger, public domain. */
export function drawsOf(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The code with another small number of at least 1 in it; null where it has none. */
export function otherNumber(code: string, draw: () => number, steps: readonly number[]): string | null {
  const pick = <T>(all: readonly T[]): T => all[Math.floor(draw() * all.length)]!;
  const numbers = [...code.matchAll(/(?<![\w.$"])\d+(?![\w."])/g)].filter(
    ({ 0: text }) => Number(text) < 300,
  );
  if (numbers.length === 0) return null;
  const { index, 0: text } = pick(numbers);
  const other = Math.max(1, Number(text) + pick(steps));
  return code.slice(0, index) + String(other) + code.slice(index + text.length);
}

/** What is said of a cell; how printed text is cut up is another in every run, so that it is joined. */
export function joined<Told extends { name?: unknown; text?: unknown }>(
  all: readonly Told[],
  isPrinted: (told: Told) => boolean,
): Told[] {
  const whole: Told[] = [];
  for (const told of all) {
    const last = whole.at(-1);
    if (last !== undefined && isPrinted(told) && isPrinted(last) && last.name === told.name)
      last.text = String(last.text) + String(told.text);
    else whole.push({ ...told });
  }
  return whole;
}

/** A notebook as two pages: one in which its reader edits, and one in which what was edited runs from the top. */
export class EditedNotebook {
  private codes: string[] = [];
  private base: Shown["frames"] = {};
  private ids: string[] = [];

  private constructor(
    private readonly pages: Pages,
    private readonly name: string,
    private readonly originals: string[],
  ) {}

  /**
   * @param changes what is replaced in its code, so that it takes less time, or a seed is set
   */
  static async make(
    pages: Pages,
    path: string,
    changes: [from: string | RegExp, to: string][],
  ): Promise<EditedNotebook> {
    const notebook = JSON.parse(readFileSync(path, "utf8")) as NotebookFile;
    const originals: string[] = [];
    for (const each of notebook.cells) {
      if (each.cell_type !== "code") continue;
      const source = [each.source].flat().join("");
      each.source = changes.reduce((code, [from, to]) => code.replaceAll(from, to), source);
      originals.push(each.source);
    }
    const own = join(pages.folder, "edited.ipynb");
    writeFileSync(own, JSON.stringify(notebook));
    const name = `${path.replace(/\W/g, "-")}.html`;
    await pages.make(own, name);
    await pages.context.addInitScript(recordWorkers);
    const edited = new EditedNotebook(pages, name, originals);
    const { frames } = await edited.fresh();
    edited.base = frames;
    return edited;
  }

  /** Edits the page some times, and looks after each whether it shows what a run from the top shows. */
  async sequence(seed: number, edits: number): Promise<void> {
    const draw = drawsOf(seed);
    this.codes = [...this.originals];
    const page = await this.pages.open(this.name);
    this.ids = await page
      .locator(".cell.code")
      .evaluateAll((all) => all.map(({ id }) => id.replace("cell-", "")));
    // Editors come in idle moments, at the latest at a click.
    await expect.poll(() => page.locator(".cell.code .cm-content").count()).toBe(this.ids.length);
    if (draw() < 0.7) await runEach(page);
    const done: string[] = [];
    for (let i = 0; i < edits; i++) {
      done.push(await this.edit(page, draw));
      const shown = await shownIn(page);
      const fresh = await this.fresh();
      const told = `seed ${seed}, ${done.join("; ")}`;
      // Nothing waits but for what failed; which cells that are, a page knows better the more of it has run.
      const fails = Object.values(fresh.frames).some((frames) => frames.includes('"type":"error"'));
      if (!fails) expect({ told, waits: shown.waits }).toEqual({ told, waits: [] });
      for (const [at, id] of this.ids.entries()) {
        if (shown.waits.includes(id) || fresh.waits.includes(id)) continue;
        const of = `${told}: cell ${at + 1}`;
        expect({ of, shown: shown.frames[id] ?? this.base[id] }).toEqual({ of, shown: fresh.frames[id] });
      }
    }
    await page.close();
  }

  /** @returns what was done */
  private async edit(page: Page, draw: () => number): Promise<string> {
    const pick = <T>(all: readonly T[]): T => all[Math.floor(draw() * all.length)]!;
    const at = Math.floor(draw() * this.codes.length);
    const number = at + 1;
    const code = this.codes[at]!;
    const statements = statementsOf(code);
    const kind = pick(["value", "value", "seed", "assign", "add", "remove", "error", "revert", "run"]);
    const wanted = ((): string => {
      switch (kind) {
        case "value": {
          return otherNumber(code, draw, [-1, 1, 2]) ?? `${code}\nconsole.log(${Math.floor(draw() * 9)});`;
        }
        case "seed":
          return code.includes("manualSeed(")
            ? code.replace(/manualSeed\(\d+\)/, `manualSeed(${Math.floor(draw() * 500)})`)
            : `manualSeed(${Math.floor(draw() * 500)});\n${code}`;
        case "assign":
          return `${code}\n${pick(this.assignments)}`;
        case "add": {
          const line = pick(this.additions);
          const { from } = pick([...statements, { from: code.length, to: 0 }]);
          return `${code.slice(0, from)}\n${line}\n${code.slice(from)}`;
        }
        case "remove": {
          const { from, to } = pick(statements);
          // A draw that nobody seeded would be another in every run.
          if (code.slice(from, to).includes("manualSeed")) return `${code}\nconsole.log("kept");`;
          return code.slice(0, from) + code.slice(to);
        }
        case "error": {
          const { from } = pick(statements);
          return `${code.slice(0, from)}\nthrow new Error("put in");\n${code.slice(from)}`;
        }
        case "revert":
          return this.originals[at]!;
        default:
          return code;
      }
    })();
    // Typed text begins with none of its blank lines.
    const made = wanted.trimStart() || "// Nothing.";
    this.codes[at] = made;
    if (kind === "run" || made === code) await cell(page, number).locator("button.run").click();
    else {
      await write(page, number, made);
      await page.keyboard.press("Control+Enter");
    }
    await settled(page);
    return `${kind} in cell ${number}`;
  }

  /** Statements that give names of the notebook other values, in any cell. */
  assignments: string[] = [];
  /** Statements that use, alter or draw. */
  additions: string[] = [];

  private async fresh(): Promise<Shown> {
    const changed = this.ids
      .map((id, i) => [id, this.codes[i]!])
      .filter((_, i) => this.codes[i] !== this.originals[i]);
    const code = deflateRawSync(JSON.stringify(Object.fromEntries(changed))).toString("base64url");
    const page = await this.pages.open(this.name, changed.length > 0 ? `#code=${code}` : "");
    await runEach(page);
    const shown = await shownIn(page);
    await page.close();
    return shown;
  }
}

/** The statements at a cell's top that are no imports. */
function statementsOf(code: string): { from: number; to: number }[] {
  const file = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.ES2022);
  return file.statements
    .filter((statement) => !ts.isImportDeclaration(statement))
    .map((statement) => ({ from: statement.getStart(file), to: statement.end }));
}

async function settled(page: Page): Promise<void> {
  // What was typed is at rest after 300 ms.
  await page.waitForTimeout(20);
  await idle(page);
}

/** Asks for every cell at once: they run in their order, and those that hang on a failed one do not. */
async function runEach(page: Page): Promise<void> {
  await page.evaluate(() =>
    document.querySelectorAll<HTMLElement>("button.run").forEach((button) => button.click()),
  );
  await settled(page);
}

async function shownIn(page: Page): Promise<Shown> {
  const frames = await page.evaluate(
    () => (window as unknown as { frames: { [cell: string]: object[] } }).frames,
  );
  const waits = await page
    .locator(".cell.code[data-state=waits]")
    .evaluateAll((all) => all.map(({ id }) => id.replace("cell-", "")));
  return {
    frames: Object.fromEntries(Object.entries(frames).map(([id, all]) => [id, comparable(all)])),
    waits,
  };
}

/** The frames as text, without what is another in every run: execution counts and display ids. */
function comparable(frames: object[]): string {
  const whole = joined(
    frames as { op?: unknown; name?: unknown; text?: unknown }[],
    ({ op }) => op === "stream",
  );
  return whole
    .map((frame) => JSON.stringify({ ...frame, parent: undefined }))
    .join("\n")
    .replace(/In\[\d+\]/g, "In[n]")
    .replace(/"execution_count":\d+/g, "")
    .replace(/"display_id":"[^"]*"/g, "");
}

/** In the page: keeps what its workers say of each cell since its last run began. */
function recordWorkers(): void {
  const frames: { [cell: string]: object[] } = {};
  const cells = new Map<number, string>();
  Object.assign(window, { frames });
  window.Worker = class extends Worker {
    constructor(script: string | URL) {
      super(script);
      this.addEventListener("message", ({ data }: MessageEvent<{ op: string; parent?: number }>) => {
        const cell = cells.get(data.parent ?? -1);
        if (cell !== undefined && (data.op === "stream" || data.op === "publish")) frames[cell]!.push(data);
      });
    }
    override postMessage(message: { op: string; id?: number; cell?: string }): void {
      if (message.op === "execute") {
        cells.set(message.id!, message.cell!);
        frames[message.cell!] = [];
      }
      super.postMessage(message);
    }
  };
}
