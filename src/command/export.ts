import { exportNotebook, type ExportOptions } from "../export";
import { ExportError } from "../export/error";
import { exportReport } from "./report";
import { told } from "./told";

/** What `tslab-gradients export` was given. */
export interface ExportCommandOptions {
  to: string;
  output?: string;
  variant?: string;
  allow: string[];
  paper: string;
  execute?: boolean;
  embedFonts?: boolean;
  pictures?: string;
  json?: boolean;
}

/** Exports notebooks, and says in a line what was written. */
export async function exportCommand(paths: string[], options: ExportCommandOptions): Promise<void> {
  const { output } = options;
  if (paths.length > 1 && output !== undefined && !output.endsWith("/"))
    throw new ExportError(
      `-o ${output} is one place for ${paths.length} notebooks; expected a folder, with / at its end.`,
    );
  if (options.json === true) {
    for (const path of paths) await exportReport(path, options as ExportOptions);
    return;
  }
  const written = [];
  for (const [i, path] of paths.entries()) {
    const end = progress(paths.length > 1 ? `${i + 1}/${paths.length} ${path}` : path);
    try {
      // What is none of the names is refused there, in a sentence.
      written.push(...(await exportNotebook(path, options as ExportOptions)));
    } finally {
      end();
    }
  }
  const [first, ...more] = written;
  const size = written.reduce((sum, file) => sum + file.size, 0);
  const others = more.length === 0 ? "" : ` and ${more.length} more`;
  console.log(told(`Wrote ${first!.path}${others}, ${sizeText(size)}.`));
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
