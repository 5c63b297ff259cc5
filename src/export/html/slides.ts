import type { Cell, Notebook } from "../notebook";
import { isObject } from "../read";
import { asset } from "./assets";
import type { Rendered } from "./document";
import { escapeHtml } from "../../kernel/escape";
import { documentHtml, liveScripts } from "./page";

type SlideType = "slide" | "subslide" | "fragment" | "notes" | "skip" | "-";

/** JupyterLab: a cell's slide type, from its slideshow metadata. */
function slideTypeOf({ metadata: { slideshow } }: Cell): SlideType | null {
  const type = isObject(slideshow) ? slideshow.slide_type : null;
  return typeof type === "string" && type !== "" ? (type as SlideType) : null;
}

interface Slide {
  parts: string[];
  notes: string[];
}

/**
 * The cells as slides, and slides below them. Where no cell says what it is, a heading of the first or second level begins
 * a slide, and one of the third, or a code cell after another's output, a slide below it.
 */
function slidesOf({ cells }: Notebook, sections: readonly string[]): Slide[][] {
  const isMarked = cells.some((cell) => ["slide", "subslide"].includes(slideTypeOf(cell) ?? ""));
  const columns: Slide[][] = [];
  let hasCode = false;
  cells.forEach((cell, i) => {
    if (!sections[i]) return;
    const html = grouped(sections[i]);
    const type = isMarked ? slideTypeOf(cell) : (slideTypeOf(cell) ?? guessed(cell, hasCode));
    if (type === "skip") return;
    if (columns.length === 0 || type === "slide") columns.push([]);
    const column = columns.at(-1)!;
    if (column.length === 0 || type === "subslide") {
      column.push({ parts: [], notes: [] });
      hasCode = false;
    }
    const slide = column.at(-1)!;
    if (type === "notes") slide.notes.push(html);
    else slide.parts.push(type === "fragment" ? `<div class="fragment">${html}</div>` : html);
    hasCode ||= cell.type === "code";
  });
  return columns;
}

/** reveal.js takes every section for a slide. */
function grouped(section: string): string {
  return `<div role="group"${section.trim().slice("<section".length, -"</section>".length)}</div>`;
}

function guessed(cell: Cell, hasCode: boolean): SlideType {
  if (cell.type === "code") return hasCode ? "subslide" : "-";
  const level = /^\s*(#{1,6})\s/.exec(cell.source)?.[1]?.length ?? 7;
  return level <= 2 ? "slide" : level === 3 || hasCode ? "subslide" : "-";
}

/** The notebook as slides, whose cells run as a page's do. @param fonts font faces for its text */
export function slidesHtml(notebook: Notebook, rendered: Rendered, fonts: string): string {
  const { content, sections } = rendered;
  const slide = ({ parts, notes }: Slide): string =>
    `<section><div class="slide">${parts.join("\n")}</div>${notes.length > 0 ? `<aside class="notes">${notes.join("\n")}</aside>` : ""}</section>`;
  const columns = slidesOf(notebook, sections).map((column) =>
    column.length === 1 ? slide(column[0]!) : `<section>\n${column.map(slide).join("\n")}\n</section>`,
  );
  const body = `<header class="bar"><span class="title">${escapeHtml(content.title)}</span><div id="tools" role="toolbar" aria-label="${escapeHtml(content.title)}"></div></header>
<p id="notice" role="status" hidden></p>
<main class="reveal" id="main"><div class="slides">
${columns.join("\n")}
</div></main>`;
  const scripts = [{ name: "slides", starts: true }, ...liveScripts(rendered)];
  const styles = `${fonts}\n${asset("page.css")}\n${asset("slides.css")}`;
  return documentHtml({ rendered, body, scripts, styles });
}
