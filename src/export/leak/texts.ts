import MarkdownIt from "markdown-it";
import type { Cell, Notebook, Output } from "../notebook";
import { decodedEntities, withoutTags } from "./html";

const markdown = new MarkdownIt({ html: true });

/** A text as a page has it. */
export function htmlOf(source: string): string {
  return markdown.render(source);
}

/** A text as it is written, and as a page shows it. */
export function textsOfMarkdown(source: string): string[] {
  const shown = decodedEntities(withoutTags(htmlOf(source)));
  // Formulas are shown in another way.
  return [source, shown, shown.replace(/\$\$?[^$]*\$\$?/g, "\n")];
}

/** What an output says, each text with lines of its own. Pictures are no text. */
export function textsOfOutput(output: Output): string[] {
  switch (output.type) {
    case "stream":
      return [output.text];
    case "error":
      return [output.ename, output.evalue, ...output.traceback];
    default:
      return [
        ...Object.entries(output.data).flatMap(([type, value]) => textsOfData(type, value)),
        ...leavesOf(output.metadata),
      ];
  }
}

function textsOfData(type: string, value: unknown): string[] {
  if (typeof value !== "string") return leavesOf(value);
  if (type === "text/markdown") return textsOfMarkdown(value);
  // An element a line, as a table's cells are.
  if (type === "text/html" || type === "image/svg+xml")
    return [decodedEntities(value.replace(/<(style|script)\b.*?<\/\1>|<\/?[A-Za-z][^<>]*>/gis, "\n"))];
  return /^image\//.test(type) ? [] : [value];
}

/** The strings and numbers of a JSON value. */
function leavesOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number") return [String(value)];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(leavesOf) : [];
}

/** All that a notebook says. */
export function wordsOfAll({ cells }: Notebook): string {
  return cells.flatMap(textsOfCell).join("\n");
}

function textsOfCell(cell: Cell): string[] {
  if (cell.type !== "code") return textsOfMarkdown(cell.source);
  return [cell.source, ...cell.outputs.flatMap(textsOfOutput)];
}
