/** The width of a text in columns: Chinese characters count as two. */
export function columns(text: string): number {
  return [...text].reduce(
    (sum, character) => sum + (/[\u2e80-\u9fff\uff00-\uffef]/u.test(character) ? 2 : 1),
    0,
  );
}

/** How wide a column is at most, on average, in a font of 1 pixel. */
const columnWidth = 0.55;

/** About how many pixels wide a text is. */
export function pixels(text: string, fontSize: number): number {
  return columns(text) * fontSize * columnWidth;
}

/** The text in lines of at most `width` pixels, broken at spaces and between Chinese characters. */
export function wrap(text: string, width: number, fontSize: number): string[] {
  const most = Math.max(1, Math.floor(width / (fontSize * columnWidth)));
  const lines = [""];
  // A word with its space, or one Chinese character with the punctuation that must not begin a line.
  for (const part of text.match(
    /[\u2e80-\u9fff][\u3000-\u303f\uff00-\uffef]*|[^\s\u2e80-\u9fff]+\s*|\s+/gu,
  ) ?? []) {
    const line = lines.at(-1)!;
    if (line !== "" && columns(line + part.trimEnd()) > most) lines.push(part);
    else lines[lines.length - 1] = line + part;
  }
  return lines.map((line) => line.trimEnd());
}
