import fc from "fast-check";
import MarkdownIt from "markdown-it";
import { describe, expect, test } from "vitest";
import { dataOf, encodedPath, kindOf, meantBy, percentDecoded } from "../../dist/export/address";
import { addressesIn, attributeAddresses, replaced } from "../../dist/export/findaddresses";

/** The text with P for each picture's address and L for each link's. */
const seen = (source: string): string =>
  replaced(
    source,
    addressesIn(source).addresses.map(({ kind, start, end }) => ({
      start,
      end,
      text: kind === "picture" ? "P" : "L",
    })),
  );

describe("the addresses of a cell's Markdown, and nothing else", () => {
  // By CommonMark's sections on code spans, fenced code, links, images, reference definitions and raw HTML.
  test.each([
    ["![a](b.png)", "![a](P)"],
    ['![a](<my pic.png> "title")', '![a](P "title")'],
    ["![a]( b.png\n'title' )", "![a]( P\n'title' )"],
    ["![a](b(1).png)", "![a](P)"],
    ["[a](b.ipynb#c)", "[a](L)"],
    ["[![a](b.png)](c.ipynb)", "[![a](P)](L)"],
    ["![a [b](c)](d.png)", "![a [b](c)](P)"],
    ["`![a](b.png)` ![a](b.png)", "`![a](b.png)` ![a](P)"],
    ["``![a](`b`.png)``", "``![a](`b`.png)``"],
    ["```\n![a](b.png)\n```\n\n![a](b.png)", "```\n![a](b.png)\n```\n\n![a](P)"],
    ["~~~md\n![a](b.png)", "~~~md\n![a](b.png)"],
    ["    ![a](b.png)", "    ![a](b.png)"],
    ["\\![a](b.png)", "\\![a](L)"],
    ["\\[a](b.png)", "\\[a](b.png)"],
    ["$![a](b.png)$ and ![a](b.png)", "$![a](b.png)$ and ![a](P)"],
    ["$$\n![a](b.png)\n$$\n![a](b.png)", "$$\n![a](b.png)\n$$\n![a](P)"],
    ["\\begin{align}\n[a](b)\n\\end{align} ![a](c$1$.png)", "\\begin{align}\n[a](b)\n\\end{align} ![a](P)"],
    ["a[^1] ![b](c.png)\n\n[^1]: Word\n", "a[^1] ![b](P)\n\n[^1]: Word\n"],
    [
      "a[^1]\n\n[^1]: See [b](c) and\n    ![d](e.png)\n\n[f](g)",
      "a[^1]\n\n[^1]: See [b](L) and\n    ![d](P)\n\n[f](L)",
    ],
    ["![a][r]\n\n[r]: b.png 'title'", "![a][r]\n\n[r]: P 'title'"],
    ["[a][r]\n\n[r]: b.png", "[a][r]\n\n[r]: L"],
    ["![r]\n\n[r]:\n<b c.png>", "![r]\n\n[r]:\nP"],
    ["[unused]: b.png", "[unused]: P"],
    ["[unused]: b.ipynb", "[unused]: L"],
    ["> [r]: b.png\n\n![r][]", "> [r]: P\n\n![r][]"],
    ["# ![a](b.png) #", "# ![a](P) #"],
    ["1. 1 ![a](b.png)\n   - > ![a](c.png)\n     ![a](d.png)", "1. 1 ![a](P)\n   - > ![a](P)\n     ![a](P)"],
    ["-\t![a](b.png)\n\n\t![a](c.png)", "-\t![a](P)\n\n\t![a](P)"],
    ["| a | b |\n|---|---|\n| ![x](a.png) | ![x](a.png) |", "| a | b |\n|---|---|\n| ![x](P) | ![x](P) |"],
    ["| a |\n|---|\n| `\\|` ![x\\|y](a\\|b.png) z |", "| a |\n|---|\n| `\\|` ![x\\|y](P) z |"],
    ['<img src="b.png" alt="<img src=c.png>">', '<img src="P" alt="<img src=c.png>">'],
    [
      "text <img alt=a src=b.png> and <a href='c.ipynb'>c</a>",
      "text <img alt=a src=P> and <a href='L'>c</a>",
    ],
    ["<div>\n<IMG\n SRC = 'b.png'>\n</div>", "<div>\n<IMG\n SRC = 'P'>\n</div>"],
    ["> <div>\n> <img src=b.png>\n> </div>", "> <div>\n> <img src=P>\n> </div>"],
    ["<!-- <img src=b.png> ![a](b.png) -->", "<!-- <img src=b.png> ![a](b.png) -->"],
    ['<img srcset="a.png 1x, b.png 2x">', '<img srcset="P 1x, P 2x">'],
    [
      '<picture><source srcset="a.png"><img src="b.png"></picture>',
      '<picture><source srcset="P"><img src="P"></picture>',
    ],
    ['<video src="a.mp4" poster="b.png"></video>', '<video src="P" poster="P"></video>'],
    [
      "<https://a.example/b.png> https://a.example/c.png",
      "<https://a.example/b.png> https://a.example/c.png",
    ],
    ["![梯度](图 1.png) ![梯度](图1.png)", "![梯度](图 1.png) ![梯度](P)"],
    ["😀 ![a](😀.png)", "😀 ![a](P)"],
  ])("%j", (source, expected) => expect(seen(source)).toBe(expected));

  test("each is what a reader of the text means", () => {
    const source =
      "![a](<my pic.png>) ![a](a\\(b.png) <img src='a&amp;b.png'> ![a](a&amp;b.png) ![a](c\\d.png)";
    expect(addressesIn(source).addresses.map(({ address }) => address)).toEqual([
      "my pic.png",
      "a(b.png",
      "a&b.png",
      "a&b.png",
      "c\\d.png",
    ]);
  });

  test("what the parser makes of a text is found, and where it stands", () => {
    const pieces = [
      ...[
        "> ",
        "- ",
        "1. ",
        "# ",
        "\t",
        "    ",
        "\n",
        "\n\n",
        "`",
        "```\n",
        "*",
        "text",
        "<i>",
        "<div>\n",
        "\\",
        " | ",
      ],
      ...["| a | b |\n|---|---|\n| ", "![a](NAME)", "[b](<NAME>)", "<img src=NAME>", "[![c](NAME)](NAME)"],
    ];
    const markdown = new MarkdownIt({ html: true });
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 14 }), (chosen) => {
        let count = 0;
        const source = chosen.join("").replace(/NAME/g, () => `name${++count}.png`);
        const { addresses } = addressesIn(source);
        for (const { address, start, end } of addresses)
          expect(source.slice(start, end).replace(/^<(.*)>$/, "$1")).toBe(address);
        const names = [...markdown.render(source).matchAll(/<(?:img|a) (?:src|href)="?(name\d+\.png)/g)];
        expect(addresses.map(({ address }) => address).sort()).toEqual(names.map(([, name]) => name).sort());
      }),
      { numRuns: 3000, seed: 21 },
    );
  });

  test("a page's own HTML", () => {
    const html = "<a href=x.ipynb>x</a><img src='a b.png'><p title='<img src=no.png>'>";
    expect(attributeAddresses(html).map(({ address }) => address)).toEqual(["x.ipynb", "a b.png"]);
  });
});

