import { basename } from "node:path";
import { escapeHtml } from "../kernel/escape";
import { asset } from "./html/assets";
import { liveFontFaces } from "./html/fonts";
import { rendered, type Rendered } from "./html/document";
import { withDrawings } from "./html/sanitize";
import { type Cell, isObject, type Notebook } from "./notebook";
import { type Exported, searchable, type Target } from "./writefiles";
import { documentHtml, liveScripts } from "./writepage";

/** Slides in one file. */
export async function writeSlides(notebook: Notebook, { path, surroundings }: Target): Promise<Exported> {
  const whole = await rendered(notebook, basename(path), (cell) => surroundings.inPageOf(cell));
  return searchable({ path, content: slidesHtml(notebook, whole, await liveFontFaces(whole)) });
}

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
 * a slide, and one of the third a slide below it. What is folded up, as a table of the same code in another language, is
 * for the notes. The page's script goes on to further slides below where one is too full.
 */
function slidesOf({ cells }: Notebook, sections: readonly string[]): Slide[][] {
  const isMarked = cells.some((cell) => ["slide", "subslide"].includes(slideTypeOf(cell) ?? ""));
  const columns: Slide[][] = [];
  cells.forEach((cell, i) => {
    if (!sections[i]) return;
    const whole = grouped(sections[i]);
    // Figures of code cells are the page's script's to draw.
    const html = cell.type === "code" ? whole : withDrawings(whole, `f${i}`);
    const own = slideTypeOf(cell);
    const type = isMarked ? (own ?? (isFolded(cell) ? "notes" : null)) : (own ?? guessed(cell));
    if (type === "skip") return;
    if (columns.length === 0 || type === "slide") columns.push([]);
    const column = columns.at(-1)!;
    if (column.length === 0 || type === "subslide") {
      column.push({ parts: [], notes: [] });
    }
    const slide = column.at(-1)!;
    if (type === "notes") slide.notes.push(html.replaceAll("<details", "<details open"));
    else slide.parts.push(type === "fragment" ? `<div class="fragment">${html}</div>` : html);
  });
  return columns;
}

/** reveal.js takes every section for a slide. */
function grouped(section: string): string {
  return `<div role="group"${section.trim().slice("<section".length, -"</section>".length)}</div>`;
}

/** Whether all of a cell is folded up: HTML comments around it show nothing. */
function isFolded({ type, source }: Cell): boolean {
  const shown = source.replace(/<!--[\s\S]*?-->/g, "").trim();
  return type === "markdown" && /^<details\b(?:(?!<\/details>)[\s\S])*<\/details>$/.test(shown);
}

function guessed(cell: Cell): SlideType {
  if (cell.type === "code") return "-";
  if (isFolded(cell)) return "notes";
  const level = /^\s*(#{1,6})\s/.exec(cell.source)?.[1]?.length ?? 7;
  return level <= 2 ? "slide" : level === 3 ? "subslide" : "-";
}

/** The notebook as slides, whose cells run as a page's do. @param fonts font faces for its text */
function slidesHtml(notebook: Notebook, rendered: Rendered, fonts: string): string {
  const { content, sections, words } = rendered;
  const slide = ({ parts, notes }: Slide): string =>
    `<section><div class="slide">${parts.join("\n")}</div>${notes.length > 0 ? `<aside class="notes">${notes.join("\n")}</aside>` : ""}</section>`;
  // Also where there is one alone: the page may add further ones below it.
  const columns = slidesOf(notebook, sections).map(
    (column) => `<section>\n${column.map(slide).join("\n")}\n</section>`,
  );
  const body = `<header class="bar"><h1 class="title">${escapeHtml(content.title)}</h1><div id="tools" role="toolbar" aria-label="${escapeHtml(content.title)}"></div></header>
<p id="notice" role="status" hidden></p>
<main id="main"><div class="reveal"><div class="slides">
${columns.join("\n")}
</div></div></main>`;
  // A copy that is saved holds the page as it was before there were slides.
  const scripts = [...liveScripts(rendered), { name: "slides", starts: true }];
  const styles = `${fonts}\n${asset("page.css")}\n${asset("slides.css")}
.reveal .speaker-notes::before { content: "${words.notes}"; }`;
  return documentHtml({ rendered, body, scripts, styles });
}
