import { quote } from "./quote";

/**
 * Checks one size of a layer.
 * @throws TypeError where it is not a number, RangeError where it is not a whole number of 1 or more.
 */
export function checkSize(size: unknown, name: string): asserts size is number {
  const problem = `${name} is ${quote(size)}; expected a whole number of 1 or more.`;
  if (typeof size !== "number") throw new TypeError(problem);
  if (!Number.isSafeInteger(size) || size < 1) throw new RangeError(problem);
}

/**
 * Checks the sizes of a network: its input's width, then each layer's output width.
 * @throws TypeError or RangeError naming the entry.
 */
export function checkLayerSizes(layerSizes: unknown): asserts layerSizes is number[] {
  if (!Array.isArray(layerSizes)) {
    throw new TypeError(
      `layerSizes is ${quote(layerSizes)}; expected an array of whole numbers, such as [3, 3, 1].`,
    );
  }
  if (layerSizes.length < 2) {
    throw new RangeError(
      `layerSizes is ${quote(layerSizes)}; expected at least two entries, the input's width and one layer's.`,
    );
  }
  for (let i = 0; i < layerSizes.length; i++) checkSize(layerSizes[i], `layerSizes[${i}]`);
}
