import { describe, expect, test } from "vitest";
import { FormulaDrawing } from "../../dist/export/html/formulas";
import { Prose } from "../../dist/export/html/prosehtml";
import { wordsOf } from "../../dist/page/pagewords";

const addresses = { picture: () => "data:image/png;base64,AAAA", link: () => null };

function prose(): { html(source: string): string; of: Prose; drawing: FormulaDrawing } {
  const drawing = new FormulaDrawing();
  const of = new Prose(wordsOf("en"), drawing);
  return { html: (source) => of.html(source, addresses), of, drawing };
}

/** Whether what is drawn is a formula in its line ("i"), or one by itself ("d"), in their order. */
const kinds = (html: string): string =>
  [...html.matchAll(/<math([^>]*)>/g)]
    .map(([, rest]) => (rest!.includes('display="block"') ? "d" : "i"))
    .join("");
/** What a reader sees, without its HTML. */
const textOf = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .trim();

// What JupyterLab 4.6.6 takes for a formula: its removeMath, then MathJax. Prices are the exception.
describe("formulas", () => {
  test.each([
    ["in a line", "a $x$ b", "i"],
    ["two", "$x$ and $y$", "ii"],
    ["with blanks inside", "a $ x $ b", "i"],
    ["over two lines", "a $x +\ny$ b", "i"],
    ["by itself", "$$x$$", "d"],
    ["in a text", "a $$x$$ b", "d"],
    ["on lines of its own", "text\n$$\nx\n$$\nmore", "d"],
    ["align", "\\begin{align}a &= b \\\\ c &= d\\end{align}", "d"],
    ["align, starred, in a text", "Here\n\\begin{align*}\na &= b\n\\end{align*}\nthere", "d"],
    ["equation", "\\begin{equation}a\\end{equation}", "d"],
    ["equation, starred", "\\begin{equation*}a\\end{equation*}", "d"],
    ["gather", "\\begin{gather}a\\\\b\\end{gather}", "d"],
    ["multline", "\\begin{multline}a\\\\b\\end{multline}", "d"],
    ["alignat", "\\begin{alignat}{2}a&=b\\end{alignat}", "d"],
    ["eqnarray", "\\begin{eqnarray}a&=&b\\end{eqnarray}", "d"],
    ["flalign, starred", "\\begin{flalign*}a&=b\\end{flalign*}", "d"],
    ["a matrix", "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}", "d"],
    ["an environment inside dollars", "$$\\begin{aligned}a&=b\\end{aligned}$$", "d"],
    ["two backslashes and a bracket", "a \\\\(x\\\\) b \\\\[y\\\\]", "id"],
    ["with Markdown's signs", "$a_1 * b_2 * c$ and $[x](y)$", "ii"],
    ["with a dollar in a text of its own", "$\\text{if $x$}$", "i"],
    ["in a list", "- a\n\n  $$\n  x\n  $$\n- b $y$", "di"],
    ["in a quote", "> a\n> $$\n> x\n> $$", "d"],
    ["in a table's cell, with a bar", "| a | b |\n| --- | --- |\n| $|x|$ | $P(a|b)$ |", "ii"],
    ["in bold text", "**$x$** *$y$*", "ii"],
    ["in a link's text", "[the $x$](https://example.com)", "i"],
    ["in HTML", "<div>$x$</div>", "i"],
    ["in a heading", "# The $x$", "i"],
    ["beside Chinese", "设$x$为输入。", "i"],
    ["a number", "$3.14$ and $2^{-126}$", "ii"],
    ["as a range of sizes", "$2$ to $4$", "ii"],
    ["with required", "$\\require{cancel}\\cancel{x}$", "i"],
  ])("%s", (_, source, expected) => {
    expect(kinds(prose().html(source))).toBe(expected);
  });

  test.each([
    ["prices", "costs $5 and $6", "costs $5 and $6"],
    ["prices in a range", "from $5-$10", "from $5-$10"],
    ["a price, then a formula", "It costs $5 (or so)", "It costs $5 (or so)"],
    ["prices in a list", "- costs $5\n- costs 6$", "costs $5\n\ncosts 6$"],
    ["escaped", "\\$x\\$", "$x$"],
    ["one alone", "a $ b", "a $ b"],
    ["over an empty line", "$x\n\ny$", "$x\n\ny$".replace("\n\n", "\n")],
    ["code", "`$x$` and ``a ` $y$``", "$x$ and a ` $y$"],
    ["a fence", "```\n$x$\n\\begin{align}a\\end{align}\n```", "$x$\n\\begin{align}a\\end{align}"],
    ["a fence without an end", "```\n$x$", "$x$"],
    ["a fence in a list", "- a\n\n  ```sh\n  echo $HOME $x\n  ```", "a\necho $HOME $x"],
    ["code by its indent", "a\n\n    $x$ `y`", "a\n$x$ `y`"],
    ["HTML code", "<code>$x$</code>", "$x$"],
    // Markdown takes the backslash for its own.
    ["one backslash and a bracket", "\\(x\\)", "(x)"],
  ])("none: %s", (_, source, expected) => {
    const html = prose().html(source);
    expect(kinds(html)).toBe("");
    expect(textOf(html).replaceAll(/\n+/g, "\n")).toBe(expected.replaceAll(/\n+/g, "\n"));
  });

  test("a price beside a formula", () => {
    const html = prose().html("It costs $5 where $x$ is");
    expect([kinds(html), textOf(html).includes("$5 where")]).toEqual(["i", true]);
  });

  test("what cannot be drawn stands as it was written", () => {
    const source = "\\begin{itemize}<b>a</b>\\end{itemize}";
    expect(prose().html(source)).toContain("\\begin{itemize}&lt;b&gt;a&lt;/b&gt;\\end{itemize}");
    expect(textOf(prose().html("a $\\nosuch{x}$"))).toBe("a $\\nosuch{x}$");
  });

  test("an address and an alternative text keep their dollars", () => {
    const html = prose().html('[a](https://example.com/$b$) ![the $x$](a.png) <a href="/$c$">d</a>');
    expect(html).toContain('href="https://example.com/$b$"');
    expect(html).toContain('alt="the $x$"');
    expect(html).toContain('href="/$c$"');
  });
});

