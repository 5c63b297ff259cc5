let wasRead = false;

/** Says that somebody read a gradient where there is none, or that there is one now. */
export function noteMissingGradient(isMissing: boolean): void {
  wasRead = isMissing;
}

/** What an error that speaks of null leaves unsaid after a gradient was read that is not there; mostly nothing. */
export function missingGradientHint(message: string): string {
  if (!wasRead || !/\bnull\b/.test(message)) return "";
  wasRead = false;
  return " A parameter's grad is null before the first backward pass: run backward first.";
}
