import { startTensorflow } from "../backend";
import { ExampleDeepNeuralNetwork } from "../nn/network";
import { gradientLines, layerGradients } from "../nn/gradients";
import { pythonFloat } from "../nn/text";
import { manualSeed } from "../nn/random";
import { sampleRow, checkLayerSizes, checkApproximate } from "../nn/architecture";
import { tensor } from "../nn/tensor";
import { parseNumber, parseRows, parseSeed, parseSizes } from "./input";

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