// MathJax keeps what a formula defines, for the rest of the page.
describe("commands that a cell defines are known in the later ones", () => {
  test.each([
    ["\\newcommand", "$\\newcommand{\\Rn}{\\mathbb{R}}$", "\\Rn", "ℝ"],
    ["\\newcommand of what there is", "$\\newcommand{\\R}{\\mathbb{Q}}$", "\\R", "ℚ"],
    ["\\newcommand twice", "$\\newcommand{\\A}{a}\\newcommand{\\A}{b}$", "\\A", "b"],
    ["without braces, starred", "$\\newcommand*\\A{a}$", "\\A", "a"],
    ["with an argument", "$$\\newcommand{\\A}[1]{#1+1}$$", "\\A{z}", "z+1"],
    ["\\renewcommand", "$\\renewcommand{\\vec}[1]{#1!}$", "\\vec{z}", "z!"],
    ["\\providecommand", "$\\providecommand{\\A}{a}$", "\\A", "a"],
    ["\\def", "$\\def\\A#1{#1+2}$", "\\A z", "z+2"],
    ["\\let", "$\\let\\A\\alpha$", "\\A", "α"],
    ["\\DeclareMathOperator", "$\\DeclareMathOperator{\\argmax}{argmax}$", "\\argmax", "argmax"],
    ["beside a formula", "$\\newcommand{\\A}{a} x = \\A$", "\\A", "a"],
  ])("%s", (_, definition, use, shown) => {
    const { html, drawing } = prose();
    html(definition);
    const drawn = html(`The $${use}$`);
    expect(kinds(drawn)).toBe("i");
    expect(textOf(drawn).replaceAll(/\s|\u2061/g, "")).toBe(`The${shown}`);
    expect(kinds(html(`\\begin{align}${use}\\end{align}`))).toBe("d");
    expect(kinds(drawing.latexHtml(`$${use}$`))).toBe("i");
  });

  test("the definitions by themselves show nothing", () => {
    expect(textOf(prose().html("$\\newcommand{\\A}{a}\\def\\B{b}$"))).toBe("");
  });

  test("another notebook does not know them", () => {
    prose().html("$\\newcommand{\\Rn}{\\mathbb{R}}$");
    expect(textOf(prose().html("$\\Rn$"))).toBe("$\\Rn$");
  });
});

describe("LaTeX outputs", () => {
  test.each([
    ["as SymPy writes them", "$\\displaystyle x^{2}$", "i", ""],
    ["a display", "$$x$$", "d", ""],
    ["an environment", "\\begin{align*}a&=b\\end{align*}", "d", ""],
    ["brackets", "\\[x\\] and \\(y\\)", "di", "and"],
    ["a text with a formula", "so <b> $x$", "i", "so <b>"],
    ["without marks", "\\frac{1}{2}", "d", ""],
  ])("%s", (_, source, expected, text) => {
    const html = prose().drawing.latexHtml(source);
    expect(kinds(html)).toBe(expected);
    expect(textOf(html.replaceAll(/<math.*?<\/math>/g, ""))).toBe(text);
  });
});

