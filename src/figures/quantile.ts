/**
 * The value below which the part `q` of the sorted values lies, interpolated linearly between the two nearest ones.
 * PyTorch: `torch.quantile`. NaN where a value is NaN or there is none.
 * @param sorted in ascending order, as a Float64Array's `sort` leaves them: NaN last
 * @param q from 0 to 1
 */
export function quantile(sorted: ArrayLike<number>, q: number): number {
  if (sorted.length === 0 || Number.isNaN(sorted[sorted.length - 1])) return NaN;
  const rank = q * (sorted.length - 1);
  const below = Math.floor(rank);
  const [low, high] = [sorted[below]!, sorted[Math.ceil(rank)]!];
  // Between equals nothing is to be weighed; inf - inf would be NaN.
  return low === high ? low : low + (high - low) * (rank - below);
}
