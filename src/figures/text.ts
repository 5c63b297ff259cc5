import type { Figure } from "./figure";

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

function columns(text: string): number {
  return [...text].reduce(
    (sum, character) => sum + (/[\u2e80-\u9fff\uff00-\uffef]/u.test(character) ? 2 : 1),
    0,
  );
}
