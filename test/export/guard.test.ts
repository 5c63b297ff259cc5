import { describe, expect, test } from "vitest";
import { guard, guardKinds, type GuardKind } from "../../dist/export/guards";
import type { Notebook, Output } from "../../dist/export/notebook";
import { readNotebook } from "../../dist/export/readnotebook";
import { sourceHash } from "../../dist/runtime/stalecells";
import { cellsOf } from "./cells";

const owner = { user: "ada", home: "/srv/homes/own" };
const problems = (notebook: Notebook, allowed: GuardKind[] = []): string[] => {
  try {
    guard(notebook, allowed, owner);
    return [];
  } catch (error) {
    return (error as Error).message.split("\n");
  }
};
const ran = (...outputs: Output[]) => ({ code: "1;", count: 1, outputs });
const data = (bundle: { [type: string]: unknown }, metadata = {}): Output => ({
  type: "display_data",
  data: bundle,
  metadata,
  executionCount: null,
});
const text = (value: string): Output => ({ type: "stream", name: "stdout", text: value });
const error: Output = { type: "error", ename: "RangeError", evalue: "too deep", traceback: ["at f"] };
const plotly = { "application/vnd.plotly.v1+json": { data: [] }, "text/plain": "a figure" };

test.each(["zh", "en"])("the notebook in %s can be published as it is", (language) => {
  guard(readNotebook(`notebooks/${language}/shortcut-connections.ipynb`), []);
});

/** Each finds one problem, of its kind alone, in the first cell. */
const found: { [kind in GuardKind]: [name: string, cell: Parameters<typeof cellsOf>[0][number]][] } = {
  stale: [
    [
      "an edited cell",
      { code: "2;", count: 1, metadata: { "tslab-gradients": { source: sourceHash("1;") } } },
    ],
  ],
  failed: [
    ["an error", ran(error)],
    ["a skipped cell", { code: "// first\nf();" }],
  ],
  static: [
    ["a figure", ran(data(plotly))],
    ["a script", ran(data({ "application/javascript": "f()", "text/plain": "f" }))],
    ["a widget without text", ran(data({ "application/vnd.jupyter.widget-view+json": {} }))],
    ["JSON alone", ran(data({ "application/json": {} }))],
  ],
  alt: [
    ["an output", ran(data({ "image/png": "iVBO", "text/plain": "a picture" }))],
    ["a blank text", ran(data({ "image/png": "iVBO" }, { "image/png": { alt: " " } }))],
    ["an SVG", ran(data({ "image/svg+xml": "<svg><title></title><path/></svg>" }))],
    ["Markdown", { source: "See ![](a.png)." }],
    ["an element in Markdown", { source: 'See <img src="a.png">.' }],
    ["a block in Markdown", { source: '<p>\n<img src="a.png" alt>\n</p>' }],
    ["HTML", ran(data({ "text/html": "<p><img src=a.png alt=' '></p>" }))],
  ],
  private: [
    ["a path on Linux", ran(text("wrote /home/eve/data/x.bin now"))],
    ["root's path", ran(text("/root/work/x.ts"))],
    ["a path on macOS", ran(data({ "text/html": "<a href='file:///Users/eve/x'>x</a>" }))],
    ["a path on Windows", ran(text("C:\\Users\\eve\\x.ts"))],
    ["a Windows address", ran(text("file:///C:/Users/eve/x.ts"))],
    ["one's own folder", ran(text("/srv/homes/own2 /srv/homes/own/x"))],
    ["a traceback", { ...ran({ ...error, traceback: ["at /home/eve/a.ts:1"] }), tags: ["raises-exception"] }],
    ["a figure's text", ran(data({ ...plotly, "image/png": "iVBO" }, { alt: "/home/eve/x/" }))],
    ["metadata", { source: "a", metadata: { papermill: { output: "/home/eve/x.ipynb" } } }],
    ["a token", ran(text("http://localhost:8888/?token=0123456789abcdef0123"))],
    ["GitHub's", ran(text(`ghp_${"a1".repeat(18)}`))],
    ["an API's", ran(text(`sk-proj-${"a1".repeat(18)}`))],
    ["Amazon's", ran(text("AKIAABCDEFGHIJKLMNOP"))],
    ["a hub's", ran(text(`hf_${"a1".repeat(18)}`))],
    ["a JWT", ran(text("eyJhbGciOiJI.eyJzdWIiOiIx.SflKxwRJSMeKKF2QT4"))],
    ["Slack's", ran(text("xoxb-123456789012-abcdef"))],
    ["a key", ran(text("-----BEGIN RSA PRIVATE KEY-----"))],
    ["a header", ran(text("Authorization: Bearer abcdef123456"))],
    ["the user", ran(text("Hello, ada!"))],
  ],
};

