import { basename, dirname, extname, isAbsolute, join, resolve, sep } from "node:path";
import { existsSync, readFileSync, statSync } from "node:fs";
import { ExportError } from "./error";
import { rendered } from "./html/document";
import { pageHtml } from "./html/page";
import { fileAddress } from "./html/picture";
import { ipynb } from "./ipynb";
import { markdownFiles } from "./markdown";
import type { Notebook } from "./notebook";
import { readNotebook } from "./read";
import { script } from "./script";
import { type ExportFile, writeFiles } from "./write";

/** What a notebook becomes. */
export type Format = "html" | "md" | "ts" | "ipynb";
export const formats: readonly Format[] = ["html", "md", "ts", "ipynb"];

export interface ExportOptions {
  to: Format;
  /** Where it is written: a file, or a folder that is there. By default beside the notebook. */
  output?: string;
}

/** A file that was written, and its size in bytes. */
export interface Written {
  path: string;
  size: number;
}

/**
 * Writes a notebook in another form; the notebook itself is never touched.
 * @returns what was written, the main file first
 * @throws ExportError where the notebook cannot be read, or the files not be written; nothing is half-written then
 */
export async function exportNotebook(path: string, { to, output }: ExportOptions): Promise<Written[]> {
  if (!formats.includes(to))
    throw new ExportError(`The format is ${JSON.stringify(to)}; expected ${formats.join(", ")}.`);
  const notebook = readNotebook(path);
  const files = await filesOf(notebook, path, to, placeOf(path, to, output));
  writeFiles(files, [path]);
  return files.map((file) => ({ path: file.path, size: Buffer.byteLength(file.content) }));
}

async function filesOf(notebook: Notebook, from: string, to: Format, path: string): Promise<ExportFile[]> {
  switch (to) {
    case "html": {
      const address = (name: string): string | null => {
        const content = pictureAt(dirname(from), name);
        return content && fileAddress(name, content);
      };
      return [{ path, content: pageHtml(await rendered(notebook, basename(path), address)) }];
    }
    case "ipynb":
      return [{ path, content: ipynb(notebook) }];
    case "ts":
      return [{ path, content: script(notebook) }];
    case "md":
      return markdownFiles(notebook, path, (address) => pictureAt(dirname(from), address));
  }
}

/** A picture in the notebook's folder or below it: nothing else of the machine goes into an export. */
function pictureAt(folder: string, address: string): Uint8Array | null {
  const path = resolve(folder, address);
  const isInside = !isAbsolute(address) && path.startsWith(resolve(folder) + sep);
  return isInside && existsSync(path) && statSync(path).isFile() ? readFileSync(path) : null;
}

function placeOf(path: string, to: Format, output: string | undefined): string {
  const name = `${basename(path, extname(path))}.${to}`;
  if (output === undefined) return join(dirname(path), name);
  const isFolder = output.endsWith("/") || (existsSync(output) && statSync(output).isDirectory());
  return isFolder ? join(output, name) : output;
}
