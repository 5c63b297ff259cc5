import { exportNotebook, type ExportOptions } from "../export";
import { cellNamedIn, ExportError } from "../export/error";
import { told } from "./told";

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
export async function exportReport(path: string, options: ExportOptions): Promise<void> {
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
