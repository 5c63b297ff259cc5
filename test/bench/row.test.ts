import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { instructions } from "../../bench/machine.mjs";
import { timed } from "../../bench/ours.mjs";
import { checkMean } from "../../bench/passes.mjs";
import { limitedRow, measured, row } from "../../bench/row.mjs";
import { quantity, table } from "../../bench/table.mjs";

const told = { name: "a", title: { en: "a work", zh: "工作" }, peer: "PyTorch" };

describe("a row", () => {
  it("is the ratio of the medians, with the lowest and the highest of a round", () => {
    const { ours, theirs, ratio, spread } = row({ ...told, ours: [1, 4, 2], theirs: [4, 2, 2] });
    expect([ours.median, theirs.median, ratio]).toEqual([2, 2, 1]);
    expect(spread).toEqual([0.25, 2]);
    expect(measured([1, 2, 3, 10]).median).toBe(2.5);
  });

  it("has its ratio within its spread", () => {
    const times = fc.array(fc.tuple(fc.double({ min: 1e-6, max: 10, noNaN: true }), fc.double({ min: 1e-6, max: 10, noNaN: true })), { minLength: 1, maxLength: 9 }); // prettier-ignore
    fc.assert(
      fc.property(times, (rounds) => {
        const found = row({ ...told, ours: rounds.map(([a]) => a), theirs: rounds.map(([, b]) => b) });
        const [low, high] = found.spread!;
        expect(found.ratio! / low).toBeGreaterThan(1 - 1e-9);
        expect(found.ratio! / high).toBeLessThan(1 + 1e-9);
      }),
    );
  });

  it("meets its aim or does not; one that PyTorch wins stays, without an aim too", () => {
    const rounds = { ours: [2, 2, 2], theirs: [1, 1, 1] };
    expect(row({ ...told, ...rounds, most: 2 }).passes).toBe(true);
    expect(row({ ...told, ...rounds, most: 1.9 }).passes).toBe(false);
    const [, , line] = table([row({ ...told, ...rounds })]).split("\n");
    expect(line).toBe("| a | a work | 2.00 s | PyTorch 1.00 s | 2.00 × | 2.00–2.00 |  |  |");
  });

  it("says where a side failed: a peer that never ends is no failure of ours", () => {
    const peerFails = row({ ...told, ours: [1], theirs: [null], most: 1 });
    expect(peerFails).toMatchObject({ ratio: null, spread: null, passes: true });
    expect(table([peerFails])).toContain("| 1.00 s | PyTorch fails | – |  | at most 1 × | yes |");
    const weFail = row({ ...told, ours: [1, null], theirs: [1, 1] });
    expect(weFail.passes).toBe(false);
    expect(table([weFail])).toContain("| fails | PyTorch 1.00 s | – |  |  | no |");
  });

  it("beside a limit is a share of it", () => {
    const { name, title } = told;
    const found = limitedRow({ name, title, ours: [0.1, 0.2, 0.3], limit: 0.25 });
    expect(found).toMatchObject({ ratio: 0.8, peer: "limit", passes: true });
    expect(found.spread![1]).toBeCloseTo(1.2);
  });

  it("refuses sides of different rounds", () => {
    expect(() => row({ ...told, ours: [1, 2], theirs: [1] })).toThrow(
      "There are 2 rounds beside 1; expected as many.",
    );
  });
});

it("writes seconds and bytes with three digits and no exponent", () => {
  expect([1e-4, 0.9996, 12.34, 1234].map((value) => quantity(value, "s"))).toEqual([
    "0.100 ms",
    "1000 ms",
    "12.3 s",
    "1230 s",
  ]);
  expect([45_600_000, 2.5e9].map((value) => quantity(value, "B"))).toEqual(["45.6 MB", "2.50 GB"]);
});

it("repeats work for as long as it is told, once at least, and takes the median", () => {
  let runs = 0;
  expect(timed(() => ++runs, 0).result).toBe(1);
  const { time, result } = timed(() => {
    const start = performance.now();
    while (performance.now() - start < 2);
    return ++runs;
  }, 0.02);
  expect(result).toBeGreaterThan(2);
  expect(time).toBeGreaterThanOrEqual(0.0019);
});

it("stops where PyTorch computed something else, or no number", () => {
  expect(() => checkMean("section", 1, 1.000001)).not.toThrow();
  for (const [own, peer] of [
    [1, 1.0001],
    [NaN, 1],
    [1, NaN],
    [Infinity, Infinity],
  ] as const)
    expect(() => checkMean("section", own, peer)).toThrow(/^section: the mean is .*; expected PyTorch's/);
});

it("names the widest instructions", () => {
  expect(instructions("flags : sse2 avx avx2 avx512f avx512bw")).toBe("AVX-512");
  expect(instructions("flags : sse2 avx avx2")).toBe("AVX2");
  expect(instructions("", "AVX512")).toBe("AVX-512");
  expect(instructions("")).toBe(process.arch);
});
