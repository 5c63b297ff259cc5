import { exploreType } from "../../figures/explorespec";
import { isWholeInPage } from "../../figures/drawntypes";
import { plotlyType } from "../../runtime/figurebundle";
import { phrases, sentences } from "../../kernel/chinese/cellsentences";
import type { ChineseTable } from "../../kernel/chinese/translator";
import { escapeHtml, inertJson } from "../../kernel/escape";
import { overwritten } from "../../kernel/terminaltext";
import type { PageCell, PageContent, Prediction } from "../../page/pagecontent";
import { type Language, type Words, wordsOf } from "../../page/pagewords";
import {
  type Cell,
  type CodeCell,
  type DataOutput,
  isChinese,
  isObject,
  isTypeScript,
  type Notebook,
  type Output,
  tagsOf,
} from "../notebook";
import { pictureAddress, pictureTypes, pngType } from "../picturetypes";
import { packed } from "./assets";
import { FormulaDrawing } from "./formulas";
import { highlighted, Prose } from "./prosehtml";
import { type PageAddresses, sanitized } from "./sanitize";

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

/** Writes a notebook's cells as sections of a page. */
class CellWriter {
  /** The code cells, for the page's script. */
  readonly cells: PageCell[] = [];

  constructor(
    private readonly prose: Prose,
    private readonly outputs: OutputWriter,
    private readonly words: Words,
    private readonly isTypeScript: boolean,
    private readonly addressesOf: (cell: Cell) => PageAddresses,
  ) {}

  html(cell: Cell): string {
    if (cell.type === "code") return this.code(cell);
    const addresses = this.addressesOf(cell);
    if (cell.type === "markdown")
      return `<section class="cell text prose"${this.waits(cell)}>${this.prose.html(cell.source, addresses)}</section>`;
    if (cell.source.trim() === "") return "";
    const { format, raw_mimetype: type = format } = cell.metadata;
    const own =
      type === "text/html"
        ? sanitized(cell.source, addresses)
        : type === "text/markdown"
          ? this.prose.html(cell.source, addresses)
          : `<pre class="raw" tabindex="0" role="group" aria-label="${escapeHtml(this.words.code)}">\n${escapeHtml(cell.source)}</pre>`;
    return `<section class="cell text raw">${own}</section>`;
  }

  /** Prose that tells what the question above it asks waits for the guess, where the page's script asks for one. */
  private waits(cell: Cell): string {
    const asked = this.cells.filter(({ predict }) => predict !== null).at(-1);
    const isTelling = asked !== undefined && tagsOf(cell).includes("after-predict");
    return isTelling ? ` data-after="cell-${escapeHtml(asked.id)}"` : "";
  }

  private code(cell: CodeCell): string {
    const { id, source, executionCount: count } = cell;
    if (source.trim() === "" && cell.outputs.length === 0) return "";
    const settings = settingsOf(cell);
    const predict = tagsOf(cell).includes("predict") ? predictionOf(settings.predict) : null;
    this.cells.push({
      id,
      source,
      count,
      predict,
      ...(tagsOf(cell).includes("manual") ? { isManual: true } : {}),
    });
    const outputs = cell.outputs
      .map((output) => this.outputs.html(output, this.addressesOf(cell)))
      .join("\n");
    const name = count === null ? "In [ ]" : `In [${count}]`;
    const label = escapeHtml(`${this.words.code} ${name}`);
    const code = this.isTypeScript ? highlighted(source) : escapeHtml(source);
    const isHidden = settings.hideInput === true || source.trim() === "";
    const question = predict?.question ?? this.words.question;
    const output = `<div class="output">${outputs}</div>`;
    const shown = predict
      ? `<details class="guess-first"><summary>${escapeHtml(question)}</summary>${output}</details>`
      : output;
    return `<section class="cell code" id="cell-${escapeHtml(id)}" aria-label="${label}">
<div class="side"${isHidden ? " hidden" : ""}><span class="count">${name}</span></div>
<div class="main"><div class="code"${isHidden ? " hidden" : ""}><pre tabindex="0" role="group" aria-label="${label}">
<code>${code}</code></pre></div>${shown}</div>
</section>`;
  }
}

