/** In the process, since the kernel that tells of an error may be another copy of this package than the cells load. */
const key = Symbol.for("tslab-gradients.missing-gradient");
const state = globalThis as { [key]?: boolean };

/** Says that somebody read a gradient where there is none, or that there is one now. */
export function noteMissingGradient(isMissing: boolean): void {
  state[key] = isMissing;
}

/** What an error that speaks of null leaves unsaid after a gradient was read that is not there; mostly nothing. */
export function missingGradientHint(message: string): string {
  if (state[key] !== true || !/\bnull\b/.test(message)) return "";
  state[key] = false;
  return "A parameter's grad is null before the first backward pass: run backward first.";
}
