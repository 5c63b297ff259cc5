import { fusedMultiplyAdd } from "./fusedmultiplyadd";
import { Mt19937 } from "./mersennetwister";
import { quote } from "./quote";
import { inspect } from "./text";

const defaultSeed = 67280421310721n; // PyTorch's c10::detail's default_rng_seed_val

/** Where a generator's stream stands, for `setState`. */
export interface GeneratorState {
  readonly seed: bigint;
  readonly engine: Mt19937;
  readonly spare: number | undefined;
}

/** A stream of random numbers, bit for bit `torch.Generator(device="cpu")`. */
export class Generator {
  private current = defaultSeed;
  private engine = new Mt19937(Number(defaultSeed & 0xffffffffn));
  /** Normal draws are made in pairs: the second, until it is asked for. */
  private spare: number | undefined;
  /** What was done with it first since this was last null. */
  firstUse: "seed" | "draw" | null = null;

  /**
   * Starts the stream anew. PyTorch: `Generator.manual_seed`.
   * @param seed a whole number from -2^63 to 2^64 - 1; a negative one counts from 2^64 down.
   * @throws TypeError or RangeError naming the seed; the stream then goes on as it was.
   */
  manualSeed(seed: number | bigint): this {
    this.current = checkSeed(seed);
    this.firstUse ??= "seed";
    this.engine.seed(Number(this.current & 0xffffffffn));
    this.spare = undefined;
    return this;
  }

  /** Starts the stream anew, anywhere. PyTorch: `Generator.seed`. @returns the seed. */
  seed(): bigint {
    return this.manualSeed(Math.floor(Math.random() * 2 ** 32)).initialSeed();
  }

  /** The seed in use, from 0 to 2^64 - 1. PyTorch: `Generator.initial_seed`. */
  initialSeed(): bigint {
    return this.current;
  }

  [inspect](): string {
    return `Generator { initialSeed: ${this.current} }`;
  }

  /**
   * Does something with the stream begun anew at a seed; afterwards it goes on as it was.
   * PyTorch: `torch.random.fork_rng`.
   * @throws TypeError or RangeError naming the seed, and what `work` throws.
   */
  fork<T>(seed: number | bigint, work: () => T): T {
    const { current: before, engine, spare, firstUse } = this;
    this.engine = new Mt19937(0);
    try {
      this.manualSeed(seed);
      return work();
    } finally {
      this.current = before;
      this.engine = engine;
      this.spare = spare;
      this.firstUse = firstUse;
    }
  }

  /** Where the stream stands. PyTorch: `Generator.get_state`. */
  getState(): GeneratorState {
    return { seed: this.current, engine: this.engine.copy(), spare: this.spare };
  }

  /** Goes on from where a stream stood. PyTorch: `Generator.set_state`. */
  setState({ seed, engine, spare }: GeneratorState): this {
    this.current = seed;
    this.engine = engine.copy();
    this.spare = spare;
    return this;
  }

  /** The next 32 random bits, as a whole number below 2^32. */
  random(): number {
    this.firstUse ??= "draw";
    return this.engine.random();
  }

  /**
   * Fills `values` with draws from [low, high), rounded as PyTorch does on AVX2 and newer, where scaling a draw is one
   * fused multiply-add; a draw that is rounded up to `high` is `low` instead. PyTorch: `Tensor.uniform_`.
   * @returns `values`.
   * @throws TypeError where `values` is no Float32Array, RangeError naming the bounds; nothing is drawn then.
   */
  uniform(values: Float32Array, low = 0, high = 1): Float32Array {
    if (!(values instanceof Float32Array))
      throw new TypeError(`uniform got ${quote(values)}; expected a Float32Array to fill.`);
    if (typeof low !== "number" || typeof high !== "number")
      throw new TypeError(
        `uniform got the bounds ${quote(low)} and ${quote(high)}; expected two numbers, the lower first.`,
      );
    this.firstUse ??= "draw";
    const from = Math.fround(low);
    const to = Math.fround(high);
    if (!(from <= to && Number.isFinite(Math.fround(to - from)))) {
      throw new RangeError(
        `uniform got the bounds ${low} and ${high}; expected two finite numbers, the lower first.`,
      );
    }
    const range = Math.fround(to - from);
    // A draw has 24 bits and the range has 24. Their product plus `from` fits the 53 bits of a double, so that rounding
    // it once to float32 is the fused multiply-add, unless `from` lies far outside the range.
    const fits = Math.max(Math.abs(from), Math.abs(to)) <= 16 * range;
    const step = range * 2 ** -24;
    for (let done = 0; done < values.length;) {
      if (fits) done += this.engine.draw(values, done, step, from);
      const words = this.engine.words(values.length - done);
      const count = words.length;
      if (fits) {
        for (let i = 0; i < count; i++) values[done + i] = (words[i]! & 0xffffff) * step + from;
      } else {
        for (let i = 0; i < count; i++)
          values[done + i] = fusedMultiplyAdd((words[i]! & 0xffffff) * 2 ** -24, range, from);
      }
      done += count;
    }
    // The largest draw shows whether any can come out as `high`.
    const largest = fits ? 0xffffff * step + from : fusedMultiplyAdd(0xffffff * 2 ** -24, range, from);
    if (Math.fround(largest) === to)
      for (let i = 0; i < values.length; i++) if (values[i] === to) values[i] = from;
    return values;
  }