describe.each(guardKinds)("%s", (kind) => {
  test.each(found[kind])("%s is named, and may be allowed", (_, cell) => {
    const notebook = cellsOf([cell]);
    const [problem = "", ...others] = problems(notebook);
    expect(others).toEqual([]);
    expect(problem).toMatch(/^Cell 1 (\(In \[1\]\) )?[a-z].*; .*, or allow it with `--allow \w+`\.$/);
    expect(problem).toContain(`--allow ${kind}`);
    expect(problems(notebook, [kind])).toEqual([]);
  });
});

test("each problem has its line", () => {
  const notebook = cellsOf([ran(error), { code: "f();" }, { source: "![](a.png)" }]);
  expect(problems(notebook).map((line) => line.replace(/;.*/, ""))).toEqual([
    'Cell 1 (In [1]) failed with "RangeError: too deep"',
    "Cell 2 has not run",
    'Cell 3 has the picture "a.png" without alternative text',
  ]);
  expect(problems(notebook, ["failed", "alt"])).toEqual([]);
});

test("a secret is not told", () => {
  const [problem] = problems(cellsOf([ran(text(`ghp_${"a1".repeat(18)}`))]));
  expect(problem).toContain('"ghp_a1"');
});

test("a long path is shortened", () => {
  const [problem] = problems(cellsOf([ran(text(`/home/eve/${"x".repeat(99)}`))]));
  expect(problem).toContain(`"/home/eve/${"x".repeat(29)}…"`);
});

test("the notebook's own metadata is looked at", () => {
  const notebook = { ...cellsOf([]), metadata: { author: "ada" } };
  expect(problems(notebook)).toEqual([
    "The notebook's metadata has the user's name \"ada\"; take it out, or allow it with `--allow private`.",
  ]);
});

test.each<[string, Parameters<typeof cellsOf>[0][number]]>([
  [
    "a cell as it ran",
    { code: "1;", count: 1, metadata: { "tslab-gradients": { source: sourceHash("1;") } } },
  ],
  ["an expected error", { ...ran(error), tags: ["raises-exception"] }],
  ["comments alone", { code: "// nothing\n/* here */\n" }],
  [
    "a figure with a picture",
    ran(data({ ...plotly, "image/png": "iVBO" }, { "image/png": { alt: "A line" } })),
  ],
  ["a figure with HTML", ran(data({ ...plotly, "text/html": "<b>1</b>" }))],
  ["a control with text", ran(data({ "application/vnd.jupyter.widget-view+json": {}, "text/plain": "5" }))],
  ["an alternative text for all", ran(data({ "image/png": "iVBO" }, { alt: "A line" }))],
  ["an SVG's title", ran(data({ "image/svg+xml": "<svg><title>A line</title></svg>" }))],
  ["an SVG's label", ran(data({ "image/svg+xml": '<svg aria-label="A line"></svg>' }))],
  ["described Markdown", { source: '![a](b) <img alt="c" src="d"> <img alt=e>' }],
  ["pictures in code", { source: "`![](a)`\n\n```\n<img src=a>\n```" }],
  ["decoration", { source: '<img src="a" alt=""> <img role="presentation" src="b">' }],
  ["pages' addresses", ran(text("https://example.org/home/about/us http://x.org/Users/a/b"))],
  ["a name within a word", ran(text("Canada, adapt, ada_1"))],
  ["a style's name", ran(data({ "text/html": '<i class="sk-toggleable__content-arrow-longer">' }))],
  ["a source", { source: "Look into /home/eve/data/ on your machine, ada." }],
])("%s is no problem", (_, cell) => {
  expect(problems(cellsOf([cell]))).toEqual([]);
});

test("a user's name that many have tells nothing", () => {
  const notebook = cellsOf([ran(text("root jovyan al"))]);
  for (const user of ["root", "jovyan", "al", ""]) guard(notebook, [], { user, home: "" });
});

test("a source's hash is FNV-1a's", () => {
  // The test vectors of draft-eastlake-fnv.
  expect(sourceHash("")).toBe("cbf29ce484222325");
  expect(sourceHash("a")).toBe("af63dc4c8601ec8c");
  expect(sourceHash("foobar")).toBe("85944171f73967e8");
});
