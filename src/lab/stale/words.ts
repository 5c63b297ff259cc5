import type { Reason } from "../../kernel/account";

/** What the marks say. */
export interface Words {
  /** At a cell; null for one that has no number. */
  stale(count: number | null, reason: Reason, name: string): string;
  /** To those who do not see the marks appear; each name as `In [4]`. */
  appeared(names: string[]): string;
  run: string;
  /** What the button and the command do. */
  caption: string;
  category: string;
}

const en: Words = {
  stale(count, reason, name) {
    const cell = count === null ? "This cell" : `In [${count}]`;
    if (reason === "other") return `${cell} took “${name}” from a cell that is not the last one above it.`;
    if (reason === "overtaken") return `${cell} gave “${name}” a value that another cell has replaced.`;
    return `${cell} ran before its inputs changed.`;
  },
  appeared: (names) =>
    `${names.join(", ")} ran before ${names.length === 1 ? "its" : "their"} inputs changed.`,
  run: "Run dependents",
  caption: "Run the cells whose inputs changed since they ran, from top to bottom",
  category: "Notebook Cell Operations",
};

const zh: Words = {
  stale(count, reason, name) {
    const cell = count === null ? "此单元格" : `In [${count}]`;
    if (reason === "other") return `${cell} 的“${name}”并非来自它上面最近的单元格。`;
    if (reason === "overtaken") return `${cell} 给出的“${name}”已被别的单元格替换。`;
    return `${cell} 运行之后，它的输入又变了。`;
  },
  appeared: (names) => `${names.join("、")} 运行之后，输入又变了。`,
  run: "重新运行受影响的单元格",
  caption: "从上到下重新运行输入已变的单元格",
  category: "笔记本单元格操作",
};

export function wordsOf(isChinese: boolean): Words {
  return isChinese ? zh : en;
}
