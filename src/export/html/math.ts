import temml from "temml";
import { escapeHtml } from "../../kernel/escape";
import { latexFormulasIn, type Formula } from "./formulas";

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
