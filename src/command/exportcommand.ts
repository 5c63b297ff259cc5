import { constants } from "node:os";
import { type ExportOptions, exportNotebook, exportNotebooks, isFolder } from "../export";
import { cellNamedIn, ExportError } from "../export/error";
import { told } from "./commandmessages";

/** What `tslab-gradients export` was given. */
export interface ExportCommandOptions {
  to: string;
  output?: string;
  variant?: string;
  allow: string[];
  paper: string;
  execute?: boolean;
  embedFonts?: boolean;
  shorten?: boolean;
  pictures?: string;
  json?: boolean;
}

/** Exports notebooks, and says in a line what was written. */
export async function exportCommand(paths: string[], options: ExportCommandOptions): Promise<void> {
  const { output } = options;
  if (paths.length > 1 && output !== undefined && !isFolder(output))
    throw new ExportError(
      `-o ${output} is one place for ${paths.length} notebooks; expected a folder, with / at its end.`,
    );
  endOnSignals();
  if (options.json === true) {
    for (const path of paths) await exportReport(path, options as ExportOptions);
    return;
  }
  const warnings: string[] = [];
  let end = (): void => {};
  const begins = (path: string, i: number): void => {
    end();
    end = progress(paths.length > 1 ? `${i + 1}/${paths.length} ${path}` : path);
  };
  const warn = (sentence: string): void => void warnings.push(sentence);
  let written;
  try {
    // What is none of the names is refused there, in a sentence.
    written = await exportNotebooks(paths, { ...options, warn } as ExportOptions, begins);
  } finally {
    end();
  }
  for (const warning of warnings) console.error(`tslab-gradients: ${told(warning)}`);
  const [first, ...more] = written;
  const size = written.reduce((sum, file) => sum + file.size, 0);
  const others = more.length === 0 ? "" : ` and ${more.length} more`;
  const counts = written.flatMap(({ solutions }) => solutions ?? []);
  console.log(
    told(`Wrote ${first!.path}${others}, ${sizeText(size)}${counts.length > 0 ? removed(counts) : ""}.`),
  );
}

/** Of each notebook: none may be one whose marks were forgotten. */
function removed(counts: readonly number[]): string {
  const said = counts.join(" + ");
  return `; ${said} ${said === "1" ? "solution" : "solutions"} removed`;
}

/** A handled signal waits while files are put in place: none is left half-written, and what was started is ended. */
function endOnSignals(): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.once(signal, () => process.exit(128 + constants.signals[signal]));
}

/** Says on a terminal what takes longer than a moment; @returns what takes the line away. */
function progress(what: string): () => void {
  if (!process.stderr.isTTY) return () => {};
  const timer = setTimeout(() => process.stderr.write(told(`Exporting ${what} …`)), 300);
  return () => {
    clearTimeout(timer);
    process.stderr.write("\r\u001b[K");
  };
}

function sizeText(bytes: number): string {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** What keeps a notebook from being exported, for a program that shows it. */
interface Problem {
  sentence: string;
  /** As the command says it, with what allows it. */
  line: string;
  /** The cell's place in the file, counted from 1. */
  cell?: number;
  /** What `--allow` takes, where the notebook may be exported all the same. */
  allow?: string;
}

/** How a guard's sentence ends, in both languages. */
const allowance = /(?:, or allow it with |，或用 )`--allow (\w+)`(?: 放行)?(?=[.。]$)/;

/** Exports a notebook, and prints as JSON what was written or what keeps it from being exported. */
async function exportReport(path: string, options: ExportOptions): Promise<void> {
  try {
    console.log(JSON.stringify({ files: await exportNotebook(path, options) }));
  } catch (error) {
    if (!(error instanceof ExportError)) throw error;
    console.log(JSON.stringify({ problems: error.message.split("\n").map(problemOf) }));
    process.exitCode = error.exitCode;
  }
}

function problemOf(sentence: string): Problem {
  const line = told(sentence);
  const cell = cellNamedIn(sentence);
  const allow = allowance.exec(line)?.[1];
  return {
    sentence: line.replace(allowance, ""),
    line,
    ...(cell === null ? {} : { cell }),
    ...(allow === undefined ? {} : { allow }),
  };
}
