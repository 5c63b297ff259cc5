import { expect, test } from "vitest";
import { ipynb } from "../../dist/export/writenotebook";
import { parseNotebook } from "../../dist/export/readnotebook";

test("nbformat 3: sheets, headings, prompts and the old names of outputs", () => {
  // nbformat 3's own words, as nbformat.v3's documentation has them.
  const old = {
    nbformat: 3,
    nbformat_minor: 0,
    metadata: { name: "old" },
    worksheets: [
      {
        cells: [
          { cell_type: "heading", level: 2, source: ["Title", " one"], metadata: {} },
          {
            cell_type: "code",
            input: ["a\n", "b"],
            prompt_number: 7,
            language: "python",
            metadata: {},
            outputs: [
              { output_type: "stream", stream: "stderr", text: "careful" },
              { output_type: "pyout", prompt_number: 7, text: ["4", "2"], png: "iVBORw0K", metadata: {} },
              { output_type: "pyerr", ename: "E", evalue: "v", traceback: ["t"] },
            ],
          },
        ],
      },
    ],
  };
  const [heading, code] = parseNotebook(JSON.stringify(old), "old.ipynb").cells;
  expect(heading).toMatchObject({ type: "markdown", source: "## Title one" });
  expect(code).toMatchObject({
    type: "code",
    source: "a\nb",
    executionCount: 7,
    outputs: [
      { type: "stream", name: "stderr", text: "careful" },
      { type: "execute_result", data: { "text/plain": "42", "image/png": "iVBORw0K" } },
      { type: "error", ename: "E", evalue: "v", traceback: ["t"] },
    ],
  });
});

test("cells without ids, with the same or with strange ones have their own", () => {
  const cell = { cell_type: "markdown", source: "x", metadata: {} };
  const cells = [cell, { ...cell, id: "a" }, { ...cell, id: "a" }, { ...cell, id: '"><script>' }];
  const { cells: read } = parseNotebook(JSON.stringify({ nbformat: 4, metadata: {}, cells }), "x.ipynb");
  expect(read.map(({ id }) => id)).toEqual(["cell-1", "a", "a-3", "cell-4"]);
});

test("a clean notebook counts its cells from 1, and keeps no times and no versions", () => {
  const code = { cell_type: "code", id: "a", source: "1\n2", outputs: [], execution_count: 12 };
  const metadata = { tags: ["solution"], execution: { "iopub.execute_input": "2026" }, collapsed: true };
  const notebook = {
    nbformat: 4,
    metadata: {
      kernelspec: { name: "tslab", display_name: "TypeScript", language: "typescript", path: "/somewhere" },
      language_info: { name: "typescript", version: "5.0.4" },
      widgets: {},
    },
    cells: [{ ...code, metadata }],
  };
  expect(JSON.parse(ipynb(parseNotebook(JSON.stringify(notebook), "x.ipynb")))).toEqual({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { name: "tslab", display_name: "TypeScript", language: "typescript" },
      language_info: { name: "typescript" },
    },
    cells: [{ ...code, metadata: { tags: ["solution"] }, source: ["1\n", "2"], execution_count: 1 }],
  });
});
