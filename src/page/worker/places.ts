import type { Places } from "../../kernel/stack";

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

/** The way back: compiled cells keep their lines, and where a line was not changed its columns too. */
export const places: Places = {
  original(file, line, column) {
    const name = file.replace(/\.js$/, "");
    const cell = file === scriptOf(name) ? cells.get(name) : undefined;
    const text = cell?.source[line - 1];
    if (cell === undefined || text === undefined) return null;
    const shift = (cell.code[line - 1] ?? "").indexOf(text);
    const own = column - Math.max(shift, 0);
    const isKept = shift >= 0 && own >= 1 && own <= text.length;
    return { source: name, line, column: isKept ? own : text.length - text.trimStart().length + 1, text };
  },
  textOf: (source, line) => cells.get(source)?.source[line - 1] ?? null,
  // All of a page is one script.
  packageOf: () => null,
  folded: () => "",
};
