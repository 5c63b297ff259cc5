import type { Output } from "../../dist/export/notebook";
import type { cellsOf } from "./cells";

export type Cells = Parameters<typeof cellsOf>[0][number][];

export const statement = "const total: number = values.reduce((sum, value) => sum + value, 0);";
export const compiled = "const total = values.reduce((sum, value) => sum + value, 0);";
export const assertion = 'if (mean([2, 4]) !== 3) throw new Error("wrong mean of two numbers");';
export const sentence = "A mean is the sum of all values divided by how many there are.";
export const exercise: Cells = [
  { source: "Write a function for the mean." },
  {
    code: `function mean(values: number[]) {\n  // BEGIN SOLUTION\n  ${statement}\n  return total / values.length;\n  // END SOLUTION\n}`,
    count: 1,
  },
  { code: `// BEGIN HIDDEN TESTS\n${assertion}\n// END HIDDEN TESTS`, count: 2 },
  { source: `What is a mean?\n\n<!-- BEGIN SOLUTION -->\n${sentence}\n<!-- END SOLUTION -->` },
];

export const data = (
  data: { [type: string]: unknown },
  metadata: { [key: string]: unknown } = {},
): Output[] => [{ type: "display_data", data, metadata, executionCount: null }];
const shows = (outputs: Output[]): Cells => [{ code: "1 + 1;", count: 3, outputs }];
export const prints = (text: string): Cells => shows([{ type: "stream", name: "stdout", text }]);
const fails = (ename: string, evalue: string, traceback: string[]): Cells => [
  {
    code: "1 + 1;",
    count: 3,
    outputs: [{ type: "error", ename, evalue, traceback }],
    tags: ["raises-exception"],
  },
];
export const base64 = (text: string): string => Buffer.from(text).toString("base64");
const entities = (text: string): string => text.replace(/[^\w ]/g, (char) => `&#${char.charCodeAt(0)};`);
const unicode = (text: string): string =>
  text.replace(/[^a-z]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
const between = (text: string, sign: string): string => [...text].join(sign);
const svg = (inside: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg"><title>A</title>${inside}</svg>`;
const plotly = "application/vnd.plotly.v1+json";
const explore = "application/vnd.tslab-gradients.explore+json";
const figure = (change: object): Cells =>
  shows(data({ [plotly]: { data: [], layout: {}, ...change }, "text/html": "<p>A</p>" }));
export const png = Buffer.concat([
  Buffer.from("89504e470d0a1a0a", "hex"),
  Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 89 + (i >> 5) * 3) % 251)),
  Buffer.from(`tEXtComment\0${statement}`),
]).toString("base64");

