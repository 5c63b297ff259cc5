import type MarkdownIt from "markdown-it";

type Markdown = InstanceType<typeof MarkdownIt>;

/** Formulas between $ and $, and between $$ and $$, are taken as they stand: no Markdown is read in them. */
export function mathRules(markdown: Markdown, html: (tex: string, isBlock: boolean) => string): void {
  markdown.inline.ruler.after("escape", "math", (state, silent) => {
    const { src, pos } = state;
    if (src[pos] !== "$") return false;
    const mark = src[pos + 1] === "$" ? "$$" : "$";
    const start = pos + mark.length;
    const end = closing(src, start, mark);
    if (end < 0) return false;
    const tex = src.slice(start, end);
    // "$5 and $6" are prices.
    if (mark === "$" && (/^\s|\s$/.test(tex) || /\d/.test(src[end + 1] ?? ""))) return false;
    if (tex.trim() === "") return false;
    if (!silent) {
      const token = state.push(mark === "$" ? "math" : "math_block", "", 0);
      token.content = tex;
    }
    state.pos = end + mark.length;
    return true;
  });
  markdown.block.ruler.before(
    "fence",
    "math",
    (state, line, endLine, silent) => {
      const first = lineAt(line);
      if (!first.startsWith("$$")) return false;
      let last = line;
      let text = first.slice(2);
      while (!text.trimEnd().endsWith("$$")) {
        if (++last >= endLine) return false;
        const next = lineAt(last);
        if (next.trim() === "") return false;
        text += `\n${next}`;
      }
      const tex = text.trimEnd().slice(0, -2);
      if (tex.includes("$$")) return false;
      if (!silent) {
        const token = state.push("math_block", "", 0);
        token.content = tex;
        state.line = last + 1;
      }
      return true;

      function lineAt(i: number): string {
        return state.src.slice(state.bMarks[i]! + state.tShift[i]!, state.eMarks[i]!);
      }
    },
    { alt: ["paragraph", "reference", "blockquote", "list"] },
  );
  const { rules } = markdown.renderer;
  rules.math = (tokens, i) => html(tokens[i]!.content, false);
  rules.math_block = (tokens, i) => `<p class="formula">${html(tokens[i]!.content, true)}</p>`;
}

function closing(src: string, start: number, mark: string): number {
  for (let at = src.indexOf(mark, start); at >= 0; at = src.indexOf(mark, at + 1))
    if (src[at - 1] !== "\\") return at;
  return -1;
}
