import { existsSync, statSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { ExportError } from "./error";
import { executed } from "./execute";
import { type Format, filesOf, formats } from "./files";
import { guard, type GuardKind, guardKinds } from "./guard";
import { asset } from "./html/assets";
import { checkLeaks, checkPlaces } from "./leak";
import { type Paper, papers } from "./pdf";
import { readNotebook } from "./read";
import { solutionsIn } from "./solution";
import { type Variant, variantOf, variants } from "./variant";
import { writeFiles } from "./write";

export { type Format, formats } from "./files";
export { type GuardKind, guardKinds } from "./guard";
export { type Paper, papers } from "./pdf";
export { type Variant, variants } from "./variant";

export interface ExportOptions {
  to: Format;
  /** Where it is written: a file, or a folder that is there. By default beside the notebook. */
  output?: string;
  /** For whom: by default the notebook as it stands. */
  variant?: Variant;
  /** Problems that do not stop the export. By default none. */
  allow?: readonly GuardKind[];
  /** Whether it is run first, in the project's own kernel; the file keeps its outputs. By default not. */
  execute?: boolean;
  /** The folder of the pictures that its prose shows by relative paths. By default its own. */
  pictures?: string;
  /** Whether a page carries its Chinese characters, for machines without a Chinese font. By default not. */
  embedFonts?: boolean;
  /** A PDF's size. By default A4. */
  paper?: Paper;
}

/** A file that was written, and its size in bytes. */
export interface Written {
  path: string;
  size: number;
  /** A student's copy: how many solutions the notebook has that it has not. */
  solutions?: number;
}

/**
 * Writes a notebook in another form; the notebook itself is never touched.
 * @returns what was written, the main file first
 * @throws ExportError where the notebook cannot be read, has what should not be published, would show students a
 *   solution, or where the files cannot be written; nothing is half-written then
 */
export async function exportNotebook(path: string, options: ExportOptions): Promise<Written[]> {
  const { to, output, variant = null, allow = [], paper = "A4" } = options;
  checkOneOf("format", to, formats);
  if (variant !== null) checkOneOf("variant", variant, variants);
  checkOneOf("paper", paper, papers);
  for (const kind of allow) checkOneOf("kind of problem to allow", kind, guardKinds);
  const read = readNotebook(path);
  const notebook = options.execute === true ? await executed(read, path) : read;
  // A script has no outputs that could be stale.
  if (to !== "ts") guard(notebook, allow);
  const shown = variantOf(notebook, variant);
  if (variant === "key" && shown.cells.length === 0)
    throw new ExportError(
      `${path} has no solutions; expected cells with the tag solution, or // BEGIN SOLUTION and // END SOLUTION.`,
    );
  if (variant === "student")
    checkPlaces(notebook, shown, { outputs: to !== "ts", metadata: to !== "ts" && to !== "md" });
  const { files, sources } = await filesOf(shown, {
    pictures: options.pictures ?? dirname(path),
    to,
    path: placeOf(path, to, variant, output),
    paper,
    embedFonts: options.embedFonts === true,
  });
  if (variant === "student") {
    const assets =
      to === "html" || to === "slides" ? ["page.js", "worker.js", "plotly.js", "explore.js", "page.css"] : [];
    checkLeaks(notebook, shown, sources, assets.map(asset).join("\n"));
  }
  writeFiles(files, [path]);
  const written: Written[] = files.map((file) => ({
    path: file.path,
    size: Buffer.byteLength(file.content),
  }));
  if (variant === "student") written[0]!.solutions = solutionsIn(notebook);
  return written;
}

function checkOneOf(what: string, value: unknown, expected: readonly string[]): void {
  if (!expected.includes(value as string))
    throw new ExportError(`The ${what} is ${JSON.stringify(value)}; expected ${expected.join(", ")}.`);
}

const extensions: { [format in Format]: string } = {
  html: "html",
  slides: "slides.html",
  pdf: "pdf",
  md: "md",
  ts: "ts",
  ipynb: "ipynb",
};

function placeOf(path: string, to: Format, variant: Variant | null, output: string | undefined): string {
  const name = `${basename(path, extname(path))}${variant ? `-${variant}` : ""}.${extensions[to]}`;
  if (output === undefined) return join(dirname(path), name);
  const isFolder = output.endsWith("/") || (existsSync(output) && statSync(output).isDirectory());
  return isFolder ? join(output, name) : output;
}
