import temml from "temml";
import { escapeHtml } from "../../kernel/escape";

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
/** What matters on the way to a formula's end: possible ends, braces, and an empty line, which no formula goes past. */
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
function latexFormulasIn(text: string): Formula[] {
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

/** Looks for the ends of formulas, and remembers which there are not: a long text may have many beginnings without one. */
class Ends {
  /** By end, the place before which there is none. */
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

/** Draws a notebook's formulas as MathML; what one defines the later ones know, as in JupyterLab. */
export class FormulaDrawing {
  private readonly macros: Record<string, unknown> = {};

  /** A formula as MathML; where it is none, as it was written. */
  html({ tex, source, isBlock }: Pick<Formula, "tex" | "source" | "isBlock">): string {
    try {
      const options = { displayMode: isBlock, throwOnError: true, trust: false, macros: this.macros };
      const html = temml.renderToString(this.understood(tex), options);
      // A formula that only defines something shows nothing.
      if (/^<math[^>]*><\/math>$/.test(html)) return "";
      const drawn = withPlainPrimes(html);
      return isBlock ? `<span class="formula">${drawn}</span>` : drawn;
    } catch {
      return `<span class="tex">${escapeHtml(source)}</span>`;
    }
  }

  /** A LaTeX output: text with formulas in it; without any mark all of it is one. */
  latexHtml(text: string): string {
    const formulas = latexFormulasIn(text);
    if (formulas.length === 0) return this.html({ tex: text, source: text, isBlock: true });
    const ends = [0, ...formulas.map(({ end }) => end)];
    const parts = formulas.map(
      (formula, i) => `${escapeHtml(text.slice(ends[i], formula.start))}${this.html(formula)}`,
    );
    return `<div class="latex">${parts.join("")}${escapeHtml(text.slice(ends.at(-1)))}</div>`;
  }

  /**
   * What MathJax takes and Temml does not, as Temml takes it: a command is defined where there is one already, and for
   * the formulas that follow as well.
   */
  private understood(tex: string): string {
    return tex
      .replaceAll(/\\require\s*\{[^{}]*\}/g, "")
      .replaceAll(
        /\\DeclareMathOperator\s*(\*?)\s*\{?\s*(\\[a-z]+)\s*\}?\s*\{((?:[^{}]|\{[^{}]*\})*)\}/gi,
        "\\gdef$2{\\operatorname$1{$3}}",
      )
      .replaceAll(
        /\\(new|renew|provide)command\s*\*?\s*(?:\{\s*(\\(?:[a-z]+|.))\s*\}|(\\(?:[a-z]+|.)))\s*(?:\[([1-9])\])?(?=\s*\{)/gi,
        (whole, kind: string, braced: string | undefined, bare: string, count = "0") => {
          const name = braced ?? bare;
          if (kind === "provide" && this.isKnown(name)) return whole;
          const places = Array.from({ length: Number(count) }, (_, i) => `#${i + 1}`);
          return `\\gdef${name}${places.join("")}`;
        },
      )
      .replaceAll(/\\def(?![a-zA-Z])/g, "\\gdef")
      .replaceAll(/\\edef(?![a-zA-Z])/g, "\\xdef")
      .replaceAll(/\\let(?![a-zA-Z])/g, "\\global\\let")
      .replaceAll(/\\(begin|end)\{flalign(\*?)\}/g, "\\$1{align$2}")
      .replaceAll(/\\begin\{eqnarray\*?\}/g, "\\begin{array}{rcl}")
      .replaceAll(/\\end\{eqnarray\*?\}/g, "\\end{array}");
  }

  private isKnown(name: string): boolean {
    try {
      temml.renderToString(`\\newcommand{${name}}{}`, { throwOnError: true, macros: { ...this.macros } });
      return false;
    } catch {
      return true;
    }
  }
}

/** A prime stands high by itself; as a superscript most fonts draw it too high. */
function withPlainPrimes(html: string): string {
  return html.replace(
    /<msup>(<mi>[^<]*<\/mi>)<mo [^>]*tml-prime[^>]*>([^<]*)<\/mo><\/msup>/g,
    '<mrow>$1<mo lspace="0" rspace="0">$2</mo></mrow>',
  );
}
