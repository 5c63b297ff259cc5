import { constants, accessSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { ExportError } from "./error";

/** A file of an export: its path and what it holds. */
export interface ExportFile {
  path: string;
  content: string | Uint8Array;
}

/**
 * Writes the files of one export whole: each beside its place first, and all put in place only when all are written.
 * @throws ExportError where a place cannot be written, or is one of the sources'; nothing is left behind then.
 */
export function writeFiles(files: ExportFile[], sources: string[]): void {
  const inputs = new Set(sources.map((path) => resolve(path)));
  for (const { path } of files) checkPlace(path, inputs);
  const waiting = files.map(({ path, content }) => {
    const beside = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
    return { path, beside, content };
  });
  try {
    for (const { beside, content } of waiting) {
      mkdirSync(dirname(beside), { recursive: true });
      writeFileSync(beside, content);
    }
    for (const { path, beside } of waiting) renameSync(beside, path);
  } catch (error) {
    for (const { beside } of waiting) rmSync(beside, { force: true });
    const { code, path } = error as NodeJS.ErrnoException;
    const place = waiting.find(({ beside }) => beside === path)?.path ?? path ?? files[0]!.path;
    throw new ExportError(`${place} cannot be written (${code}).`);
  }
}

function checkPlace(path: string, inputs: Set<string>): void {
  if (inputs.has(resolve(path)))
    throw new ExportError(`${path} is the notebook itself; expected another path with -o.`);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
    throw new ExportError(`${path} is a folder; expected the path of a file.`);
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
  const stat = statSync(folder, { throwIfNoEntry: false });
  if (stat?.isDirectory() || folder === dirname(folder)) return folder;
  if (stat !== undefined) throw new ExportError(`${folder} is a file; expected a folder.`);
  return nearestFolder(folder);
}