describe("headings", () => {
  // What stands in the contents list and in the page's title.
  test.each([
    ["# Plain", "Plain", "Plain"],
    ["# *Slanted* **bold** ~~gone~~", "Slanted bold gone", "Slanted-bold-gone"],
    ["# Code `a < b`", "Code a < b", "Code-a-b"],
    ["# The $x_1$", "The x_1", "The-$x_1$"],
    ["# A [link](https://example.com)", "A link", "A-link"],
    ["# ![Logo](a.png) Name", "Logo Name", "Logo-Name"],
    ["# Fish &amp; chips &copy;", "Fish & chips ©", "Fish--chips-©"],
    ['# <font color="red">Red</font> <a id="here"></a>title', "Red title", "Red-title"],
    ["# One<br>two", "One two", "One-two"],
    ["# 1 &lt; 2", "1 < 2", "1--2"],
    ["# <script>alert(1)</script>Safe", "Safe", "Safe"],
    ["# <!-- hidden -->Shown", "Shown", "Shown"],
    ['<h1 align="center">As HTML</h1>', "As HTML", "As-HTML"],
    ['<h2 id="own">Its id</h2>', "Its id", "own"],
    ["Underlined\n===", "Underlined", "Underlined"],
    ["# 第一节：*梯度*", "第一节：梯度", "第一节：梯度"],
    ["# main", "main", "main-2"],
    ["#", "", "section"],
  ])("%j", (source, text, id) => {
    const { html, of } = prose();
    const shown = html(source);
    expect(of.headings.map((heading) => [heading.text, heading.id])).toEqual([
      [text, id.replace("a-b", "a--b")],
    ]);
    expect(shown).toContain(`id="${of.headings[0]!.id}"`);
  });

  test("the contents list draws formulas, and shows what is like a tag", () => {
    const { html, of } = prose();
    html("$\\newcommand{\\A}{x}$\n\n# `<b>` of $\\A$");
    expect(textOf(of.headings[0]!.html)).toBe("<b> of x");
    expect(kinds(of.headings[0]!.html)).toBe("i");
    expect(of.headings[0]!.html).not.toContain("<b>");
  });

  test("two of one name have two ids, in cells of their own too", () => {
    const { html, of } = prose();
    html("# Same\n\n## Same");
    html("# Same");
    expect(of.headings.map(({ id }) => id)).toEqual(["Same", "Same-2", "Same-3"]);
  });
});

describe("task lists", () => {
  test("boxes, done or not, that say so", () => {
    const html = prose().html("- [ ] first\n- [x] second\n- [X] **third**\n\n1. [ ] fourth");
    expect(html.match(/<input[^>]*>/g)).toEqual([
      '<input type="checkbox" disabled aria-label="to do" />',
      '<input type="checkbox" disabled checked aria-label="done" />',
      '<input type="checkbox" disabled checked aria-label="done" />',
      '<input type="checkbox" disabled aria-label="to do" />',
    ]);
    expect(textOf(html)).not.toContain("[");
  });

  test.each(["- [y] a", "- [ ]", "- a [ ] b", "[ ] a", "- `[ ]` a", "- [x](https://example.com)"])(
    "none: %s",
    (source) => {
      expect(prose().html(source)).not.toContain("<input");
    },
  );

  test("other fields of a notebook's HTML are dropped, and a box cannot be set", () => {
    const html = prose().html('<input type="text" name="q"><input type="checkbox" id="main" onclick="a()">');
    expect(html.match(/<input[^>]*>/g)).toEqual(['<input type="checkbox" disabled />']);
  });
});

describe("footnotes", () => {
  test("a note and a way back, in each cell its own", () => {
    const { html } = prose();
    const cells = [
      html("Text[^1] and more[^1].\n\n[^1]: The *note* $x$."),
      html("Other[^1].\n\n[^1]: Another."),
    ];
    const ids = cells.flatMap((cell) => [...cell.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    expect(new Set(ids).size).toBe(ids.length);
    for (const cell of cells) {
      const links = [...cell.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
      expect(links.length).toBeGreaterThanOrEqual(2);
      for (const id of links) expect(cell).toContain(` id="${id}"`);
      expect(cell).not.toContain("<section");
      expect(cell).toContain('aria-label="Back to the text"');
    }
    expect(textOf(cells[0]!)).toMatch(/^Text\[1\] and more\[1\]\./);
    expect(cells[0]).toContain("<em>note</em>");
    expect(kinds(cells[0]!)).toBe("i");
  });

  test.each(["a[^1]", "x^[2]", "2^3"])("none: %s", (source) => {
    expect(textOf(prose().html(source))).toBe(source);
  });

  test("a heading's note is not in its title", () => {
    const { html, of } = prose();
    html("# Title[^1]\n\n[^1]: Note.");
    expect(of.headings[0]!.text).toBe("Title");
  });
});

// GitHub's Markdown, as JupyterLab's parser (marked) reads it.
describe("other Markdown", () => {
  test.each([
    ["~~gone~~", "<s>gone</s>"],
    ["https://example.com/a_b", '<a href="https://example.com/a_b">https://example.com/a_b</a>'],
    ["www.example.com", '<a href="http://www.example.com">www.example.com</a>'],
    ["me@example.com", '<a href="mailto:me@example.com">me@example.com</a>'],
    ["see README.md and index.ts", "<p>see README.md and index.ts</p>"],
    ["| a |\n| --- |\n| b<br>c |", "<td>b<br />c</td>"],
    ["<details><summary>More</summary>\n\n*x*\n\n</details>", "<em>x</em>"],
  ])("%j", (source, expected) => {
    expect(prose().html(source)).toContain(expected);
  });
});