test.each([
  ["", "here"],
  ["#part", "here"],
  ["?q", "here"],
  ["a.png", "relative"],
  ["../a.png", "relative"],
  ["a:b.png", "absolute"],
  ["C:\\a.png", "absolute"],
  ["\\\\server\\a.png", "absolute"],
  ["/a.png", "absolute"],
  ["file:///a.png", "absolute"],
  ["//host/a.png", "web"],
  ["https://host/a.ipynb", "web"],
  ["mailto:a@b.example", "web"],
  ["DATA:,x", "data"],
  ["attachment:a.png", "attachment"],
])("%j is %s", (address, kind) => expect(kindOf(address)).toBe(kind));

test.each([
  ["my%20pic.png", ["my pic.png", "my%20pic.png"]],
  ["50%.png", ["50%.png"]],
  ["50%25.png", ["50%.png", "50%25.png"]],
  ["a#b.png", ["a", "a#b.png"]],
  ["%E4%BD%A0.png", ["你.png", "%E4%BD%A0.png"]],
  ["a\\b.png", ["a\\b.png", "a/b.png"]],
  ["caf\u00e9.png", ["caf\u00e9.png", "cafe\u0301.png"]],
])("%j may mean the files %j", (address, paths) =>
  expect(meantBy(address).map(({ path }) => path)).toEqual(paths),
);

test.each(["a b.png", "50%.png", "a#b?c.png", "(x) [y] <z>.png", "图.png", "a'b*!.png", "a&b.png"])(
  "an address of %j is one in Markdown and in HTML, and leads back to it",
  (path) => {
    const address = encodedPath(`pics/${path}`);
    expect(seen(`![a](${address})`)).toBe("![a](P)");
    expect(address).not.toMatch(/["'<>&\s]/);
    expect(percentDecoded(address)).toBe(`pics/${path}`);
  },
);

describe("a data address", () => {
  // RFC 2397; a browser keeps a % that begins no escape.
  test.each([
    ["data:image/png;base64,iVBORw0K", "89504e470d0a"],
    ["data:image/png;base64,iVBO%52w0K", "89504e470d0a"],
    ["data:image/png;base64,iVBO\nRw0K", "89504e470d0a"],
    ["data:image/svg+xml,%3Csvg/%3E", "3c7376672f3e"],
    ["data:image/svg+xml;charset=utf8,<svg width='50%'/>", Buffer.from("<svg width='50%'/>").toString("hex")],
    ["data:image/gif,%FF%00", "ff00"],
  ])("%j holds %s", (address, hex) => expect(dataOf(address)?.content.toString("hex")).toBe(hex));

  test.each([
    "data:image/png;base64,",
    "data:image/png;base64,%%%",
    "data:image/png;base64,iVBOR",
    "data:image/svg+xml,%E0%A4%A",
    "data:image/svg+xml,",
    "data:image/png",
  ])("%j cannot be decoded", (address) => expect(dataOf(address)).toBeNull());
});
