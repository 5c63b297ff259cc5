/** What the machine lends to networks; each part has a plain way of its own, which is all that a page has. */
export interface Machine {
  /** How many bytes the next allocation may take. */
  freeBytes(): number;
  /** An array of zeros, for a parameter. */
  zeros(length: number): Float32Array;
  /** Draws whole blocks of random numbers, of the same bits as the generator's own. */
  drawBlocks: BlockDraws | undefined;
}

/**
 * Twists a state `blocks` times and writes the draws of each block, 624 of them, (word & 0xffffff) · step + offset rounded
 * to float32, to `values` from `from` on.
 */
export type BlockDraws = (
  state: Int32Array,
  values: Float32Array,
  from: number,
  blocks: number,
  step: number,
  offset: number,
) => void;

export const machine: Machine = {
  freeBytes: () => 2 ** 31,
  zeros: (length) => new Float32Array(length),
  drawBlocks: undefined,
};

/** Has the machine do some of it another way from here on. */
export function useMachine(ways: Partial<Machine>): void {
  Object.assign(machine, ways);
}

const bytesOfFloat32 = 4;

/**
 * Refuses parameters that memory cannot hold, before any is allocated. Counted are the float32 values and their
 * gradients.
 * @throws RangeError saying how much they would take and how much there is.
 */
export function checkMemory(what: string, parameters: number): void {
  const needed = 2 * bytesOfFloat32 * parameters;
  const free = machine.freeBytes();
  if (needed <= free) return;
  throw new RangeError(
    `${what} would take ${gigabytes(needed)} for its ${parameters.toLocaleString("en")} parameters and their ` +
      `gradients; expected at most the ${gigabytes(free)} that are free.`,
  );
}

function gigabytes(bytes: number): string {
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
