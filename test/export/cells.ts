import type { Cell, Notebook, Output } from "../../dist/export/notebook";

interface Written {
  /** A Markdown cell's text. */
  source?: string;
  /** A code cell's. */
  code?: string;
  count?: number;
  outputs?: Output[];
  tags?: string[];
  metadata?: { [key: string]: unknown };
  attachments?: { [name: string]: { [mimeType: string]: string } };
}

/** A notebook of cells of which only what matters is written. */
export function cellsOf(written: readonly Written[]): Notebook {
  const cells = written.map(({ source, code, count, outputs, tags, metadata, attachments }, i): Cell => {
    const base = { id: `c${i + 1}`, metadata: { ...(tags ? { tags } : {}), ...metadata } };
    return code === undefined
      ? { ...base, type: "markdown", source: source ?? "", attachments: attachments ?? {} }
      : { ...base, type: "code", source: code, outputs: outputs ?? [], executionCount: count ?? null };
  });
  return { cells, metadata: { language_info: { name: "typescript" } } };
}

/** Code with the marks of solutions, written as `<<` and `>>`. */
export const marked = (code: string): string =>
  code.replaceAll("<<", "// BEGIN SOLUTION").replaceAll(">>", "// END SOLUTION");
