/**
 * float32(a · b + c) of three float32 numbers, rounded once. Their product is exact in a double, but the sum may not be.
 */
export function fusedMultiplyAdd(a: number, b: number, c: number): number {
  const product = a * b;
  const sum = product + c;
  const rounded = Math.fround(sum);
  if (rounded === sum || !Number.isFinite(rounded)) return rounded;
  // Only half-way between two float32 numbers does it matter what the double addition lost.
  const beyond = sum + (sum - rounded);
  if (Math.fround(beyond) !== beyond) return rounded;
  const lost = errorOfSum(product, c, sum);
  if (lost === 0) return rounded;
  return lost > 0 === beyond > rounded ? beyond : rounded;
}

/** a · b + c of three doubles, rounded once. C: `fma`. */
export function fusedMultiplyAddDouble(a: number, b: number, c: number): number {
  const plain = a * b + c;
  if (!Number.isFinite(a) || !Number.isFinite(b) || !Number.isFinite(c) || a === 0 || b === 0) return plain;
  const product = a * b;
  const size = Math.abs(product);
  // Where nothing overflows or underflows, what the product and the sum lose are doubles; mostly their sum is one, too.
  if (size > 2 ** -900 && size < 2 ** 900 && Math.abs(a) < 2 ** 900 && Math.abs(b) < 2 ** 900) {
    const sum = product + c;
    const lostByProduct = errorOfProduct(a, b, product);
    const lostBySum = errorOfSum(product, c, sum);
    const lost = lostByProduct + lostBySum;
    if (errorOfSum(lostByProduct, lostBySum, lost) === 0) return sum + lost;
  }
  return fusedExactly(a, b, c, plain);
}

/** What a sum loses when it is rounded: Knuth's TwoSum. */
function errorOfSum(a: number, b: number, sum: number): number {
  const back = sum - a;
  return a - (sum - back) + (b - back);
}

/** What a product loses: Dekker's, of Veltkamp's halves. */
function errorOfProduct(a: number, b: number, product: number): number {
  const half = (x: number): number => {
    const far = (2 ** 27 + 1) * x;
    return far - (far - x);
  };
  const [p, q] = [half(a), half(b)];
  const [r, s] = [a - p, b - q];
  return p * q - product + p * s + r * q + r * s;
}

/** a · b + c in whole numbers, which have as many digits as it takes. */
function fusedExactly(a: number, b: number, c: number, plain: number): number {
  const [x, y, z] = [wholeOf(a), wholeOf(b), wholeOf(c)];
  const product = { digits: x.digits * y.digits, power: x.power + y.power };
  const power = Math.min(product.power, z.power);
  const up = ({ digits, power: own }: Whole): bigint => digits << BigInt(own - power);
  const sum = up(product) + up(z);
  // Which zero it is, the plain sum knows.
  return sum === 0n ? plain : nearest(sum, power);
}

/** digits · 2^power */
interface Whole {
  digits: bigint;
  power: number;
}

const bytes = new DataView(new ArrayBuffer(8));

function wholeOf(value: number): Whole {
  bytes.setFloat64(0, value);
  const exponent = (bytes.getUint32(0) >>> 20) & 0x7ff;
  const fraction = bytes.getBigUint64(0) & 0xfffffffffffffn;
  const digits = exponent === 0 ? fraction : fraction | 0x10000000000000n;
  return { digits: value < 0 ? -digits : digits, power: Math.max(exponent, 1) - 1075 };
}

/** The double nearest to sum · 2^power, of two the even one. */
function nearest(sum: bigint, power: number): number {
  const size = sum < 0n ? -sum : sum;
  // A double has 53 digits, and none below 2^-1074.
  const left = Math.max(size.toString(2).length - 53, -1074 - power);
  let digits = size;
  if (left > 0) {
    const half = 1n << BigInt(left - 1);
    const rest = size & ((half << 1n) - 1n);
    digits = size >> BigInt(left);
    if (rest > half || (rest === half && (digits & 1n) === 1n)) digits += 1n;
  }
  const value = Number(digits) * 2 ** (power + Math.max(left, 0));
  return sum < 0n ? -value : value;
}
