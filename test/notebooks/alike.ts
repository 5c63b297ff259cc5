import ts from "typescript";
import { expect } from "vitest";
import { type Notebook, type Output, codeCells, textOf } from "./notebook";

const chinese = /[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/;

/** Expects one program in both languages: what differs are words in strings, the figures' language, and comments. */
function expectSameProgram(zh: string, en: string, cell: string): void {
  const parse = (code: string): ts.SourceFile => ts.createSourceFile("cell.ts", code, ts.ScriptTarget.Latest);
  const [a, b] = [parse(zh), parse(en)];
  const visit = (x: ts.Node, y: ts.Node): void => {
    const [left, right] = [x.getText(a), y.getText(b)];
    const where = `${cell}: ${left} beside ${right}`;
    expect(ts.SyntaxKind[x.kind], where).toBe(ts.SyntaxKind[y.kind]);
    const [own, other] = [x.getChildren(a), y.getChildren(b)];
    expect(own.length, where).toBe(other.length);
    own.forEach((child, i) => visit(child, other[i]!));
    if (own.length > 0 || left === right) return;
    const isText = ts.isStringLiteral(x) || ts.isTemplateLiteralToken(x);
    const isLanguage = left === '"zh"' && right === '"en"';
    expect(isLanguage || (isText && chinese.test(left) && !chinese.test(right)), where).toBe(true);
  };
  visit(a, b);
}

/** Every number that cells print, in order. */
const numbersOf = (outputs: readonly Output[] = []): string[] =>
  outputs.flatMap(({ name, text }) =>
    name === "stdout" ? (textOf(text).match(/-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|NaN|Infinity/g) ?? []) : [],
  );

/** Expects a notebook to be the same in both languages, cell by cell: the kinds, the code, and every number printed. */
export function expectAlike(zh: Notebook, en: Notebook): void {
  const order = ({ cells }: Notebook): string[] => cells.map(({ id, cell_type }) => `${cell_type} ${id}`);
  expect(order(zh)).toEqual(order(en));
  const others = codeCells(en);
  for (const [i, { id, source, outputs }] of codeCells(zh).entries()) {
    expectSameProgram(textOf(source), textOf(others[i]!.source), id);
    expect(numbersOf(outputs), id).toEqual(numbersOf(others[i]!.outputs));
  }
}
