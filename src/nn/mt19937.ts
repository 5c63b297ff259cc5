const n = 624;
const m = 397;

/**
 * The Mersenne Twister as PyTorch's CPU generator runs it: seeded with the lowest 32 bits alone.
 * Source: Matsumoto and Nishimura, "Mersenne Twister: a 623-dimensionally equidistributed uniform pseudo-random number
 * generator", 1998; PyTorch, `at::mt19937`.
 */
export class Mt19937 {
  private readonly state = new Uint32Array(n);
  private readonly block = new Uint32Array(n);
  private next = n;

  constructor(seed: number) {
    const { state } = this;
    state[0] = seed;
    for (let i = 1; i < n; i++) {
      const previous = state[i - 1]!;
      state[i] = Math.imul(1812433253, previous ^ (previous >>> 30)) + i;
    }
  }

  /** The next 32 random bits, as a whole number below 2^32. */
  random(): number {
    if (this.next === n) this.refill();
    return this.block[this.next++]!;
  }

  /** Hands out the tempered words still in the block, at most `count` of them: a loop over them pays no call a draw. */
  words(count: number): Uint32Array {
    if (this.next === n) this.refill();
    const end = Math.min(n, this.next + count);
    const words = this.block.subarray(this.next, end);
    this.next = end;
    return words;
  }

  private refill(): void {
    const { state, block } = this;
    for (let i = 0; i < n; i++) {
      const y = (state[i]! & 0x80000000) | (state[i + 1 < n ? i + 1 : 0]! & 0x7fffffff);
      state[i] = state[i + m < n ? i + m : i + m - n]! ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    for (let i = 0; i < n; i++) {
      let y = state[i]!;
      y ^= y >>> 11;
      y ^= (y << 7) & 0x9d2c5680;
      y ^= (y << 15) & 0xefc60000;
      block[i] = y ^ (y >>> 18);
    }
    this.next = 0;
  }
}
