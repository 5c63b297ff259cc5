// Taylor's series around the nearest multiple of 1/16: twelve terms reach a double's last bits.
const perUnit = 16;
const end = 6; // 1 - erf(6) is 2e-17
const terms = 12;
const table = taylorTable();

/**
 * The error function to double precision, where TensorFlow.js's own kernels are off by up to 1.5e-7.
 * Source: Abramowitz and Stegun, "Handbook of Mathematical Functions", 7.1.1, 7.1.6 and 7.1.19.
 */
export function erf(x: number): number {
  const v = Math.abs(x);
  if (!(v < end) || v === 0) return Math.sign(x);
  const center = Math.round(v * perUnit);
  const h = v - center / perUnit;
  let sum = 0;
  for (let at = (center + 1) * terms - 1, last = center * terms; at >= last; at--) sum = sum * h + table[at]!;
  return x < 0 ? -sum : sum;
}

function taylorTable(): Float64Array {
  const rows = end * perUnit + 1;
  const table = new Float64Array(rows * terms);
  for (let row = 0; row < rows; row++) {
    const c = row / perUnit;
    let slope = (2 / Math.sqrt(Math.PI)) * Math.exp(-c * c);
    let before = 0;
    table[row * terms] = erfBySeries(c, slope);
    // With g = erf', g' = -2 x g gives g's coefficients one from another, and erf's are theirs divided.
    for (let k = 1; k < terms; k++) {
      table[row * terms + k] = slope / k;
      [slope, before] = [(-2 * (c * slope + before)) / k, slope];
    }
  }
  return table;
}

/** erf(x) = erf'(x) Σ 2ⁿ x²ⁿ⁺¹ / (1·3·…·(2n+1)), all terms positive. */
function erfBySeries(x: number, slope: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; term > sum * 2 ** -54; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return slope * sum;
}
