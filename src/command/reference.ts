import { readFileSync } from "node:fs";
import { quote } from "../nn/quote";
import { InputError } from "./input";

/** One network that PyTorch computed, as `make_reference.py` writes it. */
export interface ReferenceNetwork {
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
export interface ReferenceUniform {
  seed: bigint;
  n: number;
  low: number;
  high: number;
  sha256: string;
}

/** A reference file. */
export interface Reference {
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
export function readReference(path: string): Reference {
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
