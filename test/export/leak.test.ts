import { gzipSync, deflateSync, deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkLeaks } from "../../dist/export/leak";
import { ipynb } from "../../dist/export/writenotebook";
import type { Notebook, Output } from "../../dist/export/notebook";
import { variantOf } from "../../dist/export/variant";
import { cellsOf } from "./cells";

const line = 'const shortcut = add(layer.forward(x), "input é");';
const picture = Buffer.from(Array.from({ length: 400 }, (_, i) => (i * 97 + (i >> 3) * 31) % 251));
const shown: Output[] = [
  { type: "stream", name: "stdout", text: "layers.0.weight has the mean gradient 0.221867\n" },
  {
    type: "display_data",
    data: {
      "application/vnd.plotly.v1+json": { data: [{ y: [0.00020174100019, 2.5], text: "the deepest layer" }] },
      "image/svg+xml": "<svg><text>vanishing gradients</text></svg>",
      "image/png": picture.toString("base64"),
    },
    metadata: { "image/png": { alt: "A chart of what vanishes" } },
    executionCount: 2,
  },
  {
    type: "error",
    ename: "RangeError",
    evalue: "shape mismatch",
    traceback: ["\u001b[31mat forward (layer 17)\u001b[0m"],
  },
];
const original: Notebook = cellsOf([
  { source: "# Exercise\nAdd the input to the output of each layer." },
  { code: "const layer = { forward: (x: number) => x }, add = (a: number, b: string) => a + b;", count: 1 },
  {
    code: `function f(x: number) {\n  // BEGIN SOLUTION\n  ${line} // the trick of residual networks\n  return shortcut;\n  // END SOLUTION\n}\nf(1);`,
    count: 2,
    outputs: shown,
  },
  { code: "// BEGIN HIDDEN TESTS\nif (f(1) !== 'hidden') throw 1;\n// END HIDDEN TESTS" },
  { source: "Tell the class about **degradation** first.", tags: ["teacher-only"] },
  { source: "Speak slowly of the identity.", metadata: { slideshow: { slide_type: "notes" } } },
]);
const student = variantOf(original, "student");
const clean = ipynb(student);

const check = (content: string | Uint8Array, innocent?: string) => () =>
  checkLeaks(original, student, [{ path: "out.html", content }], innocent);
