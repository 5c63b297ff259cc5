import { describe, expect, test } from "vitest";
import { drawingHtml } from "../../dist/export/html/sanitize";
import { paperHtml } from "../../dist/export/writepdf";
import { rendered } from "../../dist/export/html/document";
import { cellsOf } from "./cells";

const svg = (inner: string, attributes = ""): string =>
  `<svg xmlns="http://www.w3.org/2000/svg"${attributes}>${inner}</svg>`;

describe("an SVG that is part of a printed page", () => {
  test("keeps its shapes, its letters and what they refer to, by ids of its own", () => {
    const given = svg(
      '<defs><clipPath id="a"><rect width="2"/></clipPath></defs><g clip-path="url(#a)" style="fill: url(\'#b\')"><use xlink:href="#a"/><text textLength="5">梯度 &lt; 1</text></g>',
      ' viewBox="0 0 2 2"',
    );
    expect(
      drawingHtml(
        `<?xml version="1.0"?>\n<!DOCTYPE svg>\n<!-- made -->${given}`,
        "f1-",
        ' alt="A &quot;figure&quot;" width="200"',
      ),
    ).toBe(
      '<svg role="img" aria-label="A &quot;figure&quot;" width="200" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2">' +
        '<defs><clipPath id="f1-a"><rect width="2"></rect></clipPath></defs>' +
        '<g clip-path="url(#f1-a)" style="fill: url(\'#f1-b\')"><use xlink:href="#f1-a"></use>' +
        '<text textLength="5">梯度 &lt; 1</text></g></svg>',
    );
  });

  // What runs, fetches, leads away or reaches out of the drawing. It stays a picture, in which a browser does none of it.
  test.each([
    svg("<script>1</script>"),
    svg("", ' onload="1"'),
    svg('<rect onclick="1"/>'),
    svg('<a href="https://a.example"><text>a</text></a>'),
    svg('<a xlink:href="javascript:1"><text>a</text></a>'),
    svg("<foreignObject><iframe src='file:///etc/hosts'/></foreignObject>"),
    svg("<style>body { display: none }</style>"),
    svg('<image href="file:///etc/hosts"/>'),
    svg('<use href="https://a.example/b.svg#c"/>'),
    svg('<rect fill="url(https://a.example/#b)"/>'),
    svg('<rect style="fill: url( file:///a )"/>'),
    svg('<set attributeName="href" to="javascript:1"/>'),
    svg('<animate attributeName="x"/>'),
    svg("<iframe/>"),
    '<!DOCTYPE svg [<!ENTITY a "b">]>' + svg("<text>&a;</text>"),
    "<p>no drawing</p>",
    "",
  ])("%j is none", (given) => expect(drawingHtml(given, "f1-", "")).toBeNull());
});

test("no notebook's text breaks a printed page, whatever its percent signs say", async () => {
  const sources = [
    "100 % of %FF and %E0%A4%A",
    "![a](data:image/svg+xml,%3Csvg%20width='50%'/%3E)",
    '<img alt="b" src="data:image/svg+xml,<svg>%FF</svg>">',
  ];
  const pictures = { picture: (address: string) => address, link: () => null };
  const whole = await rendered(cellsOf(sources.map((source) => ({ source }))), "a.pdf", () => pictures);
  const html = paperHtml(whole, "");
  expect(html).toContain("100 % of %FF and %E0%A4%A");
  expect(html).toContain('<svg role="img" aria-label="a" width="50%">');
});
