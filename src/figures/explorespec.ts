import {
  type Approximate,
  checkApproximate,
  checkLayerSizes,
  parametersOf,
  sampleRow,
} from "../nn/architecture";
import { quote } from "../nn/quote";
import { checkSeed } from "../nn/random";
import type { Language } from "./figure";

/** The MIME type of a live figure: data alone, drawn by JupyterLab's extension and by exported pages. */
export const exploreType = "application/vnd.tslab-gradients.explore+json";

/** What a live figure begins with. */
export interface ExploreOptions {
  /** By default the section's, 3, 3, 3, 3, 3, 1. */
  layerSizes?: readonly number[];
  /** By default 123. */
  seed?: number | bigint;
  /** By default "none", the exact form. */
  gelu?: Approximate;
  /** Rows of as many numbers as the first layer takes; by default 1, 0, -1 repeated. */
  input?: readonly (readonly number[])[];
  /** What every output should be; by default 0. */
  target?: number;
  /** Whether each layer of the network with shortcuts has its own; by default all. */
  shortcuts?: readonly boolean[];
  language?: Language;
}

/** A live figure's state, as its MIME bundle and a page's fragment hold it. */
export interface ExploreSpec {
  version: 1;
  layerSizes: number[];
  /** In decimal: seeds reach beyond 2^53. */
  seed: string;
  gelu: Approximate;
  input: number[][];
  target: number;
  /** One for each layer. */
  shortcuts: boolean[];
  language: Language;
}

/** A live figure in a page. */
export interface Explorer {
  /** The state as the reader has left it. */
  readonly spec: ExploreSpec;
  setDark(isDark: boolean): void;
  /** Another state; where it is not valid the figure says so and stays as it is. */
  update(spec: unknown): void;
  dispose(): void;
}

/** What the page is told and tells. */
export interface MountOptions {
  dark: boolean;
  /** The reader has changed the state. */
  onChange?(spec: ExploreSpec): void;
}

/** What the script of the live figure offers, as `tslabGradientsExplorer`. */
export interface ExplorerLibrary {
  /** @throws TypeError or RangeError where `spec` is no state; nothing is drawn then. */
  mount(node: HTMLElement, spec: unknown, options: MountOptions): Explorer;
  /** A state that came from outside. @throws TypeError or RangeError naming the value and what was expected. */
  read(spec: unknown): ExploreSpec;
}

/** What the browser computes and draws at most. */
export const mostLayers = 100;
export const mostWidth = 1024;
/** So that a change shows at once. */
export const mostParameters = 2_000_000;
export const mostRows = 256;

/**
 * The options as a whole state.
 * @throws TypeError or RangeError naming the value and what was expected.
 */
export function exploreSpec(options: ExploreOptions = {}): ExploreSpec {
  const { layerSizes = [3, 3, 3, 3, 3, 1], seed = 123, gelu = "none", target = 0, language = "en" } = options;
  checkSizes(layerSizes);
  checkApproximate(gelu);
  const { input = [sampleRow(layerSizes[0]!)], shortcuts = layerSizes.slice(1).map(() => true) } = options;
  checkInput(input, layerSizes[0]!);
  if (typeof target !== "number" || !Number.isFinite(target))
    throw new RangeError(`The target is ${quote(target)}; expected a finite number.`);
  const layers = layerSizes.length - 1;
  const isList = Array.isArray(shortcuts) && shortcuts.every((entry) => typeof entry === "boolean");
  if (!isList || shortcuts.length !== layers)
    throw new TypeError(
      `shortcuts is ${quote(shortcuts)}; expected true or false for each of the ${layers} layers.`,
    );
  if (language !== "en" && language !== "zh")
    throw new RangeError(`The language is ${quote(language)}; expected "en" or "zh".`);
  return {
    version: 1,
    layerSizes: [...layerSizes],
    seed: String(checkSeed(seed)),
    gelu,
    input: input.map((row) => [...row]),
    target,
    shortcuts: [...(shortcuts as boolean[])],
    language,
  };
}

/**
 * A state that came from outside, such as a notebook or an address.
 * @throws TypeError or RangeError naming the value and what was expected.
 */
export function readSpec(data: unknown): ExploreSpec {
  const spec = (typeof data === "object" && data !== null ? data : {}) as Partial<ExploreSpec>;
  if (spec.version !== 1)
    throw new RangeError(`The live figure's version is ${quote(spec.version)}; expected 1.`);
  const { seed, ...rest } = spec;
  if (typeof seed !== "string" || !/^-?\d{1,20}$/.test(seed))
    throw new RangeError(`The seed is ${quote(seed)}; expected a whole number from -2^63 to 2^64 - 1.`);
  return exploreSpec({ ...rest, seed: BigInt(seed) });
}

function checkSizes(layerSizes: unknown): asserts layerSizes is number[] {
  checkLayerSizes(layerSizes);
  if (layerSizes.length - 1 > mostLayers)
    throw new RangeError(
      `The network has ${layerSizes.length - 1} layers; expected at most ${mostLayers} in a live figure.`,
    );
  const wide = layerSizes.findIndex((size) => size > mostWidth);
  if (wide >= 0)
    throw new RangeError(
      `layerSizes[${wide}] is ${layerSizes[wide]}; expected at most ${mostWidth} in a live figure.`,
    );
  const parameters = parametersOf(layerSizes);
  if (parameters > mostParameters)
    throw new RangeError(
      `The network has ${parameters.toLocaleString("en")} parameters; expected at most ${mostParameters.toLocaleString("en")} in a live figure.`,
    );
}

function checkInput(input: unknown, width: number): asserts input is number[][] {
  const expected = `expected 1 to ${mostRows} rows of ${width} finite numbers.`;
  const isTable = Array.isArray(input) && input.length >= 1 && input.length <= mostRows;
  if (!isTable) throw new TypeError(`The input is ${quote(input)}; ${expected}`);
  for (const row of input as unknown[]) {
    const isRow = Array.isArray(row) && row.length === width && row.every((value) => Number.isFinite(value));
    if (!isRow) throw new RangeError(`A row of the input is ${quote(row)}; ${expected}`);
  }
}
