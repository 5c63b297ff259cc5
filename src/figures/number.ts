/**
 * float32's smallest normal number, 1.2e-38. Below it there are fewer and fewer digits, down to 1.4e-45.
 */
const smallestNormal = 2 ** -126;

/** Whether a log axis shows the value; what float32 has no full precision for stands at the axis' floor. */
export function isDrawn(value: number): boolean {
  return Number.isFinite(value) && !isUnder(value);
}

/** Whether the value is 0 or denormal in float32. */
export function isUnder(value: number): boolean {
  return value < smallestNormal;
}

/** Three digits: 0.000202, 1.33, 4.25e+3, 1.2e-21; 0, inf and nan as they are. A denormal has no third digit. */
export function short(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return "inf";
  if (value === 0) return "0";
  if (isUnder(value)) return value.toExponential(1);
  return value < 1e-4 || value >= 1e4 ? value.toExponential(2) : String(Number(value.toPrecision(3)));
}

/** A number of the table, as long as float32 has digits; nothing where there is none. */
export function numeral(value: number | undefined): string {
  if (value === undefined) return "";
  return isDrawn(value) ? value.toPrecision(8) : short(value);
}
