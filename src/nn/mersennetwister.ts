import { machine } from "./resources";

const n = 624;
const m = 397;

/**
 * The Mersenne Twister as PyTorch's CPU generator runs it: seeded with the lowest 32 bits alone.
 * Source: Matsumoto and Nishimura, "Mersenne Twister: a 623-dimensionally equidistributed uniform pseudo-random number
 * generator", 1998; PyTorch, `at::mt19937`.
 */
export class Mt19937 {
  private readonly state = new Int32Array(n);
  private readonly block = new Uint32Array(n);
  private next = n;
  /** How many words of the block are made so far: only those that are asked for are made. */
  private made = n;

  constructor(seed: number) {
    this.seed(seed);
  }

  /** Another that goes on from where this one stands. */
  copy(): Mt19937 {
    const other = new Mt19937(0);
    other.state.set(this.state);
    other.block.set(this.block);
    [other.next, other.made] = [this.next, this.made];
    return other;
  }

  /** Starts anew, in the same memory. */
  seed(seed: number): void {
    const { state } = this;
    let word = seed >>> 0;
    state[0] = word;
    for (let i = 1; i < n; i++) {
      word = (Math.imul(1812433253, word ^ (word >>> 30)) + i) | 0;
      state[i] = word;
    }
    this.next = this.made = n;
  }

  /** The next 32 random bits, as a whole number below 2^32. */
  random(): number {
    this.make(1);
    return this.block[this.next++]!;
  }

  /** Hands out the next words of the block, at most `count` of them: a loop over them pays no call a draw. */
  words(count: number): Uint32Array {
    const end = this.make(count);
    const words = this.block.subarray(this.next, end);
    this.next = end;
    return words;
  }

  /** Writes as many whole blocks of draws as the machine has a faster way for; see `BlockDraws`. @returns how many draws */
  draw(values: Float32Array, from: number, step: number, offset: number): number {
    const blocks = Math.floor((values.length - from) / n);
    if (machine.drawBlocks === undefined || this.next < n || blocks === 0) return 0;
    machine.drawBlocks(this.state, values, from, blocks, step, offset);
    return blocks * n;
  }

  /** Twists and tempers what is missing of the next `count` words, up to the block's end, and returns where they end. */
  private make(count: number): number {
    if (this.next === n) this.next = this.made = 0;
    const end = Math.min(n, this.next + count);
    // Three stretches, so that no index wraps inside a loop: the words of the block's second part need the first's.
    this.twist(this.made, Math.min(end, n - m), m, 1);
    this.twist(Math.max(this.made, n - m), Math.min(end, n - 1), m - n, 1);
    this.twist(Math.max(this.made, n - 1), end, m - n, 1 - n);
    this.made = Math.max(this.made, end);
    return end;
  }

  /** @param far where the word lies that is mixed in @param near and the next one, both from the word itself */
  private twist(from: number, end: number, far: number, near: number): void {
    const { state, block } = this;
    for (let i = from; i < end; i++) {
      const y = (state[i]! & -0x80000000) | (state[i + near]! & 0x7fffffff);
      let word = state[i + far]! ^ (y >>> 1) ^ (-(y & 1) & 0x9908b0df);
      state[i] = word;
      word ^= word >>> 11;
      word ^= (word << 7) & 0x9d2c5680;
      word ^= (word << 15) & 0xefc60000;
      block[i] = word ^ (word >>> 18);
    }
  }
}