const spans = (text: string): string =>
  text.replace(/\w+|[<>&"]/g, (word) => `<span class="k">${entity(word)}</span>`);
const entities = new Map(Object.entries({ "<": "&lt;", ">": "&#62;", "&": "&amp;", '"': "&quot;" }));
const entity = (text: string): string => entities.get(text) ?? text;
const escaped = (text: string): string => JSON.stringify(text).slice(1, -1);
const unicode = (text: string): string =>
  text.replace(/[^a-z ]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
const hexEscaped = (text: string): string =>
  text.replace(/[a-z]/g, (unit) => `\\x${unit.charCodeAt(0).toString(16)}`);
const bytes = Buffer.from(line);

test("nothing of an innocent artefact is found", () => {
  expect(check(clean)).not.toThrow();
  expect(check(`<pre>function f(x: number) {</pre><p>gradient 0.221868, 0.22187</p>`)).not.toThrow();
  expect(check("")).not.toThrow();
});

test.each<[string, string | Uint8Array]>([
  ["as it is", `<script>${line}</script>`],
  ["in other white space and quotes", "const shortcut=add( layer.forward(x),\n 'input é')"],
  ["in HTML", `<pre>${spans(line)}</pre>`],
  ["in an attribute", `<div data-source="${line.replaceAll('"', "&#x22;")}">`],
  ["in JSON", JSON.stringify({ source: [`\n${line}\n`] })],
  ["in JSON within JSON", JSON.stringify(JSON.stringify(line))],
  ["in ASCII", unicode(line)],
  ["in escaped characters", hexEscaped(line)],
  ["in an address", `https://example.org/?code=${encodeURIComponent(line)}`],
  ["in base64", `data:text/plain;base64,${bytes.toString("base64")}`],
  ["in base64 within a path", `files/${bytes.toString("base64")}`],
  ["in base64 in lines", Buffer.from(line.repeat(4)).toString("base64").replace(/.{76}/g, "$&\n")],
  ["in base64 for addresses", bytes.toString("base64url")],
  ["in hexadecimal digits", bytes.toString("hex")],
  ["in gzip", `"${gzipSync(bytes).toString("base64")}"`],
  ["in zlib", `"${deflateSync(bytes).toString("base64")}"`],
  ["in deflate", `"${deflateRawSync(bytes).toString("base64")}"`],
  ["in a file in gzip", gzipSync(bytes)],
  ["in bytes", Buffer.concat([Buffer.from([0, 1, 2, 0xff]), bytes])],
])("a line is found %s", (_, content) => {
  expect(check(content)).toThrow(/^out\.html has ".*" of line 3 of cell 3 \(In \[2\]\); expected .*\.$/);
});

test.each<[string, string, string]>([
  [
    "a comment",
    "<b>The trick of</b> residual networks: // the trick of residual networks",
    "line 3 of cell 3",
  ],
  [
    "a printed line",
    "<td>layers.0.weight</td> has the <b>mean</b> gradient 0.221867",
    "the output of cell 3",
  ],
  ["a number", "<td>0.221867</td>", "the output of cell 3"],
  ["a figure's number", JSON.stringify({ y: [2.0174100019e-4] }), "the output of cell 3"],
  ["a figure's text", "The Deepest: the deepest layer", "the output of cell 3"],
  ["a drawing's text", "<text>vanishing </text><text>gradients</text>", "the output of cell 3"],
  ["an alternative text", '<img alt="A chart of what vanishes">', "the output of cell 3"],
  ["a picture", `<img src="data:image/png;base64,${picture.toString("base64")}">`, "the output of cell 3"],
  ["an error", "at <i>forward</i> (layer 17)", "the output of cell 3"],
  ["a hidden test", "if (f(1) !== 'hidden') throw 1", "line 2 of cell 4"],
  ["prose", "<p>Tell the class about <strong>degradation</strong> first.</p>", "cell 5"],
  ["notes", "Speak slowly of the identity.", "cell 6"],
])("%s of what was removed is found", (_, content, place) => {
  expect(check(content)).toThrow(` of ${place}`);
});

test("it is found in a picture's file, in metadata and in an attachment", () => {
  expect(check(picture)).toThrow("a picture");
  const [first] = student.cells;
  const hidden = (change: object): string =>
    ipynb({ ...student, cells: [{ ...first!, ...change } as typeof first & object] });
  expect(check(hidden({ metadata: { name: line } }))).toThrow("line 3");
  const attachments = { "a.txt": { "text/plain": bytes.toString("base64") } };
  expect(check(hidden({ attachments }))).toThrow("line 3");
});

test("what a page's own script has too may stay", () => {
  const script = `${"x".repeat(10)};${line}`;
  expect(check(`<script>${script}</script>`, script)).not.toThrow();
  expect(check(`<script>${unicode(line)}</script>`, script)).not.toThrow();
});

test("what a student may see is no secret", () => {
  const seen = { ...student, cells: [...student.cells, ...cellsOf([{ code: line }]).cells] };
  expect(() => checkLeaks(original, seen, [{ path: "a", content: line }])).not.toThrow();
  expect(() => checkLeaks(original, original, [{ path: "a", content: ipynb(original) }])).not.toThrow();
});

const encodings: ((text: string) => string)[] = [
  spans,
  escaped,
  unicode,
  encodeURIComponent,
  (text) => Buffer.from(text).toString("base64"),
  (text) => Buffer.from(text).toString("base64url"),
  (text) => Buffer.from(text).toString("hex"),
  (text) => gzipSync(text).toString("base64"),
  (text) => deflateRawSync(text).toString("base64"),
];

test("a line is found under any three encodings", () => {
  const words = fc.array(fc.stringMatching(/^[a-zé][A-Za-z0-9_]{2,9}$/), { minLength: 3, maxLength: 8 });
  const code = words.map((names) => `const ${names.join(" = ")} + "${names[0]}" * 2;`);
  const ways = fc.array(fc.nat(encodings.length - 1), { maxLength: 3 });
  fc.assert(
    fc.property(code, ways, (source, chosen) => {
      const notebook = cellsOf([{ code: source, tags: ["solution"] }]);
      const hidden = chosen.reduce((text, way) => encodings[way]!(text), source);
      const content = `<html><body>\n<p>before</p>\n"${hidden}"\n</body></html>`;
      const run = () => checkLeaks(notebook, variantOf(notebook, "student"), [{ path: "a", content }]);
      expect(run).toThrow("line 1 of cell 1");
    }),
    { numRuns: 300 },
  );
});
