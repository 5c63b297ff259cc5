import { classHighlighter, highlightTree } from "@lezer/highlight";
import { parser } from "@lezer/javascript";
import MarkdownIt, { type Token } from "markdown-it";
import footnotes from "markdown-it-footnote";
import { escapeHtml } from "../../kernel/escape";
import type { Words } from "../../page/pagewords";
import { type Formula, type FormulaDrawing, formulasIn } from "./formulas";
import { type PageAddresses, reserved, sanitized } from "./sanitize";

/** A heading, for the table of contents. */
export interface Heading {
  id: string;
  level: number;
  /** Without any HTML; a formula as its TeX. */
  text: string;
  /** The same with its formulas drawn. */
  html: string;
}

/** Stands for a formula while Markdown is read: characters that no text may have. */
const placeholder = /\uFDD0(\d+)\uFDD1/g;

/** What follows "www.": a name, and a path that no punctuation ends. */
const host = /^[\w-]+(?:\.[\w-]+)+(?:[/?#][^\s<]*[^\s<.,:;!?)'"*_~])?/;

/** Turns a notebook's Markdown into safe HTML, and keeps its headings. */
export class Prose {
  readonly headings: Heading[] = [];
  private readonly ids = new Set<string>();
  private formulas: Formula[] = [];
  /** As they are drawn, each once, in their order: what one defines the next ones know. */
  private drawn: string[] = [];
  private texts = 0;
  private readonly markdown = new MarkdownIt({
    html: true,
    linkify: true,
    highlight: (code, language) =>
      /^(ts|typescript|js|javascript)$/i.test(language) ? highlighted(code) : "",
  });

  constructor(
    words: Words,
    private readonly drawing: FormulaDrawing,
  ) {
    const { markdown } = this;
    markdown.validateLink = (url) => !/^(javascript|vbscript):/i.test(url.trim());
    // Without a scheme or "www." a name such as README.md is a file's, though .md is Moldova's domain too.
    markdown.linkify.set({ fuzzyLink: false });
    markdown.linkify.add("www.", {
      validate: (text, place) => host.exec(text.slice(place))?.[0].length ?? 0,
      normalize: (match) => {
        match.url = `http://${match.url}`;
      },
    });
    markdown.use(footnotes).disable("footnote_inline");
    taskLists(markdown, words);
    const { rules } = markdown.renderer;
    // No <section>, which reveal.js would take for a slide.
    rules.footnote_block_open = () => '<div class="footnotes"><hr>\n<ol>\n';
    rules.footnote_block_close = () => "</ol>\n</div>\n";
    rules.footnote_caption = (tokens, i) => `[${(tokens[i]!.meta as { id: number }).id + 1}]`;
    rules.footnote_anchor = (tokens, i, options, env, self) => {
      const { subId } = tokens[i]!.meta as { subId: number };
      const id = self.rules.footnote_anchor_name!(tokens, i, options, env, self);
      const label = escapeHtml(words.backToText);
      return ` <a href="#fnref${id}${subId > 0 ? `:${subId}` : ""}" class="footnote-back" aria-label="${label}">↩︎</a>`;
    };
    // Code that stands by its indent alone keeps its formulas as they were written.
    markdown.core.ruler.push("written", ({ tokens }) => this.restore(tokens));
  }

  html(source: string, addresses: PageAddresses): string {
    // Footnotes of several cells have the same numbers.
    const env = { docId: String(++this.texts) };
    const safe = sanitized(this.markdown.render(this.withoutFormulas(source), env), addresses);
    return this.withFormulas(this.withHeadings(safe))
      .replaceAll("<table", '<div class="table" tabindex="0" role="group"><table')
      .replaceAll("</table>", "</table></div>");
  }

  private withoutFormulas(source: string): string {
    const text = source.replaceAll(/\r\n?/g, "\n").replaceAll(/[\uFDD0\uFDD1]/g, "");
    this.formulas = formulasIn(text);
    this.drawn = this.formulas.map((formula) => this.drawing.html(formula));
    const ends = [0, ...this.formulas.map(({ end }) => end)];
    const parts = this.formulas.map(({ start }, i) => `${text.slice(ends[i], start)}\uFDD0${i}\uFDD1`);
    return parts.join("") + text.slice(ends.at(-1));
  }

  private withFormulas(html: string): string {
    return html.replace(/<[^>]*>|\uFDD0(\d+)\uFDD1/g, (whole, i?: string) =>
      i === undefined ? this.written(whole, true) : this.drawn[Number(i)]!,
    );
  }

  /** A text with the formulas as they were written. */
  private written(text: string, isHtml = false): string {
    return text.replace(placeholder, (_, i: string) => {
      const { source } = this.formulas[Number(i)]!;
      return isHtml ? escapeHtml(source) : source;
    });
  }

  private restore(tokens: readonly Token[]): void {
    for (const token of tokens) {
      if (/^(fence|code_block|code_inline)$/.test(token.type)) token.content = this.written(token.content);
      this.restore(token.children ?? []);
    }
  }

  /** Every heading with an id, those that were written as HTML too. */
  private withHeadings(html: string): string {
    return html.replace(
      /<h([1-6])((?:\s[^>]*)?)>([\s\S]*?)<\/h\1>/g,
      (_, level: string, attributes: string, inner: string) => {
        const own = /\sid="([^"]*)"/.exec(attributes)?.[1];
        const id = this.idOf(own === undefined ? this.textOf(inner, ({ source }) => source) : plain(own));
        const text = this.textOf(inner, ({ tex }) => tex.trim());
        const drawn = this.withFormulas(escapeHtml(this.textOf(inner, (_, standing) => standing)));
        this.headings.push({ id, level: Number(level), text, html: drawn });
        const others = attributes.replace(/\sid="[^"]*"/, "");
        return `<h${level} id="${escapeHtml(id)}"${others}>${inner}</h${level}>`;
      },
    );
  }

  /** What a reader sees of HTML, in one line. */
  private textOf(html: string, formula: (formula: Formula, standing: string) => string): string {
    const text = html
      .replaceAll(/<sup class="footnote-ref">.*?<\/sup>/g, "")
      .replaceAll(/<img\b[^>]*?\salt="([^"]*)"[^>]*>/g, "$1")
      .replaceAll(/<[^>]*>/g, (tag) => (tag.startsWith("<br") ? " " : ""));
    return plain(text)
      .replace(placeholder, (standing, i: string) => formula(this.formulas[Number(i)]!, standing))
      .replaceAll(/\s+/g, " ")
      .trim();
  }

  /** As Jupyter makes them: the text, its spaces as hyphens. */
  private idOf(text: string): string {
    const base = text.replaceAll(/\s+/g, "-").replaceAll(/["'<>&]/g, "") || "section";
    let id = base;
    for (let n = 2; this.ids.has(id) || reserved.test(id); n++) id = `${base}-${n}`;
    this.ids.add(id);
    return id;
  }
}

/** The text of sanitized HTML, which has only these entities. */
function plain(html: string): string {
  return html
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}

/** Draws `- [ ]` and `- [x]` as boxes, as GitHub and JupyterLab do. */
function taskLists(markdown: InstanceType<typeof MarkdownIt>, words: Words): void {
  markdown.core.ruler.after("inline", "tasks", ({ tokens, Token }) => {
    tokens.forEach((item, i) => {
      const text = tokens[i + 2];
      if (item.type !== "list_item_open" || text?.type !== "inline") return;
      const first = text.children?.[0];
      const task = first?.type === "text" ? /^\[([ xX])\]\s+(?=\S)/.exec(text.content) : null;
      if (!first || !task) return;
      const isDone = task[1] !== " ";
      first.content = first.content.slice(task[0].length);
      const box = new Token("html_inline", "", 0);
      const label = escapeHtml(isDone ? words.taskDone : words.task);
      box.content = `<input type="checkbox" disabled${isDone ? " checked" : ""} aria-label="${label}"> `;
      text.children!.unshift(box);
      item.attrJoin("class", "task");
    });
  });
}

const typescript = parser.configure({ dialect: "ts" });

/** TypeScript with a class for each kind of token, as the page's editor has them. */
export function highlighted(source: string): string {
  let html = "";
  let at = 0;
  highlightTree(typescript.parse(source), classHighlighter, (from, to, classes) => {
    html += `${escapeHtml(source.slice(at, from))}<span class="${classes}">${escapeHtml(source.slice(from, to))}</span>`;
    at = to;
  });
  return html + escapeHtml(source.slice(at));
}
