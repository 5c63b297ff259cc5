import { fusedMultiplyAddDouble } from "./fusedmultiplyadd";
import { quote } from "./quote";

/**
 * The value below which a share `q` of the values lies, from 0 to 1; between two values it is interpolated linearly, so
 * that 0.5 of an even count is the mean of the middle two. A value that is nan makes it nan, and so do neighbours whose
 * difference is: inf - inf, and half of inf or more taken from inf.
 * PyTorch: `torch.quantile(values, q, interpolation="linear")` of float64, on AVX2 and newer to the last bit.
 * @throws TypeError or RangeError where `q` is not a number from 0 to 1 or there is no value.
 */
export function quantile(values: ArrayLike<number>, q: number): number {
  return quantiles(values, [q])[0]!;
}

/** Several quantiles of the same values. */
export function quantiles(values: ArrayLike<number>, shares: readonly number[]): number[] {
  for (const q of shares) checkShare(q);
  if (!(values?.length > 0)) {
    throw new RangeError(`quantile got ${quote(values)}; expected an array of one number or more.`);
  }
  for (let i = 0; i < values.length; i++)
    if (typeof values[i] !== "number")
      throw new TypeError(`A value of quantile's is ${quote(values[i])}; expected a number.`);
  const sorted = Float64Array.from(values).sort();
  const last = sorted.length - 1;
  return shares.map((q) => {
    // A typed array sorts nan to its end.
    if (Number.isNaN(sorted[last])) return NaN;
    const lower = Math.floor(q * last);
    const [a, b] = [sorted[lower]!, sorted[Math.ceil(q * last)]!];
    // PyTorch's lerp, which begins at the nearer of the two.
    const weight = q * last - lower;
    return weight < 0.5
      ? fusedMultiplyAddDouble(weight, b - a, a)
      : fusedMultiplyAddDouble(weight - 1, b - a, b);
  });
}

function checkShare(q: unknown): void {
  const problem = `q is ${quote(q)}; expected a number from 0 to 1.`;
  if (typeof q !== "number") throw new TypeError(problem);
  if (!(q >= 0 && q <= 1)) throw new RangeError(problem);
}
