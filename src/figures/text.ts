import type { Figure } from "./figure";
import { columns } from "./lines";

/** A figure's numbers as a table of plain text, Chinese characters counted as two columns. */
export function figureText({ layout: { meta, title } }: Figure): string {
  const rows = meta.table;
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => columns(row[column] ?? ""))));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell + " ".repeat(widths[column]! - columns(cell)))
      .join("  ")
      .trimEnd(),
  );
  return [(title as { text: string }).text, ...lines].join("\n");
}