/** Where it stands, and how a sentence begins that names the place. */
export const places: [name: string, place: RegExp, (secret: string) => Cells][] = [
  ["a text", /^The text of cell 5 has/, (secret) => [{ source: `Remember: \`${secret}\`` }]],
  [
    "a text in bold words",
    /^The text of cell 5 has/,
    (secret) => [{ source: secret.replace(/(?<= )\w+(?= )/, "**$&**") }],
  ],
  [
    "a code block of a text",
    /^The text of cell 5 has/,
    (secret) => [{ source: `\`\`\`ts\n${secret}\n\`\`\`` }],
  ],
  [
    "a text's comment",
    /^The text of cell 5 has/,
    (secret) => [{ source: `A\n\n<!-- ${secret.replaceAll(">", "&gt;")} -->` }],
  ],
  [
    "an alternative text",
    /^The text of cell 5 has/,
    (secret) => [{ source: `![${secret.replace(/[[\]]/g, "\\$&")}](https://a.example/a.png)` }],
  ],
  [
    "a link's title",
    /^The text of cell 5 has/,
    (secret) => [{ source: `[A](https://a.example '${secret}')` }],
  ],
  [
    "a link's address",
    /^The text of cell 5 has/,
    (secret) => [{ source: `[A](https://a.example/?q=${encodeURIComponent(secret)})` }],
  ],
  ["entities", /^The text of cell 5 has/, (secret) => [{ source: entities(secret) }]],
  [
    "a comment",
    /^Line 2 of cell 5 \(In \[3\]\) has/,
    (secret) => [{ code: `1 + 1;\n// ${secret}`, count: 3 }],
  ],
  [
    "a comment in between",
    /^Line 1 of cell 5 \(In \[3\]\) has/,
    (secret) => [{ code: `f(/* ${secret} */);`, count: 3 }],
  ],
  [
    "a string",
    /^Line 1 of cell 5 \(In \[3\]\) has/,
    (secret) => [{ code: `show(${JSON.stringify(secret)});`, count: 3 }],
  ],
  [
    "a string in pieces",
    /^Line 1 of cell 5 \(In \[3\]\) has/,
    (secret) => [
      {
        code: `show(${JSON.stringify(secret.slice(0, 20))} + ${JSON.stringify(secret.slice(20))});`,
        count: 3,
      },
    ],
  ],
  [
    "a string without its semicolon",
    /^Line 1 of cell 5 \(In \[3\]\) has/,
    (secret) => [{ code: `let s = ${JSON.stringify(secret.replace(/;$/, ""))};`, count: 3 }],
  ],
  [
    "comments apart",
    /^Line 1 of cell 5 \(In \[3\]\) has/,
    (secret) => [{ code: `// ${secret.slice(0, 24)}\n1 + 1;\n// ${secret.slice(24)}`, count: 3 }],
  ],
  ["a magic", /^Line 1 of cell 5 \(In \[3\]\) has/, (secret) => [{ code: `%%html\n${secret}`, count: 3 }]],
  [
    "printed pieces",
    /^The output/,
    (secret) =>
      shows(
        [20, 0].map((at) => ({
          type: "stream",
          name: at > 0 ? "stdout" : "stderr",
          text: at > 0 ? secret.slice(0, 20) : secret.slice(20),
        })),
      ),
  ],
  ["a drawn box", /^The output/, (secret) => prints(`│ ${secret.slice(0, 24)} │\n│ ${secret.slice(24)} │`)],
  [
    "a string in unicode",
    /^Line 1 of cell 5 \(In \[3\]\) has/,
    (secret) => [{ code: `show("${unicode(secret)}");`, count: 3 }],
  ],
  ["a printed line", /^The output of cell 5 \(In \[3\]\) has/, prints],
  [
    "a printed line in colours",
    /^The output/,
    (secret) => prints(secret.replace(/\w+/g, "\u001b[34m$&\u001b[0m")),
  ],
  [
    "a printed line without white space",
    /^The output/,
    (secret) => prints(secret.replace(/ (?=[=(>!+])|(?<=[=)>!+,]) /g, "")),
  ],
  ["printed lines", /^The output/, (secret) => prints(secret.replaceAll(" ", "\n  "))],
  ["a printed line with soft hyphens", /^The output/, (secret) => prints(between(secret, "\u00ad"))],
  [
    "a printed line that is numbered",
    /^The output/,
    (secret) => prints(`> 3 | ${secret.replace(" = ", " =\n  4 |   ").replace(" the ", " the\n  4 |   ")}`),
  ],
  [
    "a printed comparison",
    /^The output/,
    (secret) =>
      prints(`-const total = 0;\n+${secret.replace(" = ", " =\n+").replace(" the ", " the\n+")}\n-none`),
  ],
  [
    "a numbered comparison whose last line is a number",
    /^The output/,
    (secret) => prints(`+ 3 | ${secret.replace(", 0)", ",\n+ 4 |   0)").replace(" the ", "\n+ 4 | the ")}`),
  ],
  [
    "a saved traceback",
    /^The output/,
    (secret) => fails("Error", "a", ["Error: a", `\u001b[31m    ${secret}\u001b[0m`, "    ^"]),
  ],
  ["an error's message", /^The output/, (secret) => fails("Error", secret, [])],
  ["an error's name", /^The output/, (secret) => fails(secret, "a", [])],
  ["a result", /^The output/, (secret) => shows(data({ "text/plain": secret }))],
  [
    "HTML that is shown",
    /^The output/,
    (secret) =>
      shows(
        data({
          "text/html": `<table><tr><td>${secret.split(" ").map(entities).join("</td> <td>")}</td></tr></table>`,
        }),
      ),
  ],
  ["Markdown that is shown", /^The output/, (secret) => shows(data({ "text/markdown": `*${secret}*` }))],
  [
    "an SVG's text",
    /^The output/,
    (secret) => shows(data({ "image/svg+xml": svg(`<text>${entities(secret)}</text>`) })),
  ],
  [
    "an SVG's description",
    /^The output/,
    (secret) => shows(data({ "image/svg+xml": svg(`<desc>${entities(secret)}</desc>`) })),
  ],
  [
    "a shown picture's alternative text",
    /^The output/,
    (secret) => shows(data({ "image/png": png.slice(0, 1000) }, { "image/png": { alt: secret } })),
  ],
  ["a figure's title", /^The output/, (secret) => figure({ layout: { title: { text: secret } } })],
  [
    "a figure's customdata",
    /^The output/,
    (secret) => figure({ data: [{ y: [1], customdata: [[secret]] }] }),
  ],
  [
    "a figure's words",
    /^The output/,
    (secret) => figure({ data: [{ y: [1, 2], text: secret.split(/(?<= )/) }] }),
  ],
  [
    "an explore state",
    /^The output/,
    (secret) => shows(data({ [explore]: { state: { note: secret } }, "text/html": "<p>A</p>" })),
  ],
  [
    "an explore state in base64",
    /^The output/,
    (secret) => shows(data({ [explore]: { state: base64(secret) }, "text/html": "<p>A</p>" })),
  ],
];
