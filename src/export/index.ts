import { existsSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { ExportError, nameOf } from "./error";
import { executed } from "./execute";
import { type Format, formats, formatTable, type Variant, variants } from "./formats";
import { guard, type GuardKind, guardKinds } from "./guards";
import { asset } from "./html/assets";
import { checkLeaks, checkPlaces } from "./leak";
import { type Cell, type CodeCell, codeLanguage, isTypeScript, type Notebook, type Output } from "./notebook";
import { readNotebook } from "./readnotebook";
import { solutionsIn } from "./solution";
import { Surroundings } from "./surroundings";
import { variantOf } from "./variant";
import { type ExportFile, type Paper, papers, writeFiles, type Writer } from "./writefiles";
import { writeMarkdown } from "./writemarkdown";
import { writeNotebook } from "./writenotebook";
import { writePage } from "./writepage";
import { writePdf } from "./writepdf";
import { writeScript } from "./writescript";
import { writeSlides } from "./writeslides";

export { type Format, formats, type Variant, variants } from "./formats";
export { type GuardKind, guardKinds } from "./guards";
export { type Paper, papers } from "./writefiles";

/** Of each row of the table of formats what writes it. */
const writers: { [format in Format]: Writer } = {
  html: writePage,
  slides: writeSlides,
  pdf: writePdf,
  md: writeMarkdown,
  ts: writeScript,
  ipynb: writeNotebook,
};

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
  /** Is told, in a sentence each, of pictures that are not there and links that lead nowhere. By default not. */
  warn?: (sentence: string) => void;
  /** A PDF's size. By default A4. */
  paper?: Paper;
  /** Whether of long outputs only the beginning and the end are kept. By default not. */
  shorten?: boolean;
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
  return exportNotebooks([path], options);
}

/**
 * Writes notebooks in another form, all or none of them; links between them lead on between what is written.
 * @param begins is told of each before its turn
 */
export async function exportNotebooks(
  given: readonly string[],
  options: ExportOptions,
  begins: (path: string, index: number) => void = () => {},
): Promise<Written[]> {
  checkOptions(options);
  const paths = [...new Map(given.map((path) => [resolve(path), path])).values()];
  const places = placesOf(paths, options);
  const files: ExportFile[] = [];
  const removed = new Map<ExportFile, number>();
  const pictures = new Set<string>();
  for (const [i, path] of paths.entries()) {
    begins(path, i);
    const exported = await exportedFiles(path, places, options).catch((error: unknown) => {
      throw paths.length > 1 ? named(error, path) : error;
    });
    files.push(...exported.files);
    if (exported.solutions !== undefined) removed.set(exported.files[0]!, exported.solutions);
    for (const picture of exported.pictures) pictures.add(picture);
  }
  writeFiles(files, { notebooks: paths, pictures });
  return files.map((file) => {
    const solutions = removed.get(file);
    const size = Buffer.byteLength(file.content);
    return { path: file.path, size, ...(solutions === undefined ? {} : { solutions }) };
  });
}

/** Of several notebooks it is said which one is meant. */
function named(error: unknown, path: string): unknown {
  if (!(error instanceof ExportError)) return error;
  const sentences = error.message.split("\n");
  const all = sentences.map((sentence) => (sentence.includes(path) ? sentence : `In ${path}: ${sentence}`));
  return new ExportError(all.join("\n"));
}

/** A notebook in another form, not yet written. */
interface Unwritten {
  /** The main one first. */
  files: ExportFile[];
  /** The files that it shows. */
  pictures: ReadonlySet<string>;
  /** A student's copy: how many solutions it is without. */
  solutions?: number;
}

async function exportedFiles(path: string, places: Places, options: ExportOptions): Promise<Unwritten> {
  const { to, variant = null, allow = [], paper = "A4", warn = () => {} } = options;
  const read = readNotebook(path);
  if (to === "ts" || options.execute === true) checkLanguage(read, path);
  const ran = options.execute === true ? await executed(read, path) : read;
  const notebook = options.shorten === true ? shortened(ran) : ran;
  // A script has no outputs that could be stale.
  if (to !== "ts") guard(notebook, allow);
  const shown = variantOf(notebook, variant);
  if (variant === "key" && shown.cells.length === 0)
    throw new ExportError(
      `${path} has no solutions; expected cells with the tag solution, or // BEGIN SOLUTION and // END SOLUTION.`,
    );
  if (variant === "student")
    checkPlaces(notebook, shown, { outputs: to !== "ts", metadata: to !== "ts" && to !== "md" });
  if (to === "pdf") checkLength(shown, path);
  const output = places.get(path)!;
  const told = new Set<string>();
  const surroundings = new Surroundings({
    notebook: path,
    cells: notebook.cells,
    folder: options.pictures ?? dirname(path),
    output,
    exportOf: (other) => exportOf(other, output, places, options),
    readsNotebooks: to === "ipynb" || to === "md",
    warn: (sentence) => {
      if (!told.has(sentence)) warn(sentence);
      told.add(sentence);
    },
  });
  const embedFonts = options.embedFonts === true;
  const target = { path: output, surroundings, paper, embedFonts, warn };
  const { files, sources } = await writers[to](shown, target);
  if (variant === "student")
    checkLeaks(notebook, shown, sources, formatTable[to].assets.map(asset).join("\n"));
  const solutions = variant === "student" ? { solutions: solutionsIn(notebook) } : {};
  return { files, pictures: surroundings.sources, ...solutions };
}

