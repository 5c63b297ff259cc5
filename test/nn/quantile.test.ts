import { expect, it } from "vitest";
import { quantiles } from "../../dist/nn/overseeds.js";

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

it("weighs infinities as torch.quantile does, and says NaN where there is one", () => {
  // torch.quantile of float64, 2.13: neighbours that are both inf make nan, and so does inf that is the nearer one.
  expect(quantiles([Infinity, Infinity, 1], [0, 0.2, 0.25, 0.75, 1])).toEqual([1, Infinity, NaN, NaN, NaN]);
  expect(quantiles([1, 2, Infinity], [0.5, 0.6, 0.74, 0.75])).toEqual([2, Infinity, Infinity, NaN]);
  expect(quantiles([1, NaN, 2], [0, 0.5])).toEqual([NaN, NaN]);
  expect(quantiles([7], [0.05, 0.95])).toEqual([7, 7]);
});
