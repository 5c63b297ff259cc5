import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { getBackend, startTensorflow } from "../tensorflow";
import { type LayerGradients, layerGradients } from "../nn/gradients";
import { ExampleDeepNeuralNetwork } from "../nn/network";
import { quote } from "../nn/quote";
import { Generator, manualSeed } from "../nn/random";
import { tensor } from "../nn/tensor";
import { InputError, isOfInput, told } from "./commandmessages";
import { toJson } from "./gradientscommand";

// TensorFlow's own operations flush denormals to 0 where PyTorch keeps them.
const countsAsZero = 1e-36;
const leastTolerance = 2e-6;

/** One network recomputed. */
interface VerifiedNetwork extends Pick<LayerGradients, "loss"> {
  weights_sha256: string;
  output: number[];
  gradient_mean: Record<string, number>;
}

/** How far one network is from PyTorch. */
interface Verdict {
  network: VerifiedNetwork;
  sameWeights: boolean;
  /** The worst relative error of a gradient mean against float64. */
  error: number;
  tolerance: number;
}

/**
 * Recomputes every network and uniform draw of a reference file, and prints how far they are from PyTorch.
 * @returns whether everything is within tolerance
 */
export function verifyCommand(path: string, { json = false }: { json?: boolean }): boolean {
  const reference = readReference(path);
  startTensorflow();
  const verdicts = reference.networks.map((network, i) => {
    try {
      return verifyNetwork(network);
    } catch (error) {
      if (!isOfInput(error)) throw error;
      throw new InputError(`${path}: networks[${i}]: ${error.message}`);
    }
  });
  const uniform = reference.uniform.map(({ seed, n, low, high }) => ({
    sha256: sha256([new Generator().manualSeed(seed).uniform(new Float32Array(n), low, high)]),
  }));
  if (json) console.log(toJson({ networks: verdicts.map(({ network }) => network), uniform }));
  return report(reference, verdicts, uniform, json);
}

function verifyNetwork(reference: ReferenceNetwork): Verdict {
  manualSeed(reference.seed);
  const { use_shortcut: useShortcut, gelu } = reference;
  const model = new ExampleDeepNeuralNetwork(reference.layer_sizes, { useShortcut, gelu });
  const x = tensor(reference.x);
  const { loss, output, gradients } = layerGradients(model, x, reference.target);
  const network = {
    weights_sha256: sha256(model.parameters().map((parameter) => parameter.dataSync<"float32">())),
    output: output.flat().slice(0, 8),
    loss,
    gradient_mean: Object.fromEntries(gradients.map(({ name, mean }) => [name, mean])),
  };
  model.dispose();
  x.dispose();
  const truth = reference.gradient_mean_f64;
  return {
    network,
    sameWeights: network.weights_sha256 === reference.weights_sha256,
    error: worstError(network.gradient_mean, truth),
    tolerance: Math.max(leastTolerance, 4 * worstError(reference.gradient_mean, truth)),
  };
}

/** The worst relative error; infinite where a mean is missing, 0 where both are the same, nan and inf included. */
function worstError(means: Record<string, number>, truth: Record<string, number>): number {
  const errors = Object.entries(truth).map(([name, expected]) => {
    const [a, b] = [flush(means[name] ?? NaN), flush(expected)];
    if (Object.is(a, b)) return 0;
    const error = Math.abs(a - b) / Math.abs(b);
    return Number.isNaN(error) ? Infinity : error;
  });
  return Math.max(0, ...errors);
}

function flush(value: number): number {
  return Math.abs(value) < countsAsZero ? 0 : value;
}

function report(
  { networks, uniform }: Reference,
  verdicts: Verdict[],
  drawn: { sha256: string }[],
  quiet: boolean,
): boolean {
  const sameDraws = uniform.filter(({ sha256 }, i) => sha256 === drawn[i]!.sha256).length;
  const sameWeights = verdicts.filter((verdict) => verdict.sameWeights).length;
  const within = verdicts.filter(({ error, tolerance }) => error <= tolerance).length;
  const lines = [
    `backend ${getBackend()}`,
    `parameters equal bit for bit: ${sameWeights} of ${networks.length} networks`,
    `uniform draws equal bit for bit: ${sameDraws} of ${uniform.length}`,
    `gradient means within tolerance: ${within} of ${networks.length} networks`,
    ...worst(networks, verdicts).map(
      ({ i, error, tolerance, share }) =>
        `  networks[${i}] [${networks[i]!.layer_sizes.join(", ").slice(0, 40)}]: worst relative error ${error.toExponential(2)}, ${Math.round(100 * share)} % of the allowed ${tolerance.toExponential(2)}`,
    ),
  ];
  if (!quiet) console.log(told(lines.join("\n")));
  const passed =
    sameWeights === networks.length && sameDraws === uniform.length && within === networks.length;
  if (!passed) console.error(told("verify: something differs from PyTorch by more than is allowed."));
  return passed;
}

