import { fusedMultiplyAdd } from "./fma";

const rounded = Math.fround;
const bits = new DataView(new ArrayBuffer(4));
const singles = (values: number[]): number[] => values.map(rounded);

// Source: Cephes, `logf` and `sincosf`, as PyTorch's avx_mathfun.h has them for AVX2 and newer.
const logarithm = singles([
  7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
  2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
]) as [number, ...number[]];
const [ln2Low, ln2High] = singles([-2.1219444e-4, 0.693359375]) as [number, number];
const rootHalf = rounded(Math.SQRT1_2);
const [pi4First, pi4Second, pi4Third] = singles([
  -0.78515625, -2.4187564849853515625e-4, -3.77489497744594108e-8,
]) as [number, number, number];
const cosine = singles([2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2]) as [
  number,
  number,
  number,
];
const sine = singles([-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1]) as [number, number, number];
const perPi4 = rounded(1.27323954473516); // 4 / π
const twoPi = rounded(2 * Math.PI);

/** Which products are fused with which sums is what the compiler makes of PyTorch's own release. */
function log(x: number): number {
  bits.setFloat32(0, x);
  const word = bits.getUint32(0);
  let exponent = (word >>> 23) - 126;
  bits.setUint32(0, (word & 0x807fffff) | 0x3f000000);
  const fraction = bits.getFloat32(0);
  const isLow = fraction < rootHalf;
  if (isLow) exponent -= 1;
  const t = rounded(rounded(fraction - 1) + (isLow ? fraction : 0));
  const square = rounded(t * t);
  let y = logarithm[0];
  for (let i = 1; i < logarithm.length; i++) y = fusedMultiplyAdd(y, t, logarithm[i]!);
  y = fusedMultiplyAdd(rounded(y * t), square, rounded(exponent * ln2Low));
  y = fusedMultiplyAdd(-square, 0.5, y);
  return fusedMultiplyAdd(exponent, ln2High, rounded(t + y));
}

function sineAndCosine(angle: number): [sine: number, cosine: number] {
  const octant = (Math.trunc(rounded(angle * perPi4)) + 1) & ~1;
  let x = fusedMultiplyAdd(octant, pi4First, angle);
  x = fusedMultiplyAdd(octant, pi4Second, x);
  x = fusedMultiplyAdd(octant, pi4Third, x);
  const square = rounded(x * x);
  let even = fusedMultiplyAdd(cosine[0], square, cosine[1]);
  even = rounded(fusedMultiplyAdd(even, square, cosine[2]) * square);
  even = rounded(fusedMultiplyAdd(even, square, -rounded(square * 0.5)) + 1);
  let odd = fusedMultiplyAdd(sine[0], square, sine[1]);
  odd = rounded(fusedMultiplyAdd(odd, square, sine[2]) * square);
  odd = fusedMultiplyAdd(odd, x, x);
  const [s, c] = (octant & 2) === 0 ? [odd, even] : [even, odd];
  return [(octant & 4) === 0 ? s : -s, (~(octant - 2) & 4) === 0 ? c : -c];
}

/**
 * Makes of 16 draws from [0, 1), from `at` on, as many of a normal distribution, bit for bit as PyTorch's CPU generator on
 * AVX2 and newer.
 * Source: Box and Muller, "A Note on the Generation of Random Normal Deviates", 1958.
 */
export function boxMuller(values: Float32Array, at: number, mean: number, std: number): void {
  for (let i = at; i < at + 8; i++) {
    const radius = rounded(Math.sqrt(rounded(-2 * log(rounded(1 - values[i]!)))));
    const [s, c] = sineAndCosine(rounded(twoPi * values[i + 8]!));
    values[i] = fusedMultiplyAdd(rounded(radius * c), std, mean);
    values[i + 8] = fusedMultiplyAdd(rounded(radius * s), std, mean);
  }
}
