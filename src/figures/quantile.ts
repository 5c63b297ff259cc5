/**
 * The values below which these shares of the values lie, each from 0 to 1, interpolated linearly between the two nearest
 * ones. NaN where a value is NaN. PyTorch: `torch.quantile(values, q, interpolation="linear")`.
 * @param values one or more
 */
export function quantiles(values: ArrayLike<number>, shares: readonly number[]): number[] {
  // A typed array's NaN are sorted to its end.
  const sorted = Float64Array.from(values).sort();
  const last = sorted.length - 1;
  return shares.map((share) => {
    const below = Math.floor(share * last);
    const [low, high] = [sorted[below]!, sorted[Math.ceil(share * last)]!];
    if (Number.isNaN(sorted[last])) return NaN;
    // Between equals nothing is to be weighed; inf - inf would be NaN.
    return low === high ? low : low + (high - low) * (share * last - below);
  });
}
