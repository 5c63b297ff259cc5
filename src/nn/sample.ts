/** The section's input, 1, 0, -1, repeated to a width. */
export function sampleRow(width: number): number[] {
  return Array.from({ length: width }, (_, i) => 1 - (i % 3));
}
