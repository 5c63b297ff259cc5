import fc from "fast-check";
import { type DefaultTreeAdapterMap, parse } from "parse5";
import { expect, test } from "vitest";
import { rendered } from "../../dist/export/html/document";
import { pageHtml } from "../../dist/export/writepage";
import { parseNotebook } from "../../dist/export/readnotebook";

/** Its pictures and links lead nowhere. */
const nowhere = { picture: () => null, link: () => null };
type Node = DefaultTreeAdapterMap["node"];
type Element = DefaultTreeAdapterMap["element"];

const odd = [
  ...[
    "</script>",
    "<!--",
    "-->",
    "<script>pwned()</script>",
    "<img src=x onerror=pwned()>",
    "]]>",
    "\u0000",
    "&amp;",
  ],
  ...[
    "<svg onload=pwned()>",
    "[x](javascript:pwned())",
    "<a href='javascript:pwned()'>x</a>",
    "<iframe srcdoc='x'>",
  ],
  ...[
    "\u001b[31mred\u001b[0m",
    "\u001b[38;5;208m",
    "😀👩‍👩‍👧",
    "שלום עולם",
    "مرحبا",
    "快捷连接",
    "$x^2$",
    "$$\\frac{1}{",
    "`a`",
  ],
  ...[
    "# heading",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "- [ ] task",
    "> quote",
    "```ts\nlet a = 1;\n```",
    "<details><summary>s",
  ],
  ...[
    "</div></section></main>",
    "<table><tr><td>",
    "<style>body{display:none}</style>",
    "<base href=//x>",
    "\u2028",
    "\r\n",
  ],
  ...[
    "<form action=//x><input>",
    "<meta http-equiv=refresh content=0>",
    "![a](http://x/y.png)",
    "![b](attachment:p.png)",
    "\\",
    '"',
  ],
];
const piece = fc.oneof(
  fc.constantFrom(...odd),
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.lorem({ maxCount: 6 }),
);
const text = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join("\n"));
const pixel =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const output = fc.oneof(
  fc.record({ output_type: fc.constant("stream"), name: fc.constantFrom("stdout", "stderr"), text }),
  fc.record({ output_type: fc.constant("error"), ename: piece, evalue: piece, traceback: fc.array(piece) }),
  fc
    .record({
      type: fc.constantFrom(
        "text/plain",
        "text/html",
        "text/markdown",
        "text/latex",
        "x/odd",
        "application/json",
      ),
      text,
    })
    .map(({ type, text }) => ({ output_type: "display_data", data: { [type]: text }, metadata: {} })),
  fc.constant({
    output_type: "display_data",
    data: { "image/png": pixel },
    metadata: { "image/png": { alt: '"><script>' } },
  }),
  fc.constant({ output_type: "stream", name: "stdout", text: "long line of output\n".repeat(5000) }),
);
const cell = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      cell_type: fc.constant("markdown"),
      source: text,
      metadata: fc.constant({}),
      attachments: fc.constant({ "p.png": { "image/png": pixel } }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      cell_type: fc.constant("code"),
      source: text,
      metadata: fc.constant({}),
      execution_count: fc.option(fc.nat()),
      outputs: fc.array(output, { maxLength: 3 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      cell_type: fc.constant("raw"),
      source: text,
      metadata: fc.constantFrom({}, { format: "text/html" }),
    }),
  },
);
const notebook = fc.record({
  minor: fc.constantFrom(0, 1, 2, 3, 4, 5, -3),
  title: piece,
  cells: fc.array(cell, { maxLength: 6 }),
});

/** nbformat 4.0 to 4.5, or 3 where `minor` is -3. */
function fileOf(minor: number, title: string, cells: { cell_type: string; source: string }[]): string {
  const metadata = { title, language_info: { name: "python" } };
  if (minor !== -3) return JSON.stringify({ nbformat: 4, nbformat_minor: minor, metadata, cells });
  const old = cells.map(({ source, ...rest }) =>
    rest.cell_type === "code" ? { ...rest, input: source, language: "python" } : { ...rest, source },
  );
  return JSON.stringify({ nbformat: 3, nbformat_minor: 0, metadata, worksheets: [{ cells: old }] });
}

function* elements(node: Node): Generator<Element> {
  if ("tagName" in node) yield node;
  if ("childNodes" in node) for (const child of node.childNodes) yield* elements(child);
}

function textOf(node: Node): string {
  if ("value" in node) return node.value;
  return "childNodes" in node ? node.childNodes.map(textOf).join("") : "";
}

const attribute = ({ attrs }: Element, name: string): string | undefined =>
  attrs.find((attr) => attr.name === name)?.value;
/** A parser takes these for others, or drops them, wherever they stand. */
const plain = (text: string): string => text.replace(/\r\n?/g, "\n").replaceAll(/[\u0000\ufffd]/g, "");

test(
  "200 generated notebooks are valid pages, nothing is lost, and nothing in them runs",
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(notebook, async ({ minor, title, cells }) => {
        const read = parseNotebook(fileOf(minor, title, cells), "generated.ipynb");
        const html = pageHtml(await rendered(read, "generated.html", () => nowhere));
        const errors: string[] = [];
        const page = parse(html, {
          onParseError: ({ code }) => {
            // Characters that no HTML may have are the author's own.
            if (!/control-character|noncharacter|surrogate|null-character/.test(code)) errors.push(code);
          },
        });
        expect(errors).toEqual([]);
        const all = [...elements(page)];
        const scripts = all.filter(({ tagName }) => tagName === "script");
        // The start of every page, and what folds its contents list; the notebook's and a figure's data are inert.
        const lists = all.filter((element) => attribute(element, "id") === "contents");
        expect(scripts.filter((script) => attribute(script, "type") === undefined)).toHaveLength(
          1 + lists.length,
        );
        for (const { tagName, attrs } of all) {
          expect(["iframe", "object", "embed", "base", "form"]).not.toContain(tagName);
          // A task's box.
          if (tagName === "input")
            expect(attrs.map(({ name, value }) => `${name}=${value}`)).toEqual(
              expect.arrayContaining(["type=checkbox", "disabled="]),
            );
          for (const { name, value } of attrs) {
            expect(name).not.toMatch(/^on/);
            if (["src", "href", "srcset", "action"].includes(name))
              expect(value).not.toMatch(/^\s*(javascript|vbscript):/i);
            if (name === "src") expect(value).toMatch(/^data:/);
          }
        }
        const sections = all.filter((element) => attribute(element, "class")?.startsWith("cell code"));
        const code = read.cells.filter(
          (cell) => cell.type === "code" && (cell.source.trim() !== "" || cell.outputs.length > 0),
        );
        expect(sections).toHaveLength(code.length);
        code.forEach((cell, i) => {
          const shown = [...elements(sections[i]!)].find(({ tagName }) => tagName === "code")!;
          expect(plain(textOf(shown))).toBe(plain(cell.source));
          if (cell.type !== "code") return;
          const whole = plain(textOf(sections[i]!));
          for (const output of cell.outputs)
            if (output.type === "stream" && !output.text.includes("\u001b"))
              expect(whole).toContain(plain(output.text));
        });
      }),
      { numRuns: 200, seed: 4 },
    );
  },
);
