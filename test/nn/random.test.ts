import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { Generator, manualSeed } from "../../dist/nn/random.js";

interface Draw {
  seed: number;
  n: number;
  low: number;
  high: number;
  sha256: string;
  first: number[];
}
// What PyTorch 2.13.0 drew: test/reference/make_reference.py.
const reference = JSON.parse(readFileSync("test/reference/pytorch.json", "utf8")) as { uniform: Draw[] };

const sha256 = (values: Float32Array): string =>
  createHash("sha256").update(new Uint8Array(values.buffer)).digest("hex");

describe("Generator", () => {
  it.each(reference.uniform)("draws PyTorch's bits: seed $seed, $n from $low to $high", (draw) => {
    const values = new Generator()
      .manualSeed(draw.seed)
      .uniform(new Float32Array(draw.n), draw.low, draw.high);
    expect(Array.from(values.slice(0, 4))).toEqual(draw.first.map(Math.fround));
    expect(sha256(values)).toBe(draw.sha256);
  });

  it("forks: draws from a seed, and goes on as it was, whatever happens meanwhile", () => {
    const generator = new Generator().manualSeed(123);
    const [first, second] = [generator.random(), generator.random()];
    generator.manualSeed(123);
    expect(generator.random()).toBe(first);
    expect(generator.fork(123, () => [generator.initialSeed(), generator.random()])).toEqual([123n, first]);
    const fail = (): never => {
      throw new Error("meanwhile");
    };
    expect(() => generator.fork(5, fail)).toThrow("meanwhile");
    expect(() => generator.fork(0.5, fail)).toThrow("The seed is 0.5");
    expect(generator.initialSeed()).toBe(123n);
    expect(generator.random()).toBe(second);
  });

  // torch.Generator().manual_seed(5489).random_() draws the words of the paper's own test: mt19937ar.out's generator,
  // whose 10,000th word the C++ standard names, 4123659995 ([rand.predef] of C++11).
  it("gives the 10,000th word that the C++ standard names", () => {
    const generator = new Generator().manualSeed(5489);
    let word = 0;
    for (let i = 0; i < 10_000; i++) word = generator.random();
    expect(word).toBe(4123659995);
  });

  it("rounds a draw once where the interval lies far from zero", () => {
    // With exact rational arithmetic: u * range + from, rounded to the nearest float32, ties to even; what is rounded up to
    // `high` is `low`, as PyTorch's uniform_ says.
    const [low, high] = [1000, 1000.0009765625];
    const generator = new Generator().manualSeed(7);
    const values = new Generator().manualSeed(7).uniform(new Float32Array(2000), low, high);
    const range = BigInt((high - low) * 2 ** 24);
    for (const value of values) {
      const u = BigInt(generator.random() & 0xffffff);
      const scaled = u * range + (BigInt(low) << 48n); // value * 2^48
      const ulp = 1n << (48n - 14n); // float32 has 2^-14 between neighbours near 1000
      const [floor, rest] = [scaled / ulp, scaled % ulp];
      const up = rest * 2n > ulp || (rest * 2n === ulp && floor % 2n === 1n);
      const rounded = Number(floor + (up ? 1n : 0n)) * 2 ** -14;
      expect(value).toBe(rounded === high ? low : rounded);
    }
  });

  it("takes seeds as PyTorch does", () => {
    // torch.manual_seed(-1).initial_seed() is 18446744073709551615, and only 32 bits seed the engine.
    expect(manualSeed(-1).initialSeed()).toBe(2n ** 64n - 1n);
    expect(manualSeed(2n ** 64n - 1n).random()).toBe(manualSeed(-1).random());
    expect(manualSeed(2 ** 32 + 5).random()).toBe(manualSeed(5).random());
    expect(new Generator().initialSeed()).toBe(67280421310721n);
  });

  it("starts anywhere and says where, as torch.Generator.seed does", () => {
    const generator = new Generator();
    const seed = generator.seed();
    expect(generator.initialSeed()).toBe(seed);
    expect(generator.random()).toBe(new Generator().manualSeed(seed).random());
    expect(generator.seed()).not.toBe(seed);
  });

  it("warns of a number too large to be exact", () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    manualSeed(2 ** 60);
    expect(warn.mock.calls).toEqual([[expect.stringContaining("1152921504606846976")]]);
    warn.mockRestore();
  });

  it.each([
    [1.5, RangeError],
    [NaN, RangeError],
    [Infinity, RangeError],
    [2n ** 64n, RangeError],
    [-(2n ** 63n) - 1n, RangeError],
    ["123", TypeError],
    [null, TypeError],
    [undefined, TypeError],
  ])("refuses the seed %s and goes on where it was", (seed, kind) => {
    manualSeed(123);
    const expected = manualSeed(123).random();
    manualSeed(123);
    const shown =
      typeof seed === "bigint" ? String(seed) : typeof seed === "string" ? `"${seed}"` : String(seed);
    expect(() => manualSeed(seed as number)).toThrow(kind);
    expect(() => manualSeed(seed as number)).toThrow(`The seed is ${shown}; expected a whole number`);
    expect(manualSeed(123).random()).toBe(expected);
  });

  it("refuses bounds that are not an interval", () => {
    expect(() => new Generator().uniform(new Float32Array(1), 1, 0)).toThrow(RangeError);
    expect(() => new Generator().uniform(new Float32Array(1), 0, NaN)).toThrow("expected two finite numbers");
  });
});
