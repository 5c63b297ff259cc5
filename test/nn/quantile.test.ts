import { expect, it } from "vitest";
import { quantiles } from "../../dist/nn/quantile.js";

it("interpolates as torch.quantile does", () => {
  // PyTorch's documentation of torch.quantile: a = [0, 1, 2, 3], q = 0.6, interpolation "linear" gives 1.8.
  expect(quantiles([3, 0, 2, 1], [0.6])[0]).toBeCloseTo(1.8, 12);
  expect(quantiles([5, 1, 3, 9], [0, 0.5, 1])).toEqual([1, 4, 9]);
});

it("sorts numbers as numbers and leaves the values as they are", () => {
  const values = [10, 9, 100];
  expect(quantiles(values, [0.5])).toEqual([10]);
  expect(values).toEqual([10, 9, 100]);
});

it("makes no NaN of infinities, and says NaN where there is one", () => {
  expect(quantiles([Infinity, Infinity, 1], [0, 0.75, 1])).toEqual([1, Infinity, Infinity]);
  expect(quantiles([1, NaN, 2], [0, 0.5])).toEqual([NaN, NaN]);
  expect(quantiles([7], [0.05, 0.95])).toEqual([7, 7]);
});
