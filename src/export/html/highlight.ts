import { classHighlighter, highlightTree } from "@lezer/highlight";
import { parser } from "@lezer/javascript";
import { escapeHtml } from "../../kernel/escape";

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
