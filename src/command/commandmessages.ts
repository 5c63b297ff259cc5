import { readsChinese } from "../kernel/language";

/** Input that the command line cannot use: one sentence on stderr and exit code 2. */
export class InputError extends Error {}

/** Sentences of ours, one a line, as the command line's reader is told them; any others as they are. */
export function told(sentences: string): string {
  if (!readsChinese()) return sentences;
  const { chineseOf } = require("./chinese") as typeof import("./chinese");
  return sentences.split("\n").map(chineseOf).join("\n");
}

/**
 * Whether an error is what `nn` says of its input, which is a sentence of ours, and not one that JavaScript itself makes of
 * a fault in this program.
 */
export function isOfInput(error: unknown): error is TypeError | RangeError {
  if (!(error instanceof TypeError || error instanceof RangeError)) return false;
  const { chineseOf } =
    require("../kernel/chinese/machinesentences") as typeof import("../kernel/chinese/machinesentences");
  return chineseOf(error.message) !== error.message;
}
