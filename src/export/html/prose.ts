import MarkdownIt from "markdown-it";
import { pictureAddress } from "./picture";
import { highlighted } from "./highlight";
import { mathHtml } from "./math";
import { mathRules } from "./mathrules";
import { sanitized } from "./sanitize";

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

  /** @param picture an address that holds the picture of a relative path; null where there is none */
  constructor(private readonly picture: (path: string) => string | null) {
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

  html(source: string, attachments: { [name: string]: { [mimeType: string]: string } } = {}): string {
    const rendered = this.markdown.render(source);
    const held = rendered.replace(
      /(<img\b[^>]*?\bsrc=")([^"]*)(")/gi,
      (whole, head: string, src: string, tail: string) => {
        const address = this.addressOf(decoded(src), attachments);
        return address === null ? whole : `${head}${this.markdown.utils.escapeHtml(address)}${tail}`;
      },
    );
    const safe = sanitized(held)
      .replaceAll("<table", '<div class="table" tabindex="0" role="group"><table')
      .replaceAll("</table>", "</table></div>");
    return safe.replace(
      /<span data-math="(\d+)"><\/span>/g,
      (_, i: string) => this.formulas[Number(i)] ?? "",
    );
  }

  private addressOf(
    src: string,
    attachments: { [name: string]: { [mimeType: string]: string } },
  ): string | null {
    if (src.startsWith("attachment:")) {
      const [type, content] = Object.entries(attachments[src.slice("attachment:".length)] ?? {})[0] ?? [];
      return type === undefined || content === undefined ? null : pictureAddress(type, content);
    }
    return /^[a-z][a-z0-9+.-]*:|^\/\//i.test(src) ? null : this.picture(src);
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

function decoded(address: string): string {
  const text = address.replaceAll("&amp;", "&");
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