interface Settings {
  hideInput?: unknown;
  predict?: unknown;
}

function settingsOf({ metadata }: Cell): Settings {
  const own = metadata["tslab-gradients"];
  return isObject(own) ? own : {};
}

/** `{ "question": …, "options": […], "answer": … }`, each of which may be missing. */
function predictionOf(given: unknown): Prediction {
  const { question, options, answer } = isObject(given) ? given : {};
  return {
    question: typeof question === "string" ? question : null,
    options: Array.isArray(options) ? options.map(String) : [],
    answer: typeof answer === "string" ? answer : null,
  };
}

/** What the page draws itself, where its script runs. */
const drawnTypes = [
  { type: plotlyType, attributes: 'class="plot" data-figure' },
  { type: exploreType, attributes: 'class="explore" data-explore' },
];

/** Saved outputs as HTML, in the best form that a page can show. */
class OutputWriter {
  constructor(
    private readonly prose: Prose,
    private readonly drawing: FormulaDrawing,
    private readonly words: Words,
    private readonly ansi: { ansi_to_html(text: string): string },
  ) {}

  html(output: Output, addresses: PageAddresses): string {
    switch (output.type) {
      case "stream":
        return this.text(output.text, `stream ${output.name}`);
      case "error": {
        const { ename, evalue, traceback } = output;
        return this.text(traceback.length > 0 ? traceback.join("\n") : `${ename}: ${evalue}`, "stream error");
      }
      default:
        return this.bundle(output, addresses);
    }
  }

  private text(text: string, classes: string): string {
    const label = escapeHtml(this.words.output);
    const shown = overwritten(text).replaceAll("\r", "");
    const html = shown.includes("\u001b") ? this.ansi.ansi_to_html(`${shown}\u001b[0m`) : escapeHtml(shown);
    return `<pre class="${classes}" tabindex="0" role="group" aria-label="${label}">\n${html}</pre>`;
  }

  private bundle({ data, metadata }: DataOutput, addresses: PageAddresses): string {
    // Where the picture stays, since the page does not draw the figure, a PNG has its letters drawn: an SVG in an <img> cannot use
    // the page's embedded font.
    const types = isWholeInPage(data[plotlyType]) ? pictureTypes : [pngType, ...pictureTypes];
    const picture = types.find((type) => typeof data[type] === "string");
    const drawn = drawnTypes.find(({ type }) => type in data);
    if (drawn !== undefined) {
      const still = picture === undefined ? this.fallback(data) : this.picture(picture, data, metadata);
      const json = inertJson(data[drawn.type]);
      return `<figure ${drawn.attributes}>${still}<script type="application/json">${json}</script></figure>`;
    }
    if (picture !== undefined) return this.picture(picture, data, metadata);
    if (typeof data["text/html"] === "string")
      return `<div class="html">${sanitized(data["text/html"], addresses)}</div>`;
    if (typeof data["text/markdown"] === "string")
      return `<div class="prose">${this.prose.html(data["text/markdown"], addresses)}</div>`;
    if (typeof data["text/latex"] === "string") return this.drawing.latexHtml(data["text/latex"]);
    return this.fallback(data);
  }

  private fallback(data: DataOutput["data"]): string {
    const known = data["text/plain"];
    if (typeof known === "string") return this.text(known, "stream");
    return Object.entries(data)
      .map(([type, value]) =>
        this.text(`${type}\n${typeof value === "string" ? value : JSON.stringify(value, null, 2)}`, "stream"),
      )
      .join("");
  }

  private picture(type: string, data: DataOutput["data"], metadata: DataOutput["metadata"]): string {
    const own = (metadata[type] ?? {}) as { alt?: unknown; width?: unknown; height?: unknown };
    const { alt = metadata.alt, width, height } = own;
    const text = typeof alt === "string" ? alt : "";
    const size = [
      ["width", width],
      ["height", height],
    ].map(([name, value]) => (typeof value === "number" ? ` ${String(name)}="${value}"` : ""));
    return `<img src="${escapeHtml(pictureAddress(type, String(data[type])))}" alt="${escapeHtml(text)}"${size.join("")}>`;
  }
}
