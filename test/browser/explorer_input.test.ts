import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Bench, startExplorer, type } from "./explorer";

let bench: Bench;
beforeAll(async () => {
  bench = await startExplorer();
});
afterAll(() => bench?.end());

describe("what cannot be", () => {
  // name, typed, what is said
  test.each([
    ["sizes", "3, 0, 1", 'The width is "0"; expected a whole number from 1 to 1024.'],
    ["sizes", "3, -1, 1", 'The width is "-1"; expected a whole number from 1 to 1024.'],
    ["sizes", "3, 1e9, 1", 'The width is "1e9"; expected a whole number from 1 to 1024.'],
    ["sizes", "three", "The list has one entry; expected at least two widths, such as 3, 3, 1."],
    ["sizes", "three, one", 'The width is "three"; expected a whole number from 1 to 1024.'],
    ["sizes", "", "The list has no entry; expected at least two widths, such as 3, 3, 1."],
    ["sizes", "3 ".repeat(102), "The list has 101 layers; expected at most 100."],
    ["sizes", "1024 ".repeat(4), "The network would have 3,148,800 parameters; expected at most 2,000,000."],
    ["sizes", "<script>alert(1)</script>, 3", 'The width is "<script>alert(1)</scri…"'],
    ["seed", "1.5", 'The seed is "1.5"; expected a whole number from -2^63 to 2^64 - 1.'],
    ["seed", "18446744073709551616", 'The seed is "18446744073709551616"'],
    ["input", "1, 0", "A row of the input has 2 numbers; expected 3, as the first layer takes."],
    ["input", "1, 0, x", 'The value is "x"; expected a finite number.'],
    ["input", "", "The input has 0 rows"],
    ["target", "1e39", 'The value is "1e39"; expected a finite number.'],
    ["width", "1e9", 'The width is "1e9"; expected a whole number from 1 to 1024.'],
    ["width", "", "A width is missing; expected a whole number from 1 to 1024."],
  ])("%s: %j", async (name, text, said) => {
    await bench.mount();
    const before = await bench.means();
    await type(bench.page, name, text);
    const problem = bench.page.locator(`.field.${name} .problem`);
    expect(await problem.innerText()).toContain(said);
    expect(await bench.page.locator(`input[name=${name}]`).getAttribute("aria-invalid")).toBe("true");
    expect(await bench.means()).toEqual(before);
  });

  test.each(["[3, 3, 3, 1]", "3 3\n3 1", "３，３、３，１", "(3,3,3,1)"])(
    "a pasted %j is a list",
    async (text) => {
      await bench.mount();
      await type(bench.page, "sizes", text.replace("\n", " "));
      expect(await bench.sizes()).toBe("3, 3, 3, 1");
    },
  );

  test("a state from outside that is none is explained, and the last good one stays", async () => {
    await bench.mount({ language: "zh" });
    const before = await bench.means();
    await bench.page.evaluate(() =>
      (globalThis as unknown as { explorer: { update(spec: unknown): void } }).explorer.update({
        version: 1,
        layerSizes: ["<script>"],
      }),
    );
    expect(await bench.page.locator(".notice").innerText()).toMatch(
      /^要显示的状态无效：.*保留上一个有效的状态。$/,
    );
    expect(await bench.means()).toEqual(before);
  });
});

test("nothing failed in the page", () => expect(bench.problems).toEqual([]));
