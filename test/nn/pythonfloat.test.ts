import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, it } from "vitest";
import { pythonFloat } from "../../dist/nn/text.js";

// repr() of CPython 3.11.
it.each([
  [1.2000000424450263e-5, "1.2000000424450263e-05"],
  [4249, "4249.0"],
  [0.0002017411752603948, "0.0002017411752603948"],
  [1e16, "1e+16"],
  [1e15, "1000000000000000.0"],
  [123456789012345680, "1.2345678901234568e+17"],
  [1e-4, "0.0001"],
  [-0, "-0.0"],
  [0, "0.0"],
  [NaN, "nan"],
  [Infinity, "inf"],
  [-Infinity, "-inf"],
  [5e-324, "5e-324"],
])("writes %s as Python does", (value, text) => {
  expect(pythonFloat(value)).toBe(text);
});

it("writes what Python's repr writes for any float", () => {
  const values = fc.sample(fc.double({ noDefaultInfinity: true, noNaN: true }), { numRuns: 2000, seed: 1 });
  const script = "import json,sys; print(json.dumps([repr(float(v)) for v in json.load(sys.stdin)]))";
  const input = JSON.stringify(values.map((value) => (Object.is(value, -0) ? "-0.0" : String(value))));
  const expected = JSON.parse(
    execFileSync(".venv/bin/python", ["-c", script], { input, encoding: "utf8" }),
  ) as string[];
  expect(values.map(pythonFloat)).toEqual(expected);
});
