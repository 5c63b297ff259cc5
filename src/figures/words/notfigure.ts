/** What a value is, where it is not what a figure needs. */
export type Kind = "missing" | "null" | "list" | "object" | "string" | "number" | "boolean" | "other";

/** Why an output cannot be drawn: what is wrong in it, what that is, and what it should be. */
export interface NotFigure {
  (part: string, is: Kind, expected: "object" | "traces"): string;
}

const english: { [kind in Kind | "traces"]: string } = {
  missing: "missing",
  null: "null",
  list: "a list",
  object: "an object",
  string: "a text",
  number: "a number",
  boolean: "true or false",
  other: "something else",
  traces: "a list of traces",
};

const chinese: typeof english = {
  missing: "缺失的",
  null: "null",
  list: "列表",
  object: "对象",
  string: "文字",
  number: "数",
  boolean: "真假值",
  other: "别的东西",
  traces: "由曲线组成的列表",
};

export const notFigure: { en: NotFigure; zh: NotFigure } = {
  en: (part, is, expected) =>
    `This output is not a Plotly figure: ${part === "" ? "it" : `its "${part}"`} is ${english[is]}, and should be ${english[expected]}.`,
  zh: (part, is, expected) =>
    `这个输出不是 Plotly 图：${part === "" ? "它" : `它的 "${part}"`}是${chinese[is]}，应为${chinese[expected]}。`,
};
