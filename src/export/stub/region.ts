import ts from "typescript";
import type { Words } from "../words";

/** A solution's stretch of a cell, and what its stub has to know. */
export interface Region {
  /** The cell without its marks, its positions kept. */
  file: ts.SourceFile;
  start: number;
  end: number;
  indent: string;
  /** The names that the rest of the notebook uses. */
  needed: ReadonlySet<string>;
  words: Words;
}

/** Where a region lies. */
export interface Place {
  /** The innermost node around it. */
  around: ts.Node;
  /** The children of that node which it holds whole. */
  held: ts.Node[];
  /** Whether it cuts through another child. */
  isCut: boolean;
}

export function placeOf({ file, start, end }: Region): Place {
  let around: ts.Node = file;
  for (;;) {
    const children = childrenOf(around);
    const next =
      children.find((child) => child.getStart(file) < start && child.end > end) ??
      // A clause ends with its last statement, before the mark.
      children.find((child) => ts.isCaseOrDefaultClause(child) && isCut(child));
    if (!next) {
      const held = children.filter((child) => child.getStart(file) >= start && child.end <= end);
      return { around, held, isCut: children.some(isCut) };
    }
    around = next;
  }

  function isCut(child: ts.Node): boolean {
    const from = child.getStart(file);
    return (from < start && child.end > start) || (from < end && child.end > end && from >= start);
  }
}

/** The function that a node's statements run in, if any. */
export function functionAround(node: ts.Node): ts.FunctionLikeDeclaration | undefined {
  for (let at = node; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isClassStaticBlockDeclaration(at)) return undefined;
    if (ts.isFunctionLike(at)) return at as ts.FunctionLikeDeclaration;
  }
  return undefined;
}

/** The white space before a node that begins a line. */
export function indentOf(node: ts.Node, { file, indent }: Region): string {
  const start = node.getStart(file);
  const before = file.text.slice(file.text.lastIndexOf("\n", start - 1) + 1, start);
  return before.trim() === "" ? before : indent;
}

export function textOf(node: ts.Node, { file }: Region): string {
  return file.text.slice(node.getStart(file), node.end);
}

function childrenOf(node: ts.Node): ts.Node[] {
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    if (child.kind !== ts.SyntaxKind.EndOfFileToken) children.push(child);
  });
  return children;
}
