import type { Notebook } from "./notebook";
import type { Surroundings } from "./surroundings";
import type { ExportFile } from "./writefiles";

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
