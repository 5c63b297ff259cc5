import type { PageCell, Prediction } from "../../page/pagecontent";
import type { Words } from "../../page/pagewords";
import { tagsOf, type Cell, type CodeCell } from "../notebook";
import { isObject } from "../read";
import { escapeHtml } from "../../kernel/escape";
import { highlighted } from "./highlight";
import type { OutputWriter } from "./outputs";
import type { Prose } from "./prose";
import { sanitized, type PageAddresses } from "./sanitize";

/** Writes a notebook's cells as sections of a page. */
export class CellWriter {
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
    this.cells.push({ id, source, count, predict });
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