function checkOptions({ to, output, variant, allow = [], paper = "A4" }: ExportOptions): void {
  if (output === "") throw new ExportError('The output is ""; expected the path of a file or of a folder.');
  checkOneOf("format", to, formats);
  if (variant !== undefined) checkOneOf("variant", variant, variants);
  checkOneOf("paper", paper, papers);
  for (const kind of allow) checkOneOf("kind of problem to allow", kind, guardKinds);
}

function checkOneOf(what: string, value: unknown, expected: readonly string[]): void {
  if (!expected.includes(value as string))
    throw new ExportError(`The ${what} is ${JSON.stringify(value)}; expected ${expected.join(", ")}.`);
}

/** Cells that no TypeScript kernel can run, and that are no TypeScript module. */
function checkLanguage(notebook: Notebook, path: string): void {
  if (isTypeScript(notebook)) return;
  const language = codeLanguage(notebook);
  throw new ExportError(
    language === null
      ? `${path} does not say what language its cells are in; expected a kernelspec of TypeScript in its metadata.`
      : `${path} has cells in ${language}; expected TypeScript or JavaScript.`,
  );
}

/** By notebook, where its export is to be. */
type Places = ReadonlyMap<string, string>;

function placesOf(paths: readonly string[], options: ExportOptions): Places {
  const places = new Map<string, string>();
  const owners = new Map<string, string>();
  for (const path of paths) {
    const place = placeOf(path, options, options.output);
    const owner = owners.get(resolve(place));
    if (owner !== undefined)
      throw new ExportError(
        `${owner} and ${path} would both be written to ${place}; expected a folder for each, or other names.`,
      );
    owners.set(resolve(place), path);
    places.set(path, place);
  }
  return places;
}

function placeOf(path: string, { to, variant }: ExportOptions, output: string | undefined): string {
  const name = `${basename(path, extname(path))}${variant ? `-${variant}` : ""}.${formatTable[to].extension}`;
  if (output === undefined) return join(dirname(path), name);
  return isFolder(output) ? join(output, name) : output;
}

/** Whether exports are to be put into it. */
export function isFolder(output: string): boolean {
  return output.endsWith("/") || (existsSync(output) && statSync(output).isDirectory());
}

/** Where a notebook that another links to is exported to: now, or before, beside that one's export. */
function exportOf(notebook: string, output: string, places: Places, options: ExportOptions): string | null {
  const real = (path: string): string => (existsSync(path) ? realpathSync(path) : resolve(path));
  const now = [...places].find(([path]) => real(path) === real(notebook));
  if (now !== undefined) return now[1];
  const before = placeOf(notebook, options, dirname(output));
  return existsSync(before) && real(before) !== real(notebook) ? before : null;
}

/** More text than this, in characters, fills more pages than a browser prints. */
const longest = 2e6;
/** Of a longer output the first and the last so many lines are kept, and of a longer line so many characters. */
const lines = 100;
const characters = 2000;

/** Whether a PDF holds the text of a notebook's outputs. @throws ExportError where it does not */
function checkLength({ cells }: Notebook, path: string): void {
  const lengths = cells.map((cell) =>
    cell.type === "code" ? cell.outputs.reduce((sum, each) => sum + lengthOf(each), 0) : 0,
  );
  const total = lengths.reduce((sum, length) => sum + length, 0);
  if (total <= longest) return;
  const at = lengths.indexOf(Math.max(...lengths));
  throw new ExportError(
    `${path} has ${(total / 1e6).toFixed(1)} MB of text in its outputs, most of it below ${nameOf(cells[at]!, at)}; a PDF holds ${longest / 1e6} MB. Clear that output, or keep only the beginning and the end of long ones with \`--shorten\`.`,
  );
}

/** What a PDF prints of an output as text. */
function lengthOf(output: Output): number {
  if (output.type === "stream") return output.text.length;
  if (output.type === "error") return output.traceback.join("\n").length;
  const texts = Object.entries(output.data).flatMap(([type, value]) =>
    type.startsWith("text/") && typeof value === "string" ? [value.length] : [],
  );
  return Math.max(0, ...texts);
}

/** The notebook with only the beginning and the end of long outputs. */
function shortened(notebook: Notebook): Notebook {
  const short = (cell: CodeCell): CodeCell => ({ ...cell, outputs: cell.outputs.map(shortOutput) });
  const cells = notebook.cells.map((cell): Cell => (cell.type === "code" ? short(cell) : cell));
  return { ...notebook, cells };
}

function shortOutput(output: Output): Output {
  if (output.type === "stream") return { ...output, text: shortText(output.text) };
  if (output.type === "error")
    return { ...output, traceback: shortText(output.traceback.join("\n")).split("\n") };
  const kept = Object.entries(output.data).flatMap(([type, value]): [string, unknown][] => {
    if (typeof value !== "string" || !type.startsWith("text/")) return [[type, value]];
    if (type === "text/plain") return [[type, shortText(value)]];
    // What is marked up cannot be cut: its plain text is shown instead.
    return value.length > longest && "text/plain" in output.data ? [] : [[type, value]];
  });
  return { ...output, data: Object.fromEntries(kept) };
}

function shortText(text: string): string {
  const all = text
    .split("\n")
    .map((line) => (line.length > characters ? `${line.slice(0, characters)} …` : line));
  if (all.length <= 2 * lines) return all.join("\n");
  return [...all.slice(0, lines), `… (${all.length - 2 * lines})`, ...all.slice(-lines)].join("\n");
}
