import { inspect } from "node:util";
import { expect, it } from "vitest";
import { inspected } from "../../src/nn/text";

/** A tensor, whatever a backend can make. */
const shown = (dtype: string, shape: number[], values: ArrayLike<number | string>): string =>
  inspect(inspected({ dtype, shape, isDisposed: false, dataSync: () => values }, 2));

it("complex numbers have both parts, whose values take turns", () => {
  expect(shown("complex64", [2], [1, 3, 2, -0.5])).toBe("Tensor complex64 [2]\n[  1+3i, 2-0.5i]");
});

it("numbers have the seven digits of a float32", () => {
  expect(shown("float32", [3], [0.1 + 0.2, 12345678, NaN])).toBe(
    "Tensor float32 [3]\n[     0.3, 12345680,      NaN]",
  );
});

it.each([
  [[8], 8],
  [[9], 6],
  [[8, 8, 8], 512],
  [[9, 9, 9, 9], 256],
  [[100, 1, 100], 36],
  [[9, 9, 9, 9, 9, 9], 64],
])("of the shape %j, %i numbers are shown", (shape, count) => {
  const size = shape.reduce((product, length) => product * length, 1);
  const [, ...rows] = shown("int32", shape, new Int32Array(size).fill(7)).split("\n");
  expect(rows.join().match(/7/g)).toHaveLength(count);
});
