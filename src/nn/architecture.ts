import { quote } from "./quote";

/** How the network of the section is built. */
export interface NetworkOptions {
  /** Whether a layer's input is added to its output where their shapes agree: for all layers, or for each of them. */
  useShortcut?: boolean | readonly boolean[];
  /** The GELU form: "none" (exact, the default) or "tanh". */
  gelu?: Approximate;
}

/** "none" is x Φ(x) with the error function, "tanh" its approximation. */
export type Approximate = "none" | "tanh";

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

/** How many numbers the weights and biases of such a network are. */
export function parametersOf(layerSizes: readonly number[]): number {
  return layerSizes.slice(1).reduce((sum, size, i) => sum + (layerSizes[i]! + 1) * size, 0);
}

const forms: readonly unknown[] = ["none", "tanh"];

/** @throws TypeError or RangeError where `approximate` is neither "none" nor "tanh". */
export function checkApproximate(approximate: unknown): asserts approximate is Approximate {
  if (forms.includes(approximate)) return;
  const problem = `The GELU form is ${quote(approximate)}; expected "none" (exact) or "tanh".`;
  throw typeof approximate === "string" ? new RangeError(problem) : new TypeError(problem);
}

/**
 * For each layer whether a shortcut is asked for.
 * @throws TypeError naming the value.
 */
export function checkShortcuts(useShortcut: unknown, layers: number): boolean[] {
  if (typeof useShortcut === "boolean") return Array<boolean>(layers).fill(useShortcut);
  const isList = Array.isArray(useShortcut) && useShortcut.every((entry) => typeof entry === "boolean");
  if (isList && useShortcut.length === layers) return [...(useShortcut as boolean[])];
  throw new TypeError(
    `useShortcut is ${quote(useShortcut)}; expected true, false, or an array of them with an entry for each of the ${layers} layers.`,
  );
}

/** For each layer whether it has a shortcut: where one is wanted and the layer keeps its input's width. */
export function shortcutsOf(layerSizes: readonly number[], wanted: readonly boolean[]): boolean[] {
  return wanted.map((isWanted, i) => isWanted && layerSizes[i] === layerSizes[i + 1]);
}

/** The section's input, 1, 0, -1, repeated to a width. */
export function sampleRow(width: number): number[] {
  return Array.from({ length: width }, (_, i) => 1 - (i % 3));
}
