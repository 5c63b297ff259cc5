/** By a method of this name an object says how Jupyter shows it: Deno's and others' convention. */
export const display: unique symbol = Symbol.for("Jupyter.display");
/** By a method of this name an object says how Node's console shows it. */
export const inspect: unique symbol = Symbol.for("nodejs.util.inspect.custom");

/** Rows of cells as text, a line each, with columns as wide as their widest cell; numbers end where theirs ends. */
export function aligned(rows: readonly string[][], numbers: readonly number[] = []): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const padded = (cell: string, i: number): string =>
    numbers.includes(i) ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!);
  return rows.map((row) => row.map(padded).join("  ").trimEnd()).join("\n");
}
