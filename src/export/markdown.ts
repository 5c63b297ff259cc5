import { basename, dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { DataOutput, Notebook, Output } from "./notebook";
import type { ExportFile } from "./write";

/** Pictures that Markdown shows, best first, and their files' extensions. */
const pictures: [mimeType: string, extension: string][] = [
  ["image/svg+xml", "svg"],
  ["image/png", "png"],
  ["image/jpeg", "jpg"],
  ["image/gif", "gif"],
  ["image/webp", "webp"],
];

/**
 * The notebook as Markdown at a path, and its pictures as files in a folder beside it.
 * @param picture what a file holds that the notebook's prose shows by a relative path; null where there is none
 */
export function markdownFiles(
  notebook: Notebook,
  path: string,
  picture: (address: string) => Uint8Array | null,
): ExportFile[] {
  const folder = `${basename(path).replace(/\.[^.]*$/, "")}_files`;
  const files: ExportFile[] = [];
  const add = (name: string, mimeType: string, content: string): string => {
    const isText = mimeType === "image/svg+xml" && !/^[A-Za-z0-9+/=\s]+$/.test(content);
    const file = join(dirname(path), folder, name);
    files.push({ path: file, content: isText ? content : Buffer.from(content, "base64") });
    return encodeURI(`${folder}/${name}`);
  };
  const parts = notebook.cells.map((cell) => {
    if (cell.type === "raw") return cell.source;
    if (cell.type === "code") {
      const shown = cell.outputs.map((output, i) => outputText(output, `${cell.id}-${i + 1}`, add));
      const isHidden = (cell.metadata["tslab-gradients"] as { hideInput?: boolean } | undefined)?.hideInput;
      const code = cell.source.trim() === "" || isHidden ? [] : [fenced(cell.source, "ts")];
      return [...code, ...shown].filter((part) => part !== "").join("\n\n");
    }
    const own = cell.source.replace(
      /(!\[[^\]]*\]\()([^)\s:]+)(?=[\s)])/g,
      (whole, head: string, address: string) => {
        const content = picture(decodeURI(address));
        if (content === null) return whole;
        files.push({ path: join(dirname(path), folder, basename(address)), content });
        return `${head}${encodeURI(`${folder}/${basename(decodeURI(address))}`)}`;
      },
    );
    return own.replace(/attachment:([^)\s"']+)/g, (whole, name: string) => {
      const [mimeType, content] = Object.entries(cell.attachments[decodeURIComponent(name)] ?? {})[0] ?? [];
      if (mimeType === undefined || content === undefined) return whole;
      return add(`${cell.id}-${decodeURIComponent(name).replaceAll(/[\\/]/g, "-")}`, mimeType, content);
    });
  });
  const content = `${parts.filter((part) => part.trim() !== "").join("\n\n")}\n`;
  return [{ path, content }, ...files];
}

type Add = (name: string, mimeType: string, content: string) => string;

function outputText(output: Output, name: string, add: Add): string {
  if (output.type === "stream") return fenced(stripVTControlCharacters(output.text), "text");
  if (output.type === "error") {
    const { ename, evalue, traceback } = output;
    return fenced(stripVTControlCharacters(traceback.join("\n") || `${ename}: ${evalue}`), "text");
  }
  const { data } = output;
  const picture = pictures.find(([mimeType]) => mimeType in data);
  if (picture !== undefined) {
    const [mimeType, extension] = picture;
    const address = add(`${name}.${extension}`, mimeType, String(data[mimeType]));
    return `![${altOf(output, mimeType)
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
