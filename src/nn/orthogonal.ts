/**
 * The columns of a matrix, or its rows where these are fewer, made orthogonal and of length 1 one after the other, in
 * double: the Q of its QR factorisation with an R whose diagonal is positive, which is the only one.
 *
 * By Gram and Schmidt, twice over, since what is left of a nearly dependent row has lost its digits.
 * Source: Giraud et al., "On the round-off error analysis of the Gram-Schmidt algorithm with reorthogonalization", 2002.
 * @param values [rows, columns], row by row
 */
export function orthogonalized(values: Float32Array, rows: number, columns: number): Float64Array {
  const q = Float64Array.from(values);
  const isWide = rows < columns;
  const [count, length] = isWide ? [rows, columns] : [columns, rows];
  const [next, step] = isWide ? [columns, 1] : [1, columns];
  const dot = (a: number, b: number): number => {
    let sum = 0;
    for (let i = 0; i < length; i++) sum += q[a * next + i * step]! * q[b * next + i * step]!;
    return sum;
  };
  for (let own = 0; own < count; own++) {
    for (let pass = 0; pass < 2; pass++) {
      for (let other = 0; other < own; other++) {
        const share = dot(own, other);
        for (let i = 0; i < length; i++) q[own * next + i * step]! -= share * q[other * next + i * step]!;
      }
    }
    const norm = Math.sqrt(dot(own, own));
    for (let i = 0; i < length; i++) q[own * next + i * step]! /= norm;
  }
  return q;
}
