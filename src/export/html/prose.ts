import MarkdownIt from "markdown-it";
import { highlighted } from "./highlight";
import { mathHtml } from "./math";
import { mathRules } from "./mathrules";
import { sanitized, type PageAddresses } from "./sanitize";

/** A heading, for the table of contents. */
export interface Heading {
  id: string;
  level: number;
  text: string;
}

/** Turns a notebook's Markdown into safe HTML, and keeps its headings. */
export class Prose {
  readonly headings: Heading[] = [];
  private readonly ids = new Set<string>();
  private readonly formulas: string[] = [];
  private readonly markdown = new MarkdownIt({
    html: true,
    linkify: true,
    highlight: (code, language) =>
      /^(ts|typescript|js|javascript)$/i.test(language) ? highlighted(code) : "",
  });

  constructor() {
    mathRules(this.markdown, (tex, isBlock) => {
      this.formulas.push(mathHtml(tex, isBlock));
      return `<span data-math="${this.formulas.length - 1}"></span>`;
    });
    this.markdown.validateLink = (url) => !/^(javascript|vbscript):/i.test(url.trim());
    this.markdown.renderer.rules.heading_open = (tokens, i) => {
      const text = (tokens[i + 1]?.children ?? [])
        .map(({ content }) => content)
        .join("")
        .trim();
      const heading = { id: this.idOf(text), level: Number(tokens[i]!.tag.slice(1)), text };
      this.headings.push(heading);
      return `<${tokens[i]!.tag} id="${this.markdown.utils.escapeHtml(heading.id)}">`;
    };
  }

  html(source: string, addresses: PageAddresses): string {
    const safe = sanitized(this.markdown.render(source), addresses)
      .replaceAll("<table", '<div class="table" tabindex="0" role="group"><table')
      .replaceAll("</table>", "</table></div>");
    return safe.replace(
      /<span data-math="(\d+)"><\/span>/g,
      (_, i: string) => this.formulas[Number(i)] ?? "",
    );
  }

  /** As Jupyter makes them: the text, its spaces as hyphens. */
  private idOf(text: string): string {
    const plain = text.replaceAll(/\s+/g, "-").replaceAll(/["'<>&]/g, "") || "section";
    let id = plain;
    for (let n = 2; this.ids.has(id); n++) id = `${plain}-${n}`;
    this.ids.add(id);
    return id;
  }
}
