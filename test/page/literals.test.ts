import { typescriptLanguage } from "@codemirror/lang-javascript";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stepped, stepsOf } from "../../src/page/cell/literals";

/** Each right value is what the literal's own form makes of the sum, worked out by hand. */
const table: [literal: string, steps: number, becomes: string][] = [
  // Whole numbers, from 1 on as sizes.
  ["3", 1, "4"],
  ["3", -2, "1"],
  ["3", -3, "1"],
  ["3", -100, "1"],
  ["1", -1, "1"],
  ["9", 1, "10"],
  ["10", -1, "9"],
  ["768", 232, "1000"],
  ["123", 0, "123"],
  ["9007199254740993", 1, "9007199254740994"],
  // Those written with a minus, or as 0, pass 0.
  ["0", 1, "1"],
  ["0", -1, "-1"],
  ["-1", 1, "0"],
  ["-1", 2, "1"],
  ["-5", -5, "-10"],
  ["- 5", 1, "-4"],
  ["-0", 0, "0"],
  // Decimals, by the last digit that is written.
  ["0.01", 1, "0.02"],
  ["0.01", -1, "0.00"],
  ["0.01", -2, "-0.01"],
  ["0.1", 2, "0.3"],
  ["0.9", 1, "1.0"],
  ["1.0", -1, "0.9"],
  ["1.50", 1, "1.51"],
  ["1.50", 50, "2.00"],
  ["0.10", 10, "0.20"],
  ["-0.5", 5, "0.0"],
  ["-0.5", 6, "0.1"],
  ["99.99", 1, "100.00"],
  [".5", 1, ".6"],
  [".5", 5, "1.0"],
  [".5", -5, ".0"],
  [".05", -6, "-.01"],
  ["2.", 1, "3."],
  ["2.", -3, "-1."],
  // Exponents stay, and so does what they are written with.
  ["1e-3", 1, "2e-3"],
  ["1e-3", -1, "1e-3"],
  ["9E+3", 1, "10E+3"],
  ["1.5e3", -1, "1.4e3"],
  ["-2e5", 3, "1e5"],
  ["1e1_0", 1, "2e1_0"],
  // Separators.
  ["1_000", 1, "1_001"],
  ["999_999", 1, "1_000_000"],
  ["1_000", -1, "999"],
  ["1_0000", 9_0000, "10_0000"],
  ["0.000_1", 1, "0.000_2"],
  ["0.000_9", 1, "0.001_0"],
  // Other bases, with as many digits and in the case they have.
  ["0x10", 1, "0x11"],
  ["0x0F", 1, "0x10"],
  ["0x10", -1, "0x0f"],
  ["0xAF", 1, "0xB0"],
  ["0xff", 1, "0x100"],
  ["0x1", -5, "0x1"],
  ["0xFF_FF", 1, "0x1_00_00"],
  ["-0x1", -1, "-0x2"],
  ["0b101", 1, "0b110"],
  ["0o17", 1, "0o20"],
  // Big integers.
  ["1n", 1, "2n"],
  ["1n", -1, "1n"],
  ["0n", -1, "-1n"],
  ["99999999999999999999n", 1, "100000000000000000000n"],
  ["0xfn", 1, "0x10n"],
];

test.each(table)("%s, %d steps on, is %s", (literal, steps, becomes) => {
  expect(stepped(literal, steps)).toBe(becomes);
});

test.each([
  ["0", -1, "0"],
  ["0.5", -9, "0.0"],
  ["3", -9, "1"],
  ["-1", -1, "-2"],
])("where no minus may stand, %s, %d steps on, is %s", (literal, steps, becomes) => {
  expect(stepped(literal, steps, false)).toBe(becomes);
});

test.each(["017", "08", "00", "-017", "0_1", ".", "-", "", "1px", "x", "-/**/5"])(
  "%j has no other value",
  (literal) => {
    expect(stepped(literal, 1)).toBeNull();
  },
);

test("what a number becomes is a number's literal to the editor, of the value that is so many steps on", () => {
  const literal = fc.oneof(
    fc.nat({ max: 1e9 }).map(String),
    fc
      .tuple(fc.nat({ max: 9999 }), fc.nat({ max: 4 }))
      .map(([n, decimals]) => (n / 10 ** decimals).toFixed(decimals)),
    fc.integer({ min: 1, max: 1e6 }).map((n) => `0x${n.toString(16)}`),
  );
  fc.assert(
    fc.property(literal, fc.integer({ min: -2000, max: 2000 }), (text, steps) => {
      const next = stepped(text, steps)!;
      const decimals = /\.(\d+)/.exec(text)?.[1]!.length ?? 0;
      const sum = Number(text) + steps / 10 ** decimals;
      const isSize = decimals === 0 && Number(text) >= 1;
      expect(Number(next)).toBe(Number((isSize ? Math.max(1, sum) : sum).toFixed(decimals)) + 0);
      const names = new Set<string>();
      typescriptLanguage.parser.parse(`x = ${next}`).iterate({ enter: ({ name }) => void names.add(name) });
      expect(names.has("Number")).toBe(true);
      expect(names.has("⚠")).toBe(false);
    }),
  );
});

describe("a way of the pointer", () => {
  test.each([
    // Six pixels a step for small numbers.
    ["3", 5, 0],
    ["3", 6, 1],
    ["3", -6, -1],
    ["3", 60, 10],
    ["0.01", 6, 1],
    ["1e-3", 6, 1],
    ["0x4", 6, 1],
    // A sweep of 300 pixels doubles it, beside its 50 steps.
    ["1000", 300, 1050],
    ["1000", -300, -1050],
    ["1000", 6, 1],
    ["1_000n", 300, 1050],
    ["0x3e8", 300, 1050],
    ["10.00", 300, 1050],
  ])("%s: %d pixels are %d steps", (literal, pixels, steps) => {
    expect(stepsOf(pixels, literal, false)).toBe(steps);
  });

  test("with Shift each step is ten", () => {
    expect(stepsOf(6, "3", true)).toBe(10);
    expect(stepsOf(-12, "3", true)).toBe(-20);
  });

  test("the longer, the further", () => {
    fc.assert(
      fc.property(fc.nat({ max: 2000 }), fc.nat({ max: 1e6 }), (pixels, size) => {
        expect(stepsOf(pixels + 1, String(size), false)).toBeGreaterThanOrEqual(
          stepsOf(pixels, String(size), false),
        );
        expect(stepsOf(-pixels, String(size), false) + stepsOf(pixels, String(size), false)).toBe(0);
      }),
    );
  });
});
