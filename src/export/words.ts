import type { Notebook } from "./notebook";

/** What stands where a solution stood, in the notebook's language. */
export interface Words {
  /** A comment in code. */
  code: string;
  /** What code says that was not written yet. */
  unsolved: string;
  /** A cell, or a part of one, in Markdown. */
  answer: string;
}

const english: Words = {
  code: "// Your code here.",
  unsolved: "Not solved yet.",
  answer: "*Your answer here.*",
};
const chinese: Words = { code: "// 在此写你的代码。", unsolved: "尚未作答。", answer: "*在此作答。*" };

export function wordsOf(notebook: Notebook): Words {
  return isChinese(notebook) ? chinese : english;
}

/** Whether its prose has more Chinese characters than words in Latin letters. */
export function isChinese({ cells }: Notebook): boolean {
  const prose = cells.map(({ type, source }) => (type === "markdown" ? source : "")).join("\n");
  const count = (pattern: RegExp): number => prose.match(pattern)?.length ?? 0;
  return count(/\p{Script=Han}/gu) > count(/\p{Script=Latin}+/gu);
}
