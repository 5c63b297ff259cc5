import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { type Addon, loadAddon } from "../../dist/tensorflow/addon.js";
import { compiledArithmetic } from "../../dist/tensorflow/compiledkernels.js";
import { cdf, slope } from "../../dist/tensorflow/unarykernels.js";
import { type LayerSizes, plainArithmetic } from "../../dist/tensorflow/layerarithmetic.js";
import { Generator } from "../../dist/index.js";
import { useMachine } from "../../dist/nn/resources.js";

const addon = loadAddon();
const usable = ["avx512", "avx2", "baseline"].filter((instructions) => addon?.use(instructions));
const generator = new Generator().manualSeed(7);
const drawn = (length: number, bound = 1): Float32Array =>
  generator.uniform(new Float32Array(length), -bound, bound);

/** |a - b| in units of b, or of `scale` where b is small. */
const worst = (a: ArrayLike<number>, b: ArrayLike<number>, scale = 1e-30): number =>
  Array.from(a).reduce(
    (most, value, i) => Math.max(most, Math.abs(value - b[i]!) / Math.max(Math.abs(b[i]!), scale)),
    0,
  );

// Where the set-up found no compiler there is nothing to test; that it found one, test/setup shows.
describe.each(usable)("kernels compiled for %s", (instructions) => {
  const kernels = addon as Addon;
  beforeEach(() => expect(kernels.use(instructions)).toBe(true));
  afterAll(() => void kernels.use(usable[0]!));

  it.each([
    [1, 1, 1],
    [7, 33, 5],
    [8, 32, 256],
    [64, 256, 256],
    [129, 65, 300],
    [300, 17, 513],
    [5, 1000, 64],
    [1000, 3, 70],
  ])("multiplies [%i, %i] by depth %i, whichever way they lie", (m, n, k) => {
    const [a, b] = [drawn(m * k), drawn(k * n)];
    const truth = new Float64Array(m * n);
    for (let i = 0; i < m; i++)
      for (let j = 0; j < n; j++)
        for (let x = 0; x < k; x++) truth[i * n + j]! += a[i * k + x]! * b[x * n + j]!;
    const turned = (values: Float32Array, rows: number, columns: number): Float32Array =>
      values.map((_, at) => values[(at % rows) * columns + Math.floor(at / rows)]!);
    for (const turnA of [false, true]) {
      for (const turnB of [false, true]) {
        const [left, right] = [turnA ? turned(a, m, k) : a, turnB ? turned(b, k, n) : b];
        const c = new Float32Array(m * n).fill(1);
        const strides = [turnA ? [1, m] : [k, 1], turnB ? [1, k] : [n, 1]] as [
          [number, number],
          [number, number],
        ];
        kernels.product(left, ...strides[0], right, ...strides[1], null, c, m, n, k);
        // Float32 sums of k products below 1.
        expect(worst(c, truth, Math.sqrt(k))).toBeLessThan(1e-6);
        kernels.product(left, ...strides[0], right, ...strides[1], c, c, m, n, k);
        expect(
          worst(
            c,
            truth.map((value) => 2 * value),
            Math.sqrt(k),
          ),
        ).toBeLessThan(2e-6);
        const base = drawn(m * n);
        kernels.product(left, ...strides[0], right, ...strides[1], base, c, m, n, k);
        expect(
          worst(
            c,
            truth.map((value, i) => base[i]! + value),
            Math.sqrt(k),
          ),
        ).toBeLessThan(2e-6);
      }
    }
  });

  it.each([false, true])("activates as the JavaScript does, tanh form: %s", (isTanh) => {
    const [rows, width] = [37, 451];
    const [z, bias, x] = [drawn(rows * width, 6), drawn(width), drawn(rows * width)];
    z.set([0, -0, 3e38, -3e38, 1e-42, -40, 40, -5.5], 0);
    for (const [useBias, useX] of [
      [false, false],
      [true, false],
      [true, true],
    ]) {
      const [y, slopes] = [z.slice(), new Float32Array(z.length)];
      kernels.activate(useBias ? bias : null, useX ? x : null, y, slopes, rows, width, isTanh);
      const input = (i: number): number => z[i]! + (useBias ? bias[i % width]! : 0);
      const expected = z.map((_, i) => input(i) * cdf(input(i), isTanh) + (useX ? x[i]! : 0));
      const expectedSlopes = z.map((_, i) => cdf(input(i), isTanh) + input(i) * slope(input(i), isTanh));
      // Where 1 + erf cancels both have few digits, of values next to nothing.
      expect(worst(y, expected, 1e-8)).toBeLessThan(1e-6);
      expect(worst(slopes, expectedSlopes, 1e-7)).toBeLessThan(1e-6);
    }
  });

  it("says that GELU of what is not a number is none, as PyTorch does", () => {
    for (const isTanh of [false, true]) {
      const [y, slopes] = [Float32Array.of(NaN, 1), new Float32Array(2)];
      kernels.activate(null, null, y, slopes, 1, 2, isTanh);
      expect([y[0], slopes[0]]).toEqual([NaN, NaN]);
    }
  });

  it("lets GELU end where float64's 1 + erf does, as PyTorch's float64 does", () => {
    // torch 2.13, float64: gelu(x) for x = -4, -8, -9, -12, exact and tanh
    const expected = { exact: [-0.000126685, -4.88498e-15, 0, 0], tanh: [-7.02459e-5, 0, 0, 0] };
    const x = Float32Array.from([-4, -8, -9, -12]);
    for (const [form, values] of Object.entries(expected)) {
      const [y, slopes] = [x.slice(), new Float32Array(x.length)];
      kernels.activate(null, null, y, slopes, 1, x.length, form === "tanh");
      y.forEach((value, i) =>
        expect(Math.abs(value - values[i]!)).toBeLessThan(1e-18 + 1e-5 * Math.abs(values[i]!)),
      );
    }
  });

  it.each<[LayerSizes, boolean, boolean]>([
    [{ networks: 1, batch: 1, width: 3, out: 3 }, true, false],
    [{ networks: 1, batch: 2, width: 130, out: 130 }, true, true],
    [{ networks: 1, batch: 5, width: 67, out: 9 }, false, false],
    [{ networks: 4, batch: 3, width: 5, out: 5 }, true, false],
  ])("computes a layer and its gradients as the JavaScript does: %o", (sizes, shortcut, isTanh) => {
    const { networks, batch, width, out } = sizes;
    for (const shared of networks > 1 ? [false, true] : [false]) {
      const x = drawn((shared ? 1 : networks) * batch * width);
      const [weight, bias, dy] = [
        drawn(networks * out * width),
        drawn(networks * out),
        drawn(networks * batch * out),
      ];
      const results = [plainArithmetic, compiledArithmetic(kernels)].map((arithmetic) => {
        const [y, slopes] = [dy, dy].map(({ length }) => new Float32Array(length)) as [
          Float32Array,
          Float32Array,
        ];
        const dx = new Float32Array(networks * batch * width);
        const [dweight, dbias] = [new Float32Array(weight.length), new Float32Array(bias.length)];
        const attributes = { approximate: isTanh ? "tanh" : "none", shortcut } as const;
        arithmetic.forward(sizes, attributes, x, weight, bias, y, slopes);
        arithmetic.gradients(sizes, shortcut, dy, slopes, x, weight, dx, dweight, dbias);
        return [y, slopes, dx, dweight, dbias];
      });
      results[1]!.forEach((values, i) => expect(worst(values, results[0]![i]!, 1e-3)).toBeLessThan(1e-6));
    }
  });

  it("sums slopes, magnitudes and squares, on several threads too", () => {
    const [rows, width] = [300, 403];
    const [dy, slopes] = [drawn(rows * width), drawn(rows * width)];
    const [dz, sums] = [new Float32Array(rows * width), new Float32Array(width)];
    kernels.slope(dy, slopes, dz, sums, rows, width);
    expect(dz).toEqual(dy.map((value, i) => value * slopes[i]!));
    const column = (at: number): number =>
      dz.reduce((sum, value, i) => (i % width === at ? sum + value : sum), 0);
    for (const at of [0, 127, 128, width - 1]) expect(sums[at]).toBeCloseTo(column(at), 4);
    const magnitude = dy.reduce((sum, value, i) => (i < 5 ? sum : sum + Math.abs(value)), 0);
    expect(kernels.magnitude(dy, 5, dy.length - 5) / magnitude).toBeCloseTo(1, 12);
    const scaled = new Float32Array(dy.length);
    const squares = kernels.squares(dy, slopes, scaled, dy.length, 0.5);
    expect(squares / dy.reduce((sum, value, i) => sum + (value - slopes[i]!) ** 2, 0)).toBeCloseTo(1, 12);
    expect(scaled).toEqual(dy.map((value, i) => 0.5 * (value - slopes[i]!)));
  });

  it("draws the same bits in blocks", () => {
    const [blocks, single] = [new Generator().manualSeed(5), new Generator().manualSeed(5)];
    for (const length of [100, 5000, 624 * 3, 1, 20_000]) {
      useMachine({ drawBlocks: undefined });
      const expected = single.uniform(new Float32Array(length), -0.3, 0.7);
      useMachine({ drawBlocks: kernels.draw });
      expect(blocks.uniform(new Float32Array(length), -0.3, 0.7)).toEqual(expected);
    }
    expect(blocks.random()).toBe(single.random());
  });
});

describe("TSLAB_GRADIENTS_KERNELS", () => {
  const verify = (kernels: string) =>
    spawnSync(
      process.execPath,
      [join(__dirname, "../../dist/cli.js"), "verify", join(__dirname, "../reference/pytorch.json")],
      { env: { ...process.env, TSLAB_GRADIENTS_KERNELS: kernels }, encoding: "utf8" },
    );

  it.each(["0", ...usable])("set to %s, every network of PyTorch's is in tolerance", (kernels) => {
    const { status, stdout } = verify(kernels);
    expect(stdout).toContain("120 of 120");
    expect(status).toBe(0);
  });

  it.skipIf(addon === null)("refuses instructions that are none", () => {
    const { status, stderr } = verify("sse9");
    expect(stderr).toContain(
      'TSLAB_GRADIENTS_KERNELS is "sse9"; expected 0, or instructions that this processor has',
    );
    expect(status).toBe(2);
  });
});
