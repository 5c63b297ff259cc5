import { stripVTControlCharacters } from "node:util";
import { codeLanguage, type DataOutput, type Notebook, type Output } from "./notebook";
import { extensionOf, heldBytes, pictureTypes } from "./picturetypes";
import { Copies, relocated } from "./relocate";
import { type Exported, searchable, type Target } from "./writefiles";

/** How a code block names its language, where that is not its own name. */
const fenceNames: { [language: string]: string } = { typescript: "ts", javascript: "js" };

/** Markdown, and beside it the pictures that it shows. */
export function writeMarkdown(notebook: Notebook, { path, surroundings }: Target): Exported {
  const copies = new Copies(path);
  const content = markdownText(relocated(notebook, surroundings, copies, "one document"), copies);
  return searchable({ path, content }, ...copies.files);
}

/** The notebook as Markdown; its outputs' pictures are copied. */
function markdownText(notebook: Notebook, copies: Copies): string {
  const language = codeLanguage(notebook) ?? "";
  const fence = fenceNames[language] ?? language.replace(/[\s`]+/g, "-");
  const parts = notebook.cells.map((cell) => {
    if (cell.type !== "code") return cell.source;
    const shown = cell.outputs.map((output, i) => outputText(output, `${cell.id}-${i + 1}`, copies));
    const isHidden = (cell.metadata["tslab-gradients"] as { hideInput?: boolean } | undefined)?.hideInput;
    const code = cell.source.trim() === "" || isHidden ? [] : [fenced(cell.source, fence)];
    return [...code, ...shown].filter((part) => part !== "").join("\n\n");
  });
  return `${parts.filter((part) => part.trim() !== "").join("\n\n")}\n`;
}

function outputText(output: Output, name: string, copies: Copies): string {
  if (output.type === "stream") return fenced(stripVTControlCharacters(output.text), "text");
  if (output.type === "error") {
    const { ename, evalue, traceback } = output;
    return fenced(stripVTControlCharacters(traceback.join("\n") || `${ename}: ${evalue}`), "text");
  }
  const { data } = output;
  const picture = pictureTypes.find((type) => type in data);
  if (picture !== undefined) {
    const bytes = heldBytes(picture, String(data[picture]));
    const address = copies.add(name, `${name}.${extensionOf(picture)}`, bytes);
    return `![${altOf(output, picture)
      .replaceAll(/([\\[\]])/g, "\\$1")
      .replaceAll(/\s+/g, " ")}](${address})`;
  }
  for (const mimeType of ["text/markdown", "text/latex", "text/html"])
    if (mimeType in data) return String(data[mimeType]).trimEnd();
  const [mimeType, value] =
    Object.entries(data).find(([type]) => type === "text/plain") ?? Object.entries(data)[0] ?? [];
  if (mimeType === undefined) return "";
  return typeof value === "string"
    ? fenced(stripVTControlCharacters(value), "text")
    : fenced(JSON.stringify(value, null, 2), "json");
}

function altOf({ metadata }: DataOutput, mimeType: string): string {
  const own = metadata[mimeType] as { alt?: unknown } | undefined;
  const { alt } = typeof own?.alt === "string" ? own : (metadata as { alt?: unknown });
  return typeof alt === "string" ? alt : "";
}

/** A code block whose fence is longer than any in the text. */
function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text.trimEnd()}\n${fence}`;
}
