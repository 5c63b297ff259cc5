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
