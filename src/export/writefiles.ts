import {
  accessSync,
  type BigIntStats,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { ExportError } from "./error";
import type { Notebook } from "./notebook";
import type { Surroundings } from "./surroundings";

/** Writes a notebook in one format. */
export type Writer = (notebook: Notebook, target: Target) => Exported | Promise<Exported>;

/** Paper sizes. */
export type Paper = "A4" | "Letter";
export const papers: readonly Paper[] = ["A4", "Letter"];

export interface Target {
  /** Where its main file is to be. */
  path: string;
  surroundings: Surroundings;
  paper: Paper;
  /** Whether a page carries its Chinese characters. */
  embedFonts: boolean;
  warn(sentence: string): void;
}

/** What comes of a notebook, the main file first, and what must be searched for what students may not see. */
export interface Exported {
  files: ExportFile[];
  /** What was printed: a PDF's text cannot be searched. */
  sources: ExportFile[];
}

/** Files that are searched as they are. */
export function searchable(...files: ExportFile[]): Exported {
  return { files, sources: files };
}

/** A file of an export: its path and what it holds. */
export interface ExportFile {
  path: string;
  content: string | Uint8Array;
}

/** What an export reads, none of which it may overwrite. */
interface Sources {
  notebooks: readonly string[];
  pictures: ReadonlySet<string>;
}

interface Waiting extends ExportFile {
  /** Where it really is to be, if a symbolic link stands there. */
  place: string;
  beside: string;
  /** Where what stood there waits until all is in place. */
  before: string;
}

/**
 * Writes files whole: each beside its place first, and all put in place only when all are written.
 * @throws ExportError where a place cannot be written, or is one of the sources'; all is as it was then.
 */
export function writeFiles(files: readonly ExportFile[], sources: Sources): void {
  const notebooks = new Set(sources.notebooks.map(fileAt));
  const pictures = new Set([...sources.pictures].map(fileAt));
  const places = new Set<string>();
  for (const { path, content } of files) {
    checkPlace(path);
    const file = fileAt(path);
    if (notebooks.has(file))
      throw new ExportError(`${path} is the notebook itself; expected another path with -o.`);
    if (pictures.has(file) && !isAlready(path, content))
      throw new ExportError(`${path} is a picture that the notebook shows; expected another path with -o.`);
    if (places.has(resolve(path)))
      throw new ExportError(`${path} would be written twice; expected a place for each export.`);
    places.add(resolve(path));
  }
  const waiting = files.map(({ path, content }, i): Waiting => {
    const place = existsSync(path) ? realpathSync(path) : resolve(path);
    const own = join(dirname(place), `.tslab-gradients-${process.pid}-${i}`);
    return { path, content, place, beside: `${own}.part`, before: `${own}.before` };
  });
  const made: string[] = [];
  const done: Waiting[] = [];
  try {
    for (const { beside, content } of waiting) {
      const first = mkdirSync(dirname(beside), { recursive: true });
      if (first !== undefined) made.push(first);
      writeFileSync(beside, content);
    }
    for (const one of waiting) {
      done.push(one);
      if (existsSync(one.place)) renameSync(one.place, one.before);
      renameSync(one.beside, one.place);
    }
  } catch (error) {
    undo(waiting, done, made);
    const { code, path } = error as NodeJS.ErrnoException;
    const failed = waiting.find(({ beside, before }) => path === beside || path === before);
    throw new ExportError(`${failed?.path ?? path ?? files[0]!.path} cannot be written (${code}).`);
  }
  for (const { before } of waiting) rmSync(before, { force: true });
}

/** Undoes each step; where one cannot be undone, the others are all the same. */
function undo(waiting: readonly Waiting[], done: readonly Waiting[], made: readonly string[]): void {
  const steps = [
    ...[...done].reverse().map(({ place, beside, before }) => () => {
      if (!existsSync(beside)) rmSync(place, { force: true });
      if (existsSync(before)) renameSync(before, place);
    }),
    ...waiting.map(
      ({ beside }) =>
        () =>
          rmSync(beside, { force: true }),
    ),
    ...[...made].reverse().map((folder) => () => rmSync(folder, { recursive: true, force: true })),
  ];
  for (const step of steps)
    try {
      step();
    } catch {
      // The sentence that follows names the place.
    }
}

/** The same for all paths to a file: its device and number, or for one that is not there yet its path. */
function fileAt(path: string): string {
  const stat = statOf(path);
  return stat === undefined || stat.ino === 0n ? resolve(path) : `${stat.dev}:${stat.ino}`;
}

function statOf(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false, bigint: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A file stands where a folder of the path should be.
    if (code === "ENOTDIR") return undefined;
    throw new ExportError(`${path} cannot be written (${code}).`);
  }
}

function isAlready(path: string, content: ExportFile["content"]): boolean {
  const stat = statSync(path);
  return stat.size === Buffer.byteLength(content) && readFileSync(path).equals(Buffer.from(content));
}

function checkPlace(path: string): void {
  const stat = statOf(resolve(path));
  if (stat?.isDirectory()) throw new ExportError(`${path} is a folder; expected the path of a file.`);
  if (stat !== undefined && !stat.isFile())
    throw new ExportError(`${path} is no file; expected the path of a file.`);
  const folder = nearestFolder(resolve(path));
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    throw new ExportError(`${path} cannot be written: permission is missing in ${folder}.`);
  }
}

/** The folder that is there already, of those that lead to the path. */
function nearestFolder(path: string): string {
  const folder = dirname(path);
  const stat = statOf(folder);
  if (stat?.isDirectory() || folder === dirname(folder)) return folder;
  if (stat !== undefined) throw new ExportError(`${folder} is a file; expected a folder.`);
  return nearestFolder(folder);
}
