/** Outputs that some notebook has held or might: null, keys that are missing, wrong types, huge, hostile, wide. */
const figure = "application/vnd.plotly.v1+json";
const live = "application/vnd.tslab-gradients.explore+json";
const widget = "application/vnd.jupyter.widget-view+json";

function nested(depth: number): unknown {
  return depth === 0 ? 1 : { deeper: nested(depth - 1) };
}

const bar = { type: "bar", x: [1], y: [2] };
const many = Array.from({ length: 20_000 }, (_, i) => i);
const attack = "window.ran = 1";

const figures: unknown[] = [
  null,
  {},
  [],
  "text",
  5,
  { data: null },
  { data: [] },
  { data: [null] },
  { data: [bar] },
  { data: [bar], layout: null },
  { data: [bar], layout: {} },
  { data: [bar], layout: {}, config: null, frames: 5 },
  { data: [{ ...bar, x: 1, y: "no" }], layout: { width: "wide", height: -5 } },
  { data: [{ type: "nosuch" }], layout: { title: 5 } },
  { data: {}, layout: {} },
  { data: [{ type: "scatter", x: many, y: many }], layout: { width: 1e6 } },
  { data: [{ y: [1, null, "x"] }], layout: { xaxis: 5, yaxis: null, annotations: 3, shapes: {} } },
  { data: [{ y: [1] }], layout: { meta: { alt: 5 } } },
  { data: [{ type: "heatmap", z: [[1, 2], [3]] }], layout: {} },
  { data: [{ type: "pie", values: [1, 2] }], layout: { template: "x" } },
  { data: [{ y: [1, 2] }], layout: { annotations: [null], shapes: [null, { type: "path", path: 5 }] } },
  { data: [{ y: [1], name: `<img src=x onerror="${attack}">` }], layout: { title: { text: "<script>" } } },
];
const explored: unknown[] = [null, {}, "x", [1], { layerSizes: [] }, { layerSizes: [1e9] }];
const texts: unknown[] = [
  null,
  5,
  ["a", "b"],
  { a: 1 },
  "x".repeat(100_000),
  "line\n".repeat(5000),
  "\u001b[31mred \u001b[999mx\u001b[",
  "𠮷 😀 \ud800 \u202e rtl",
];
const markup: unknown[] = [
  null,
  5,
  `<table><tr>${"<td>wide cell</td>".repeat(60)}</tr></table>`,
  "<div style='width:4000px;background:red'>w</div>",
  `</div></section></main><script>${attack}</script><style>body{display:none}</style>`,
  `<b>unclosed <i>${"<div>".repeat(3000)}`,
  `<img src=x onerror="${attack}"><svg><foreignObject>`,
  `<pre>${"y".repeat(3000)}</pre>`,
  `<iframe src="javascript:parent.ran=1"></iframe><a href="javascript:${attack}">a</a><base href="//a.example">`,
];
const prose: unknown[] = [
  null,
  `# H\n\n${"| a ".repeat(40)}|\n${"| - ".repeat(40)}|\n${"| cellcontent ".repeat(40)}|`,
  `$$\\frac{${"a+".repeat(200)}1}{2}$$`,
  "$\\bad{",
  `<script>${attack}</script> ![a](javascript:${attack})`,
];
const formulas: unknown[] = [
  null,
  5,
  `$$\\begin{aligned}${"x &= y + z \\\\".repeat(30)}\\end{aligned}$$`,
  "\\notamacro{",
];

const bundles: Record<string, unknown>[] = [
  ...figures.map((value) => ({ [figure]: value })),
  ...explored.map((value) => ({ [live]: value })),
  ...texts.map((value) => ({ "text/plain": value })),
  ...markup.map((value) => ({ "text/html": value })),
  ...prose.map((value) => ({ "text/markdown": value })),
  ...formulas.map((value) => ({ "text/latex": value })),
  ...[null, "not base64!!", 5, ""].map((value) => ({ "image/png": value })),
  { "image/jpeg": "////" },
  { "image/svg+xml": "<svg" },
  { "image/svg+xml": 5 },
  {
    "image/svg+xml": `<svg xmlns='http://www.w3.org/2000/svg' width='5000' height='10'><script>${attack}</script></svg>`,
  },
  { "application/json": { a: [1, { b: null }] } },
  { "application/json": nested(200) },
  { "application/x-unknown": "data" },
  { [widget]: null },
  { [widget]: { model_id: "gone" } },
  { "application/javascript": attack },
  { "": "" },
  {},
];

/** One output a cell. */
export const oddOutputs: unknown[] = [
  ...bundles.map((data, i) =>
    i % 2 === 0
      ? { output_type: "execute_result", execution_count: 1, data, metadata: {} }
      : { output_type: "display_data", data, metadata: {} },
  ),
  { output_type: "stream", name: "stdout", text: null },
  { output_type: "stream", name: "weird", text: ["a", 5] },
  { output_type: "stream", name: "stdout", text: "z".repeat(5000) },
  { output_type: "error", ename: null, evalue: null, traceback: null },
  { output_type: "error", ename: "E", evalue: "v", traceback: "text" },
  { output_type: "nosuch" },
  null,
  { output_type: "display_data" },
  { output_type: "display_data", data: null, metadata: null },
  { output_type: "display_data", data: { "text/plain": "m" }, metadata: 5 },
];

/** A notebook with one of them below each cell; each cell prints its number. */
export const oddNotebook = JSON.stringify({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {
    kernelspec: { name: "tslab", language: "typescript", display_name: "TypeScript" },
    language_info: { name: "typescript" },
  },
  cells: oddOutputs.map((output, i) => ({
    cell_type: "code",
    id: `odd${i}`,
    metadata: {},
    execution_count: i + 1,
    source: `console.log("cell ${i + 1} ran")`,
    outputs: [output],
  })),
});
