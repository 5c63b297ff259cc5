import type { Places } from "../../runtime/stack";

/** Cells as they were written and as they run, by the name that stacks give them. */
const cells = new Map<string, { source: string[]; code: string[] }>();
/** Functions of a cell may throw long after it ran; so many cells are kept. */
const most = 500;

/** How a stack names the code of a cell: not as the reader does, whose lines and columns are others. */
export const scriptOf = (name: string): string => `${name}.js`;

export function keepCell(name: string, source: string, code: string): void {
  cells.set(name, { source: source.split("\n"), code: code.split("\n") });
  for (const oldest of cells.keys()) {
    if (cells.size <= most) break;
    cells.delete(oldest);
  }
}

/** So much of a line tells where it is; a line may be as long as a file. */
const longest = 200;

/** What stands at a column of the running line, where so much of it stands once in the reader's. */
function columnIn(text: string, code: string, column: number): number | null {
  const shift = code.indexOf(text);
  const kept = column - shift;
  if (shift >= 0 && kept >= 1 && kept <= text.length) return kept;
  const rest = code.slice(column - 1, column - 1 + longest);
  for (let length = rest.length; length > 2; length--) {
    const part = rest.slice(0, length);
    const at = text.indexOf(part);
    if (at >= 0 && text.lastIndexOf(part) === at) return at + 1;
  }
  return null;
}

/** The way back: compiled cells keep their lines. */
export const places: Places = {
  original(file, line, column) {
    const name = file.replace(/\.js$/, "");
    const cell = file === scriptOf(name) ? cells.get(name) : undefined;
    const text = cell?.source[line - 1];
    if (cell === undefined || text === undefined) return null;
    const own = columnIn(text, cell.code[line - 1] ?? "", column);
    return { source: name, line, column: own ?? text.length - text.trimStart().length + 1, text };
  },
  textOf: (source, line) => cells.get(source)?.source[line - 1] ?? null,
  // All of a page is one script.
  packageOf: () => null,
  relative: (text) => text,
  folded: () => "",
};
