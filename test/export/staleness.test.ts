import { describe, expect, test } from "vitest";
import { staleness } from "../../dist/export/guards";
import { ipynb } from "../../dist/export/writenotebook";
import { sourceHash } from "../../dist/runtime/stalecells";
import { cellsOf } from "./cells";

describe("a cell is stale where what it uses has another value in a run from the top", () => {
  /** Cells' sources, each with its execution count, and what the guard says of them. */
  const told = (...cells: [code: string, count: number, metadata?: object][]): string[] =>
    staleness(
      cellsOf(
        cells.map(([code, count, own]) => ({
          code,
          count,
          ...(own ? { metadata: { "tslab-gradients": own } } : {}),
        })),
      ),
    );

  test.each<[string, [code: string, count: number, metadata?: object][]]>([
    [
      "a run from the top",
      [
        ["let x = 1;", 1],
        ["x;", 2],
        ["let x = 2;", 3],
        ["x;", 4],
      ],
    ],
    [
      "a cell, and then what uses it",
      [
        ["let x = 1;", 7],
        ["let y = x;", 8],
        ["1;", 3],
        ["y;", 9],
        ["2;", 5],
      ],
    ],
    [
      "a cell that nothing above has to do with",
      [
        ["let x = 1;", 5],
        ["let y = 2;", 3],
        ["y;", 4],
      ],
    ],
    [
      "a package's import, again",
      [
        ['import { nn } from "tslab-gradients";', 9],
        ["nn;", 2],
      ],
    ],
    [
      "a function's own name",
      [
        ["let x = 1;", 5],
        ["const f = (x: number) => x;", 3],
        ["f(1);", 4],
      ],
    ],
    [
      "a property of that name",
      [
        ["let x = 1;", 5],
        ["const p = { x: 1 };\np.x;", 3],
      ],
    ],
    [
      "a method that only reads",
      [
        ["let x = [1];", 1],
        ["x;", 2],
        ["x.forEach(String);", 5],
      ],
    ],
    // The counts are those of two sessions, the order is what JupyterLab kept.
    [
      "a saved cell that ran before",
      [
        ["let x = 1;", 1, { run: 14, count: 1 }],
        ["x;", 1, { run: 15, count: 1 }],
      ],
    ],
  ])("fresh: %s", (_, cells) => {
    expect(told(...cells)).toEqual([]);
  });

  test.each<[string, [code: string, count: number, metadata?: object][], string[]]>([
    [
      "what it uses ran later, and so on through what uses it",
      [
        ["let x = 1;", 5],
        ["let y = x;", 2],
        ["y;", 3],
        ["1;", 4],
      ],
      [
        'Cell 2 (In [2]) ran before cell 1 (In [5]) gave "x" its value; run it again',
        'Cell 3 (In [3]) uses "y" of cell 2 (In [2]), which must run again; run it after that',
      ],
    ],
    [
      "a class, a type and a function",
      [
        ["class A {}\ninterface B {}\nfunction f() {}", 9],
        ["new A();", 1],
        ["let b: B;", 2],
        ["f();", 3],
      ],
      [
        'Cell 2 (In [1]) ran before cell 1 (In [9]) gave "A" its value; run it again',
        'Cell 3 (In [2]) ran before cell 1 (In [9]) gave "B" its value; run it again',
        'Cell 4 (In [3]) ran before cell 1 (In [9]) gave "f" its value; run it again',
      ],
    ],
    [
      "a name that is only altered",
      [
        ["let x = [1];", 1],
        ["x.push(2);", 4],
        ["x.length;", 3],
        ["let n = 0;", 5],
        ["n++;", 8],
        ["n;", 7],
      ],
      [
        'Cell 3 (In [3]) ran before cell 2 (In [4]) gave "x" its value; run it again',
        'Cell 6 (In [7]) ran before cell 5 (In [8]) gave "n" its value; run it again',
      ],
    ],
    [
      "the name is another cell's by then",
      [
        ["let x = 1;", 1],
        ["x;", 4],
        ["let x = 2;", 2],
        ["x;", 3],
      ],
      [
        'Cell 1 (In [1]) gave "x" a value that cell 3 (In [2]) replaced too early; run all cells from the top',
        'Cell 2 (In [4]) took "x" from cell 3 (In [2]) and not from the last cell above it; run all cells from the top',
      ],
    ],
    [
      "the name is declared below",
      [
        ["x;", 2],
        ["let x = 2;", 1],
      ],
      ['Cell 1 (In [2]) uses "x" of cell 2 (In [1]) below it; put it below that'],
    ],
    [
      "a saved cell whose counts look right",
      [
        ["let x = 1;", 1, { run: 14, count: 1 }],
        ["x;", 2, { run: 2, count: 2 }],
        ["x;", 3],
      ],
      [
        'Cell 2 (In [2]) ran before cell 1 (In [1]) gave "x" its value; run it again',
        'Cell 3 (In [3]) ran before cell 1 (In [1]) gave "x" its value; run it again',
      ],
    ],
    [
      "a local file's import",
      [
        ['import { a } from "./mine";', 3],
        ["a;", 2],
      ],
      ['Cell 2 (In [2]) ran before cell 1 (In [3]) gave "a" its value; run it again'],
    ],
  ])("stale: %s", (_, cells, expected) => {
    expect(told(...cells)).toEqual(expected);
  });

  test("a clean notebook, which counts anew, keeps no order of runs", () => {
    const own = { source: sourceHash("1;"), run: 14, count: 3 };
    const file = ipynb(cellsOf([{ code: "1;", count: 3, metadata: { "tslab-gradients": own } }]));
    const { cells } = JSON.parse(file) as { cells: { metadata: object }[] };
    expect(cells[0]!.metadata).toEqual({ "tslab-gradients": { source: own.source } });
  });

  test("what another program ran meanwhile is known by its count", () => {
    expect(told(["let x = 1;", 1, { run: 14, count: 3 }], ["x;", 2, { run: 15, count: 4 }])).toEqual([]);
  });
});
