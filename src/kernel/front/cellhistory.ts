/** One cell as it was run: session, line, and its source, with its result as text where outputs are asked for. */
export type HistoryEntry = [
  session: number,
  line: number,
  source: string | [source: string, output: string | null],
];

/** The newest cells that are kept. */
const kept = 10_000;

/** The cells of this kernel's session, kept while it lives. Jupyter: `history_request`. */
export class History {
  private readonly cells: { line: number; source: string; output: string | null }[] = [];

  add(line: number, source: string, output: string | null): void {
    this.cells.push({ line, source, output });
    if (this.cells.length > kept) this.cells.shift();
  }

  /** What a `history_request` of this content asks for; of another session than this one there is nothing. */
  entries(request: Record<string, unknown>): HistoryEntry[] {
    const whole = (value: unknown, otherwise: number): number =>
      Number.isInteger(value) ? (value as number) : otherwise;
    const { hist_access_type: type, output = false, session, pattern = "*", unique = false } = request;
    let found = this.cells;
    if (type === "range") {
      if (whole(session, 0) !== 0) return [];
      const [start, stop] = [whole(request.start, 0), whole(request.stop, Infinity)];
      found = found.filter(({ line }) => line >= start && line < stop);
    } else {
      if (type === "search") {
        const glob = globOf(String(pattern));
        found = found.filter(({ source }) => glob.test(source));
        if (unique === true) found = [...new Map(found.map((cell) => [cell.source, cell])).values()];
      }
      const n = whole(request.n, Infinity);
      found = n > 0 ? found.slice(-n) : [];
    }
    return found.map((cell) => [0, cell.line, output === true ? [cell.source, cell.output] : cell.source]);
  }
}

/** A pattern of shells over the whole of a source: `*`, `?` and `[…]`, as SQLite's GLOB, which IPython asks, has them. */
function globOf(pattern: string): RegExp {
  const parts = pattern.match(/\[\^?\]?[^\]]*\]|\*+|\?|[^]/g) ?? [];
  const source = parts.map((part) => {
    if (part[0] === "*") return "[^]*";
    if (part === "?") return "[^]";
    if (part.length === 1) return part.replace(/[.+^${}()|[\]\\/]/, "\\$&");
    const [, not, set] = /^\[(\^?)([^]*)\]$/.exec(part)!;
    return `[${not}${set!.replace(/[\\\]^[]/g, "\\$&")}]`;
  });
  try {
    return new RegExp(`^${source.join("")}$`);
  } catch {
    // Such as [z-a], which holds nothing.
    return /[]/;
  }
}
