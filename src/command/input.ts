/** Input that the command line cannot use: one sentence on stderr and exit code 2. */
export class InputError extends Error {}

/** `3,3,1` as numbers; what is not a number stays as it was written, for the network's own check to name. */
export function parseSizes(text: string): number[] {
  return text
    .split(",")
    .map((size) => (size.trim() === "" || Number.isNaN(Number(size)) ? size : Number(size))) as number[];
}

/** A whole number of up to 64 bits. */
export function parseSeed(text: string): bigint {
  if (/^-?\d+$/.test(text)) return BigInt(text);
  throw new InputError(`--seed is "${text}"; expected a whole number from -2^63 to 2^64 - 1.`);
}

/** A finite number. */
export function parseNumber(text: string, option: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value)) return value;
  throw new InputError(`${option} is "${text}"; expected a finite number.`);
}

/** Rows of numbers as JSON, such as `[[1, 0, -1]]`. */
export function parseRows(text: string, option: string): number[][] {
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
