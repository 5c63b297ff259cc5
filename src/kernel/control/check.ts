import { quote } from "../../nn/quote";

/** The numbers that are allowed. */
export interface Range {
  min: number;
  max: number;
  /** Whole numbers alone. */
  whole: boolean;
}

/** @throws TypeError or RangeError, as in `width got 100; expected a whole number from 1 to 64.` */
export function checkNumber(value: unknown, name: string, range: Range): number {
  const wrong = `${name} got ${quote(value)}; expected ${rangeText(range)}.`;
  if (typeof value !== "number") throw new TypeError(wrong);
  if (!isWithin(value, range)) throw new RangeError(wrong);
  return value;
}

export function isWithin(value: number, { min, max, whole }: Range): boolean {
  return (whole ? Number.isSafeInteger(value) : Number.isFinite(value)) && value >= min && value <= max;
}

/** "a whole number from 1 to 64" */
function rangeText(range: Range): string {
  const bounds = boundsText(range);
  if (bounds === "") return range.whole ? "a whole number" : "a finite number";
  return `${range.whole ? "a whole number" : "a number"} ${bounds}`;
}

/** "from 1 to 64", "of 1 or more", "of 64 or less", or nothing. */
export function boundsText({ min, max }: Range): string {
  if (min === -Infinity) return max === Infinity ? "" : `of ${max} or less`;
  return max === Infinity ? `of ${min} or more` : `from ${min} to ${max}`;
}

/** @throws RangeError where no number lies between the bounds. */
export function checkBounds(name: string, { min, max }: Range): void {
  if (min >= max)
    throw new RangeError(`${name} got min ${min} and max ${max}; expected a min below the max.`);
}

/** @throws TypeError where it is no string. */
export function checkLabel(label: unknown, name: string): string {
  if (typeof label === "string") return label;
  throw new TypeError(`${name} got the label ${quote(label)}; expected a string.`);
}

/** @throws TypeError where it is neither true nor false. */
export function checkBoolean(value: unknown, name: string): boolean {
  if (typeof value === "boolean") return value;
  throw new TypeError(`${name} got ${quote(value)}; expected true or false.`);
}

/** @throws TypeError where it is no function. */
export function checkListener(listener: unknown, name: string): void {
  if (typeof listener === "function") return;
  throw new TypeError(`${name} got ${quote(listener)}; expected a function.`);
}
