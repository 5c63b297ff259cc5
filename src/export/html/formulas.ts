/** A formula in a text, its marks with it. */
export interface Formula {
  start: number;
  end: number;
  source: string;
  tex: string;
  isBlock: boolean;
}

/** What holds no formula: code, comments, tags and the addresses of links. */
const skipped = new RegExp(
  [
    // A fence, in a list or a quote as well, to its end or the text's.
    /(?:^|(?<=\n))[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*(?<fence>`{3,}|~{3,})[^\n]*(?:\n(?:[\s\S]*?\n)??[ \t>]*\k<fence>[`~]*[ \t]*(?=\n|$)|[\s\S]*$)/,
    /(?<ticks>`+)(?!`)(?:(?!\n[ \t]*\n)[\s\S])*?[^`]\k<ticks>(?!`)/,
    /`+/,
    /<\/?[a-z][\w-]*(?:\s+[a-z_:][\w:.-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?)*\s*\/?>/,
    /<[a-z][a-z\d+.-]*:[^\s<>]*>/,
    /\]\((?:<[^>\n]*>|[^\s()$]*\$?[^\s()]*)/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "iy",
);
const element = /<(?:(pre|code|script|style|textarea)\b|!--)/iy;
const opening = /\$\$?|\\\\[([]|\\begin\{([a-z]*\*?)\}/iy;
const escaped = /\\[\s\S]/y;
/** What tells where a formula ends: its end, braces, and an empty line, which none goes past. */
const marks = /\\\\[)\]]|\\(?:begin|end)\{[a-z]*\*?\}|\\[\s\S]|[{}]|\$\$?|\n[ \t>]*\n/gi;

/**
 * The formulas of a Markdown text, as JupyterLab finds them: between $ and $, $$ and $$, \\( and \\), \\[ and \\], and
 * bare environments. A price is none.
 */
export function formulasIn(text: string): Formula[] {
  return formulasBetween(text, opening, skipped);
}

const latexOpening = /\$\$?|\\[([]|\\begin\{([a-z]*\*?)\}/iy;
const nothing = /(?!)/y;

/** The formulas of a LaTeX output, whose brackets have one backslash. */
export function latexFormulasIn(text: string): Formula[] {
  return formulasBetween(text, latexOpening, nothing);
}

function formulasBetween(text: string, begins: RegExp, skips: RegExp): Formula[] {
  const found: Formula[] = [];
  const ends = new Ends(text);
  const at = (pattern: RegExp, place: number): RegExpExecArray | null => {
    pattern.lastIndex = place;
    return pattern.exec(text);
  };
  for (let place = 0; place < text.length;) {
    const begin = at(begins, place);
    const formula = begin && formulaFrom(text, begin, ends);
    if (formula) found.push(formula);
    const code = formula || skips === nothing ? null : at(element, place);
    const end = formula?.end ?? (code && ends.ofElement(code));
    if (end !== null) {
      place = end;
      continue;
    }
    const passed = at(skips, place) ?? begin ?? at(escaped, place);
    place += passed?.[0].length ?? 1;
  }
  return found;
}

function formulaFrom(
  text: string,
  { 0: mark, 1: environment, index: start }: RegExpExecArray,
  ends: Ends,
): Formula | null {
  const inside = start + mark.length;
  const closes =
    environment === undefined ? mark.replace("(", ")").replace("[", "]") : `\\end{${environment}}`;
  const close = ends.ofFormula(inside, closes);
  if (close < 0) return null;
  const end = close + closes.length;
  const source = unquoted(text, start, text.slice(start, end));
  const tex = environment === undefined ? unquoted(text, start, text.slice(inside, close)) : source;
  if (tex.trim() === "" || (mark === "$" && isPrice(tex, text[end]))) return null;
  return { start, end, source, tex, isBlock: mark !== "$" && !mark.endsWith("(") };
}

/** In a quote each line begins with its mark. */
function unquoted(text: string, start: number, part: string): string {
  if (!part.includes("\n")) return part;
  const isQuoted = /^[ \t]*>/.test(text.slice(text.lastIndexOf("\n", start - 1) + 1, start));
  return isQuoted ? part.replaceAll(/\n[ \t]*>[ \t>]*/g, "\n") : part;
}

/** Looks for ends, and for none twice: a long text may have many beginnings without one. */
class Ends {
  /** Up to where each has none. */
  private readonly missing = new Map<string, number>();

  constructor(private readonly text: string) {}

  /** Where a formula's end stands; -1 where it has none before an empty line. */
  ofFormula(inside: number, closes: string): number {
    const { text, missing } = this;
    if (inside < (missing.get(closes) ?? 0)) return -1;
    let braces = 0;
    let last = -1;
    let mark: RegExpExecArray | null;
    marks.lastIndex = inside;
    while ((mark = marks.exec(text)) !== null) {
      const [found] = mark;
      const isEnd = text.startsWith(closes, mark.index) && (closes !== "$" || found === "$");
      if (isEnd && braces === 0) return mark.index;
      if (isEnd) last = mark.index;
      else if (found === "{") braces++;
      else if (found === "}") braces = Math.max(0, braces - 1);
      else if (found.startsWith("\n")) break;
    }
    if (last < 0) missing.set(closes, mark?.index ?? text.length);
    return last;
  }

  /** Where an element whose text is code, or a comment, is over. */
  ofElement({ 1: name, index }: RegExpExecArray): number | null {
    const closes = name === undefined ? "-->" : `</${name.toLowerCase()}`;
    if (this.missing.has(closes)) return null;
    const pattern = new RegExp(closes, "gi");
    pattern.lastIndex = index;
    const end = pattern.exec(this.text);
    if (end === null) this.missing.set(closes, this.text.length);
    return end === null ? null : end.index + closes.length;
  }
}

/** "$5 and $6": what begins as an amount and ends before another one, or in a blank or a line of its own. */
function isPrice(tex: string, next = ""): boolean {
  return /^\s*[\d.,]*\d/.test(tex) && (/\d/.test(next) || /\s$|\n/.test(tex));
}
