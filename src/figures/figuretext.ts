import type { Figure } from "./figure";

/**
 * float32's smallest normal number, 1.2e-38. Below it there are fewer and fewer digits, down to 1.4e-45.
 */
const smallestNormal = 2 ** -126;

/** Whether a log axis shows the value; what float32 has no full precision for stands at the axis' floor. */
export function isDrawn(value: number): boolean {
  return Number.isFinite(value) && !isUnder(value);
}

/** Whether the value is 0 or denormal in float32. */
export function isUnder(value: number): boolean {
  return value < smallestNormal;
}

/** Three digits: 0.000202, 1.33, 4.25e+3, 1.2e-21; 0, inf and nan as they are. A denormal has no third digit. */
export function short(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return "inf";
  if (value === 0) return "0";
  if (isUnder(value)) return value.toExponential(1);
  return value < 1e-4 || value >= 1e4 ? value.toExponential(2) : String(Number(value.toPrecision(3)));
}

/** A number of the table, as long as float32 has digits; nothing where there is none. */
export function numeral(value: number | undefined): string {
  if (value === undefined) return "";
  return isDrawn(value) ? value.toPrecision(8) : short(value);
}

const isWide = /[\u2e80-\u9fff\uff00-\uffef]/u;

/** The width of a text in columns: Chinese characters count as two. */
export function columns(text: string): number {
  return [...text].reduce((sum, character) => sum + (isWide.test(character) ? 2 : 1), 0);
}

/** About how many pixels wide a text is: a Chinese character is a square, a Latin one on average little over half. */
export function pixels(text: string, fontSize: number): number {
  return [...text].reduce((sum, character) => sum + (isWide.test(character) ? 1 : 0.54), 0) * fontSize;
}

/** The text in lines of at most `width` pixels, broken at spaces and between Chinese characters. */
export function wrap(text: string, width: number, fontSize: number): string[] {
  const lines = [""];
  // A word with its space, or one Chinese character with the punctuation that must not begin a line.
  const parts = text.match(/[\u2e80-\u9fff][\u3000-\u303f\uff00-\uffef]*|[^\s\u2e80-\u9fff]+\s*|\s+/gu) ?? [];
  for (const part of parts) {
    const line = lines.at(-1)!;
    if (line !== "" && pixels(line + part.trimEnd(), fontSize) > width) lines.push(part);
    else lines[lines.length - 1] = line + part;
  }
  return lines.map((line) => line.trimEnd());
}

/** The rows that plotly.js sets a legend in: one, or as many columns of the widest entry as there is room for. */
export function legendRows(entries: readonly string[], room: number, fontSize: number): number {
  const widths = entries.map((entry) => 45 + pixels(entry, fontSize));
  if (widths.reduce((sum, width) => sum + width, 0) - 5 < room) return 1;
  return Math.ceil(entries.length / Math.max(1, Math.floor(room / Math.max(...widths))));
}

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
