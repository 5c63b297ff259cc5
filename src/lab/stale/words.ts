/** What the marks say. */
export interface Words {
  /** At a cell; null for one that has no number. */
  stale(count: number | null): string;
  /** To those who do not see the marks appear; each name as `In [4]`. */
  appeared(names: string[]): string;
  run: string;
  /** What the button and the command do. */
  caption: string;
  category: string;
}

const en: Words = {
  stale: (count) => `${count === null ? "This cell" : `In [${count}]`} ran before its inputs changed.`,
  appeared: (names) =>
    `${names.join(", ")} ran before ${names.length === 1 ? "its" : "their"} inputs changed.`,
  run: "Run dependents",
  caption: "Run the cells whose inputs changed since they ran, from top to bottom",
  category: "Notebook Cell Operations",
};

const zh: Words = {
  stale: (count) => `${count === null ? "此单元格" : `In [${count}]`} 运行之后，它的输入又变了。`,
  appeared: (names) => `${names.join("、")} 运行之后，输入又变了。`,
  run: "重新运行受影响的单元格",
  caption: "从上到下重新运行输入已变的单元格",
  category: "笔记本单元格操作",
};

export function wordsOf(isChinese: boolean): Words {
  return isChinese ? zh : en;
}
