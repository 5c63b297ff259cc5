import { classHighlighter, highlightTree } from "@lezer/highlight";
import { typescriptLanguage } from "@codemirror/lang-javascript";
import type { CellView } from "./cell/cellview";
import type { PageContent } from "./pagecontent";
import { wordsOf, type Words } from "./pagewords";

/** The page as it was written, before anything in it changed. */
let original = "";

/** To be called first of all. */
export function keepOriginal(): void {
  for (const script of document.querySelectorAll("script[data-live]")) script.remove();
  original = `<!doctype html>\n${document.documentElement.outerHTML}`;
}

/** The page with its cells as they are now, as a page of its own. */
export async function copyOf(content: PageContent, cells: readonly CellView[]): Promise<string> {
  const words = wordsOf(content.language);
  const page = new DOMParser().parseFromString(original, "text/html");
  for (const cell of cells) {
    const section = page.getElementById(`cell-${cell.id}`);
    if (!section) continue;
    section.querySelector(".code code")?.replaceChildren(highlighted(cell.source, page));
    const count = section.querySelector(".count");
    if (count) count.textContent = cell.countText;
    const output = section.querySelector(".output");
    if (output && cell.hasRun) await writeOutput(output, cell);
    if (output) writeLives(output, cell, words);
  }
  const changed = {
    ...content,
    cells: content.cells.map((cell) => {
      const view = cells.find(({ id }) => id === cell.id);
      if (!view) return cell;
      const { source, count, isStale } = view;
      return { ...cell, source, count, ...(isStale ? { isStale } : {}) };
    }),
  };
  page.getElementById("notebook")!.textContent = JSON.stringify(changed).replaceAll("<", "\\u003c");
  return `<!doctype html>\n${page.documentElement.outerHTML}`;
}

/** The outputs as they are, figures as those that the page draws when it opens. */
async function writeOutput(place: Element, { outputs }: CellView): Promise<void> {
  const page = place.ownerDocument;
  place.replaceChildren(...[...outputs.node.childNodes].map((node) => page.importNode(node, true)));
  const figures = [...place.querySelectorAll("figure.plot")];
  for (const [i, plot] of outputs.plots.entries()) {
    const figure = figures[i];
    if (!figure) continue;
    const still = page.createElement("img");
    still.src = await plot.picture();
    still.alt = plot.alt;
    figure.setAttribute("data-figure", "");
    figure.replaceChildren(still, jsonScript(plot.content, page));
  }
}

/** Live figures as they are: one that was changed has no picture, since only its program can draw it. */
function writeLives(place: Element, { outputs, hasRun }: CellView, words: Words): void {
  const page = place.ownerDocument;
  const figures = [...place.querySelectorAll("figure.explore")];
  for (const [i, live] of outputs.lives.entries()) {
    const figure = figures[i];
    if (!figure || (!hasRun && live.edits === null)) continue;
    const note = page.createElement("p");
    note.textContent = words.needsScript;
    figure.setAttribute("data-explore", "");
    figure.replaceChildren(note, jsonScript(live.content, page));
  }
}

function jsonScript(content: unknown, page: Document): HTMLScriptElement {
  const json = page.createElement("script");
  json.type = "application/json";
  json.textContent = JSON.stringify(content).replaceAll("<", "\\u003c");
  return json;
}

function highlighted(source: string, page: Document): DocumentFragment {
  const fragment = page.createDocumentFragment();
  let at = 0;
  highlightTree(typescriptLanguage.parser.parse(source), classHighlighter, (from, to, classes) => {
    fragment.append(source.slice(at, from));
    const span = page.createElement("span");
    span.className = classes;
    span.textContent = source.slice(from, to);
    fragment.append(span);
    at = to;
  });
  fragment.append(source.slice(at));
  return fragment;
}

/** Gives the reader a file. */
export function download(name: string, html: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([html], { type: "text/html" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
