import { exploreType } from "../../figures/explore";
import { phrases, sentences } from "../../kernel/chinese/cellsentences";
import type { ChineseTable } from "../../kernel/chinese/translator";
import type { PageContent } from "../../page/content";
import { wordsOf, type Language, type Words } from "../../page/words";
import { packed } from "./assets";
import { isTypeScript } from "../codelanguage";
import type { Cell, Notebook } from "../notebook";
import { isChinese } from "../words";
import { CellWriter } from "./cells";
import { OutputWriter } from "./outputs";
import { FormulaDrawing } from "./math";
import { Prose } from "./prose";
import type { PageAddresses } from "./sanitize";

/** A notebook's cells as HTML, and what a page needs beside them. */
export interface Rendered {
  /** By cell. */
  sections: string[];
  content: PageContent;
  prose: Prose;
  words: Words;
  /** Whether its cells can run in a page. */
  runs: boolean;
  /** Whether it shows live figures, or may when a cell runs. */
  explores: boolean;
}

/**
 * @param file the name of the page's file
 * @param addressesOf what a cell's addresses lead to in the page
 */
export async function rendered(
  notebook: Notebook,
  file: string,
  addressesOf: (cell: Cell) => PageAddresses,
): Promise<Rendered> {
  const language: Language = isChinese(notebook) ? "zh" : "en";
  const words = wordsOf(language);
  const { AnsiUp } = await import("ansi_up");
  const ansi = new AnsiUp();
  ansi.use_classes = true;
  const drawing = new FormulaDrawing();
  const prose = new Prose(words, drawing);
  const canRun = isTypeScript(notebook);
  const writer = new CellWriter(
    prose,
    new OutputWriter(prose, drawing, words, ansi),
    words,
    canRun,
    addressesOf,
  );
  const sections = notebook.cells.map((cell) => writer.html(cell));
  const { title: own } = notebook.metadata;
  const first = prose.headings.find(({ level }) => level === 1)?.text;
  const title = typeof own === "string" && own !== "" ? own : (first ?? file.replace(/\.[^.]*$/, ""));
  const runs = canRun && writer.cells.length > 0;
  const chinese = runs && language === "zh" ? { chinese: packedChinese() } : {};
  const content = { title, language, file, cells: writer.cells, ...chinese };
  return { sections, content, prose, words, runs, explores: runs && notebook.cells.some(explores) };
}

function packedChinese(): string {
  const table: ChineseTable = { sentences, phrases };
  return packed(JSON.stringify(table));
}

function explores(cell: Cell): boolean {
  if (cell.type !== "code") return false;
  return (
    /\bexplore\s*\(/.test(cell.source) ||
    cell.outputs.some((output) => "data" in output && exploreType in output.data)
  );
}
