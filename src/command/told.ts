import { readsChinese } from "../kernel/language";

/** Sentences of ours, one a line, as the command line's reader is told them; any others as they are. */
export function told(sentences: string): string {
  if (!readsChinese()) return sentences;
  const { chineseOf } = require("./chinese") as typeof import("./chinese");
  return sentences.split("\n").map(chineseOf).join("\n");
}
