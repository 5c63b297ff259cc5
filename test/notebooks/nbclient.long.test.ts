import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { cells } from "../browser/controls";
import type { Output } from "./notebook";

interface Outcome {
  error: { ename: string; evalue: string; text: string } | null;
  cells: { count: number | null; outputs: (Output & { ename?: string })[] }[];
}
interface Cell {
  source: string;
  tags?: string[];
}

/** What nbclient makes of these cells. */
function execute(notebook: (string | Cell)[], options: object = {}): Outcome {
  const input = JSON.stringify({
    cells: notebook.map((cell) => (typeof cell === "string" ? { source: cell } : cell)),
    options,
  });
  const { status, stdout, stderr } = spawnSync(".venv/bin/python", ["test/notebooks/outcome.py"], {
    input,
    encoding: "utf8",
  });
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout) as Outcome;
}

const counts = (outcome: Outcome) => outcome.cells.map(({ count }) => count);
const errors = (outcome: Outcome) =>
  outcome.cells.map(
    ({ outputs }) => outputs.find(({ output_type }) => output_type === "error")?.ename ?? null,
  );

test("the controls' notebook stops at the failing cell, with the figure and the widgets shown", () => {
  const outcome = execute(cells);
  expect(outcome.error).toMatchObject({
    ename: "RangeError",
    evalue: "The width is 3; expected 100 or more.",
  });
  expect(outcome.error!.text).toContain("In[5]:2");
  expect(counts(outcome)).toEqual([1, 2, 3, 4, 5, null, null]);
  const types = outcome.cells.flatMap(({ outputs }) =>
    outputs.flatMap(({ data }) => Object.keys(data ?? {})),
  );
  expect(types).toEqual(
    expect.arrayContaining([
      "application/vnd.jupyter.widget-view+json",
      "application/vnd.plotly.v1+json",
      "image/png",
    ]),
  );
});

test("allow_errors runs every cell and reports what failed", () => {
  const outcome = execute(cells, { allow_errors: true });
  expect(outcome.error).toBeNull();
  expect(counts(outcome)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(errors(outcome)).toEqual([null, null, null, null, "RangeError", "TypeScriptError", null]);
  expect(outcome.cells[6]!.outputs[0]!.text).toBe("the width is 3\n");
});

test("a cell tagged raises-exception may fail; allow_error_names names what may", () => {
  const tagged = execute([
    { source: "throw new RangeError('a')", tags: ["raises-exception"] },
    "1",
    "null!.x",
  ]);
  expect(counts(tagged)).toEqual([1, 2, 3]);
  expect(tagged.error?.ename).toBe("TypeScriptError");
  const named = execute(["throw new RangeError('a')", "2", "throw new SyntaxError('b')", "3"], {
    allow_error_names: ["RangeError"],
  });
  expect(named.error?.ename).toBe("SyntaxError");
  expect(counts(named)).toEqual([1, 2, 3, null]);
});