function worst(networks: ReferenceNetwork[], verdicts: Verdict[]) {
  return networks
    .map((_, i) => ({ i, ...verdicts[i]!, share: verdicts[i]!.error / verdicts[i]!.tolerance }))
    .sort((a, b) => b.share - a.share)
    .slice(0, 3);
}

/** Of all values' float32 little-endian bytes, as `make_reference.py` takes it. */
function sha256(arrays: Float32Array[]): string {
  const hash = createHash("sha256");
  for (const array of arrays) hash.update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  return hash.digest("hex");
}

/** One network that PyTorch computed, as `make_reference.py` writes it. */
interface ReferenceNetwork {
  seed: bigint;
  layer_sizes: number[];
  use_shortcut: boolean;
  gelu: "none" | "tanh";
  x: number[][];
  target: number;
  weights_sha256: string;
  gradient_mean: Record<string, number>;
  gradient_mean_f64: Record<string, number>;
}

/** One uniform draw that PyTorch made. */
interface ReferenceUniform {
  seed: bigint;
  n: number;
  low: number;
  high: number;
  sha256: string;
}

/** A reference file. */
interface Reference {
  networks: ReferenceNetwork[];
  uniform: ReferenceUniform[];
}

const networkKeys = {
  layer_sizes: Array.isArray,
  use_shortcut: (value: unknown) => typeof value === "boolean",
  gelu: (value: unknown) => value === "none" || value === "tanh",
  x: Array.isArray,
  target: isNumber,
  weights_sha256: (value: unknown) => typeof value === "string",
  gradient_mean: isRecord,
  gradient_mean_f64: isRecord,
};
const uniformKeys = {
  n: (value: unknown) => Number.isInteger(value) && (value as number) >= 0,
  low: isNumber,
  high: isNumber,
  sha256: (value: unknown) => typeof value === "string",
};

/**
 * Reads a reference file.
 * @throws InputError saying what is missing or broken.
 */
function readReference(path: string): Reference {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why =
      code === "ENOENT" ? "there is no such file" : code === "EISDIR" ? "it is a folder" : String(code);
    throw new InputError(`${path} cannot be read: ${why}; expected a file that make_reference.py wrote.`);
  }
  let content: unknown;
  try {
    content = JSON.parse(protectNumbers(text));
  } catch (error) {
    throw new InputError(
      `${path} is not JSON (${(error as Error).message}); expected what make_reference.py writes.`,
    );
  }
  if (!isRecord(content)) throw new InputError(`${path} holds ${quote(content)}; expected an object.`);
  return {
    networks: entries<ReferenceNetwork>(content, "networks", networkKeys, path),
    uniform: entries<ReferenceUniform>(content, "uniform", uniformKeys, path),
  };
}

/** Python writes NaN and Infinity, and whole numbers beyond what a JavaScript number holds: both go into strings. */
function protectNumbers(text: string): string {
  return text
    .replace(/("seed"\s*:\s*)(-?\d+)(?=\s*[,}])/g, '$1"$2"')
    .replace(/(?<=[:[,]\s*)(NaN|-?Infinity)(?=\s*[,\]}])/g, '"$1"');
}

function entries<T>(
  content: Record<string, unknown>,
  list: string,
  keys: Record<string, (value: unknown) => boolean>,
  path: string,
): T[] {
  const found = content[list];
  if (!Array.isArray(found))
    throw new InputError(`${path} has no list "${list}"; expected what make_reference.py writes.`);
  return found.map((entry: unknown, i) => {
    const place = `${path}: ${list}[${i}]`;
    if (!isRecord(entry)) throw new InputError(`${place} is ${quote(entry)}; expected an object.`);
    if (typeof entry.seed !== "string")
      throw new InputError(`${place}.seed is ${quote(entry.seed)}; expected a whole number.`);
    for (const [key, check] of Object.entries(keys)) {
      if (!(key in entry))
        throw new InputError(`${place} lacks "${key}"; expected what make_reference.py writes.`);
      if (!check(entry[key]))
        throw new InputError(
          `${place}.${key} is ${quote(entry[key])}; expected what make_reference.py writes.`,
        );
    }
    for (const key of ["gradient_mean", "gradient_mean_f64"]) {
      if (key in keys) entry[key] = mapValues(entry[key] as Record<string, unknown>, Number);
    }
    return { ...entry, seed: BigInt(entry.seed) } as T;
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNumber(value: unknown): boolean {
  return typeof value === "number";
}

function mapValues(record: Record<string, unknown>, f: (value: unknown) => number): Record<string, number> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, f(value)]));
}
