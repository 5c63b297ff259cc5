let budget: () => number = () => 2 ** 31;

/**
 * Says how many bytes the next allocation may take. A page keeps the default of 2 GiB; in Node the package asks
 * the machine.
 */
export function setMemoryBudget(bytes: () => number): void {
  budget = bytes;
}

const bytesOfFloat32 = 4;

/**
 * Refuses parameters that memory cannot hold, before any is allocated. Counted are the float32 values and their
 * gradients.
 * @throws RangeError saying how much they would take and how much there is.
 */
export function checkMemory(what: string, parameters: number): void {
  const needed = 2 * bytesOfFloat32 * parameters;
  const free = budget();
  if (needed <= free) return;
  throw new RangeError(
    `${what} would take ${gigabytes(needed)} for its ${parameters.toLocaleString("en")} parameters and their ` +
      `gradients; expected at most the ${gigabytes(free)} that are free.`,
  );
}

function gigabytes(bytes: number): string {
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

let makeArray = (length: number): Float32Array => new Float32Array(length);

/** Has arrays of parameters made another way, all zeros. */
export function setArrays(make: (length: number) => Float32Array): void {
  makeArray = make;
}

/** An array of zeros for a parameter. */
export function zeros(length: number): Float32Array {
  return makeArray(length);
}
