import { ExportError, nameOf } from "./error";
import { type Cell, type CodeCell, type Notebook, type Output } from "./notebook";

/** More text than this, in characters, fills more pages than a browser prints. */
const longest = 2e6;
/** Of a longer output the first and the last so many lines are kept, and of a longer line so many characters. */
const lines = 100;
const characters = 2000;

/** Whether a PDF holds the text of a notebook's outputs. @throws ExportError where it does not */
export function checkLength({ cells }: Notebook, path: string): void {
  const lengths = cells.map((cell) =>
    cell.type === "code" ? cell.outputs.reduce((sum, each) => sum + lengthOf(each), 0) : 0,
  );
  const total = lengths.reduce((sum, length) => sum + length, 0);
  if (total <= longest) return;
  const at = lengths.indexOf(Math.max(...lengths));
  throw new ExportError(
    `${path} has ${(total / 1e6).toFixed(1)} MB of text in its outputs, most of it below ${nameOf(cells[at]!, at)}; a PDF holds ${longest / 1e6} MB. Clear that output, or keep only the beginning and the end of long ones with \`--shorten\`.`,
  );
}

/** What a PDF prints of an output as text. */
function lengthOf(output: Output): number {
  if (output.type === "stream") return output.text.length;
  if (output.type === "error") return output.traceback.join("\n").length;
  const texts = Object.entries(output.data).flatMap(([type, value]) =>
    type.startsWith("text/") && typeof value === "string" ? [value.length] : [],
  );
  return Math.max(0, ...texts);
}

/** The notebook with only the beginning and the end of long outputs. */
export function shortened(notebook: Notebook): Notebook {
  const short = (cell: CodeCell): CodeCell => ({ ...cell, outputs: cell.outputs.map(shortOutput) });
  const cells = notebook.cells.map((cell): Cell => (cell.type === "code" ? short(cell) : cell));
  return { ...notebook, cells };
}

function shortOutput(output: Output): Output {
  if (output.type === "stream") return { ...output, text: shortText(output.text) };
  if (output.type === "error")
    return { ...output, traceback: shortText(output.traceback.join("\n")).split("\n") };
  const kept = Object.entries(output.data).flatMap(([type, value]): [string, unknown][] => {
    if (typeof value !== "string" || !type.startsWith("text/")) return [[type, value]];
    if (type === "text/plain") return [[type, shortText(value)]];
    // What is marked up cannot be cut: its plain text is shown instead.
    return value.length > longest && "text/plain" in output.data ? [] : [[type, value]];
  });
  return { ...output, data: Object.fromEntries(kept) };
}

function shortText(text: string): string {
  const all = text
    .split("\n")
    .map((line) => (line.length > characters ? `${line.slice(0, characters)} …` : line));
  if (all.length <= 2 * lines) return all.join("\n");
  return [...all.slice(0, lines), `… (${all.length - 2 * lines})`, ...all.slice(-lines)].join("\n");
}
