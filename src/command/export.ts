import { type Format, exportNotebook } from "../export";
import { ExportError } from "../export/error";

/** What `tslab-gradients export` was given. */
export interface ExportCommandOptions {
  to: string;
  output?: string;
}

/** Exports notebooks, and says in a line what was written. */
export async function exportCommand(paths: string[], { to, output }: ExportCommandOptions): Promise<void> {
  if (paths.length > 1 && output !== undefined && !output.endsWith("/"))
    throw new ExportError(
      `-o ${output} is one place for ${paths.length} notebooks; expected a folder, with / at its end.`,
    );
  const written = [];
  for (const path of paths)
    written.push(
      ...(await exportNotebook(path, { to: to as Format, ...(output === undefined ? {} : { output }) })),
    );
  const [first, ...more] = written;
  const size = written.reduce((sum, file) => sum + file.size, 0);
  const others = more.length === 0 ? "" : ` and ${more.length} more`;
  console.log(`Wrote ${first!.path}${others}, ${sizeText(size)}.`);
}

function sizeText(bytes: number): string {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