  /**
   * Fills `values` with draws of a normal distribution, as PyTorch does on AVX2 and newer: from 16 on in float32, sixteen
   * at a time; fewer in double, in pairs. PyTorch: `Tensor.normal_`.
   * @returns `values`.
   * @throws TypeError where `values` is no Float32Array, RangeError naming the mean or the deviation; nothing is drawn then.
   */
  normal(values: Float32Array, mean = 0, std = 1): Float32Array {
    if (!(values instanceof Float32Array))
      throw new TypeError(`normal got ${quote(values)}; expected a Float32Array to fill.`);
    if (!(typeof mean === "number" && typeof std === "number" && Number.isFinite(mean + std) && std >= 0))
      throw new RangeError(
        `normal got the mean ${quote(mean)} and the deviation ${quote(std)}; expected two finite numbers, the deviation 0 or more.`,
      );
    const { length } = values;
    if (length < 16) {
      for (let i = 0; i < length; i++) values[i] = this.nextNormal() * std + mean;
      return values;
    }
    this.uniform(values);
    const [centre, deviation] = [Math.fround(mean), Math.fround(std)];
    for (let at = 0; at + 16 <= length; at += 16) boxMuller(values, at, centre, deviation);
    if (length % 16 !== 0) {
      // What is left over is drawn anew, together with those before it.
      this.uniform(values.subarray(length - 16));
      boxMuller(values, length - 16, centre, deviation);
    }
    return values;
  }

  private nextNormal(): number {
    const { spare } = this;
    this.firstUse ??= "draw";
    if (spare !== undefined) {
      this.spare = undefined;
      return spare;
    }
    const angle = 2 * Math.PI * this.nextDouble();
    const radius = Math.sqrt(-2 * Math.log1p(-this.nextDouble()));
    this.spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  /** A draw from [0, 1) with 53 digits. */
  private nextDouble(): number {
    const high = this.random();
    return ((high & 0x1fffff) * 2 ** 32 + this.random()) * 2 ** -53;
  }
}

/**
 * The seed as the generator counts it, from 0 to 2^64 - 1.
 * @throws TypeError or RangeError naming the seed.
 */
export function checkSeed(seed: number | bigint): bigint {
  const expected = "expected a whole number from -2^63 to 2^64 - 1.";
  if (typeof seed !== "number" && typeof seed !== "bigint") {
    throw new TypeError(`The seed is ${quote(seed)}; ${expected}`);
  }
  if (typeof seed === "number" && !Number.isInteger(seed)) {
    throw new RangeError(`The seed is ${seed}; ${expected}`);
  }
  const whole = BigInt(seed);
  if (whole < -(2n ** 63n) || whole >= 2n ** 64n) throw new RangeError(`The seed is ${seed}; ${expected}`);
  if (typeof seed === "number" && !Number.isSafeInteger(seed)) {
    console.warn(
      `The seed ${whole} is beyond 2^53, where a number cannot hold every whole number; write a bigint (with n at its end) to be sure of it.`,
    );
  }
  return BigInt.asUintN(64, whole);
}

/** The generator that initialises layers. PyTorch: `torch.default_generator`; unseeded, it starts where index.ts lets it. */
export const defaultGenerator = new Generator();

/** Seeds the generator that initialises layers, and returns it. PyTorch: `torch.manual_seed`. */
export function manualSeed(seed: number | bigint): Generator {
  return defaultGenerator.manualSeed(seed);
}

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
function boxMuller(values: Float32Array, at: number, mean: number, std: number): void {
  for (let i = at; i < at + 8; i++) {
    const radius = rounded(Math.sqrt(rounded(-2 * log(rounded(1 - values[i]!)))));
    const [s, c] = sineAndCosine(rounded(twoPi * values[i + 8]!));
    values[i] = fusedMultiplyAdd(rounded(radius * c), std, mean);
    values[i + 8] = fusedMultiplyAdd(rounded(radius * s), std, mean);
  }
}
