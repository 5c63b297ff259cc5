import { startTensorflow } from "../tensorflow";
import { checkApproximate, checkLayerSizes, sampleRow } from "../nn/architecture";
import { gradientLines, layerGradients } from "../nn/gradients";
import { ExampleDeepNeuralNetwork } from "../nn/network";
import { manualSeed } from "../nn/random";
import { tensor } from "../nn/tensor";
import { pythonFloat } from "../nn/text";
import { InputError } from "./commandmessages";

/** What `tslab-gradients gradients` was given. */
export interface GradientsOptions {
  layerSizes: string;
  seed: string;
  shortcut?: boolean;
  gelu: string;
  input?: string;
  target: string;
  json?: boolean;
}

/** Prints the gradients of one network, a line a weight or as JSON. */
export function gradientsCommand(options: GradientsOptions): void {
  const sizes = parseSizes(options.layerSizes);
  checkLayerSizes(sizes);
  const target = parseNumber(options.target, "--target");
  const x = options.input ? parseRows(options.input, "--input") : [sampleRow(sizes[0]!)];
  const seed = parseSeed(options.seed);
  checkApproximate(options.gelu);
  startTensorflow();
  manualSeed(seed);
  const model = new ExampleDeepNeuralNetwork(sizes, {
    useShortcut: options.shortcut ?? false,
    gelu: options.gelu,
  });
  const result = layerGradients(model, tensor(x), target);
  console.log(options.json ? toJson(result) : gradientLines(result));
}

/** JSON has no word for a number that is not finite: it is written as Python does, in quotes. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === "number" && !Number.isFinite(item) ? pythonFloat(item) : item,
  );
}

/** `3,3,1` as numbers; what is not a number stays as it was written, for the network's own check to name. */
function parseSizes(text: string): number[] {
  return text
    .split(",")
    .map((size) => (size.trim() === "" || Number.isNaN(Number(size)) ? size : Number(size))) as number[];
}

/** A whole number of up to 64 bits. */
function parseSeed(text: string): bigint {
  if (/^-?\d+$/.test(text)) return BigInt(text);
  throw new InputError(`--seed is "${text}"; expected a whole number from -2^63 to 2^64 - 1.`);
}

/** A finite number. */
function parseNumber(text: string, option: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value)) return value;
  throw new InputError(`${option} is "${text}"; expected a finite number.`);
}

/** Rows of numbers as JSON, such as `[[1, 0, -1]]`. */
function parseRows(text: string, option: string): number[][] {
  const problem = `${option} is '${text}'; expected rows of numbers as JSON, such as '[[1, 0, -1]]'.`;
  let rows: unknown;
  try {
    rows = JSON.parse(text);
  } catch {
    throw new InputError(problem);
  }
  const isRow = (row: unknown): boolean =>
    Array.isArray(row) && row.every((value) => typeof value === "number");
  if (!Array.isArray(rows) || rows.length === 0 || !rows.every(isRow)) throw new InputError(problem);
  return rows as number[][];
}
