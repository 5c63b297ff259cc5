/** A position in a source: line and column from 0, in UTF-16. */
interface Place {
  line: number;
  column: number;
}

const escape = (code: string, text: string): string => `\u001b[${code}m${text}\u001b[0m`;
export const red = (text: string): string => escape("0;31", text);
const green = (text: string): string => escape("0;32", text);

/** Characters that take two columns in a terminal's font: the caret must stand below what it means. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|[\ud83c-\ud83e][\udc00-\udfff]/g;

/** How far the text reaches, in columns. Tabs stay tabs. */
function blank(text: string): string {
  return text.replace(wide, "  ").replace(/[^\t]/g, " ");
}

/** The line of a source with a caret under the place. */
export function codeFrame(source: string, text: string, start: Place, end: Place): string {
  const number = String(start.line + 1);
  const reach = end.line === start.line ? Math.max(end.column - start.column, 1) : text.length - start.column;
  const carets = "^".repeat(Math.max(blank(text.slice(start.column, start.column + reach)).length, 1));
  return [
    `  ${green(`${source}:${number}:${start.column + 1}`)}`,
    `  ${number} | ${text}`,
    `  ${" ".repeat(number.length)} | ${blank(text.slice(0, start.column))}${red(carets)}`,
  ].join("\n");
}
