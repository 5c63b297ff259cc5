import ts from "typescript";
import { functionAround, textOf, type Region } from "./region";

const nothing = "undefined as any";

/** A solution amid a statement: its values are `undefined`, what holds them together stays. */
export function amid(around: ts.Node, region: Region): string {
  const { file, start, end, indent, words } = region;
  const pieces: string[] = [];
  const visit = (node: ts.Node): void => {
    for (const child of node.getChildren(file)) {
      const from = child.getStart(file);
      if (child.end <= start || from >= end || child.kind === ts.SyntaxKind.EndOfFileToken) continue;
      const isHeld = from >= start && child.end <= end && child.kind !== ts.SyntaxKind.SyntaxList;
      if (isHeld) pieces.push(piece(child, region));
      else visit(child);
    }
  };
  visit(around);
  const code = pieces.filter((text) => text !== "").join(" ");
  const tight = code.replace(/ (?=[,;)\]}])/g, "").replace(/(?<=[([{]) /g, "");
  return `${indent}${tight}${tight === "" ? "" : " "}${words.code}`;
}

function piece(node: ts.Node, region: Region): string {
  const text = textOf(node, region);
  const isPunctuation =
    node.kind >= ts.SyntaxKind.FirstPunctuation && node.kind <= ts.SyntaxKind.LastPunctuation;
  // What a statement is made of: `if`, `for`, `of`.
  const isWord =
    node.kind >= ts.SyntaxKind.FirstKeyword &&
    node.kind <= ts.SyntaxKind.LastKeyword &&
    !ts.isExpression(node);
  if (isPunctuation || isWord || ts.isModifier(node) || ts.isTypeNode(node) || ts.isTypeElement(node))
    return text;
  if (ts.isParameter(node) || ts.isEnumMember(node) || ts.isHeritageClause(node)) return text;
  if (ts.isStatement(node)) return statement(node, region);
  if (ts.isVariableDeclarationList(node)) {
    if (ts.isForOfStatement(node.parent) || ts.isForInStatement(node.parent)) return text;
    return `let ${node.declarations.map((each) => piece(each, region)).join(", ")}`;
  }
  if (ts.isVariableDeclaration(node)) return `${textOf(node.name, region)}: any = undefined`;
  // A name that is given, not read.
  if ((node.parent as { name?: ts.Node }).name === node) return text;
  if (ts.isSpreadAssignment(node)) return `...(${nothing})`;
  if (ts.isSpreadElement(node)) return "...([] as any[])";
  if (ts.isObjectLiteralElement(node)) return node.name ? `${textOf(node.name, region)}: ${nothing}` : "";
  if (isCondition(node)) return "false as boolean";
  if (ts.isExpression(node)) return standsAlone(node) ? nothing : `(${nothing})`;
  return "";
}

function statement(node: ts.Statement, region: Region): string {
  if (functionAround(node)) return `throw new Error(${JSON.stringify(region.words.unsolved)});`;
  const { parent } = node;
  const isOneOfMany = ts.isBlock(parent) || ts.isSourceFile(parent) || ts.isCaseOrDefaultClause(parent);
  return isOneOfMany ? "" : "{}";
}

/** Whether it says if what follows it runs; of `undefined` TypeScript would say that it never does. */
function isCondition(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isForStatement(parent)) return parent.condition === node;
  return (
    (ts.isIfStatement(parent) || ts.isWhileStatement(parent) || ts.isDoStatement(parent)) &&
    parent.expression === node
  );
}

/** Whether `as` behind an expression cannot take in what stands before it. */
function standsAlone({ parent }: ts.Node): boolean {
  return (
    ts.isVariableDeclaration(parent) ||
    ts.isReturnStatement(parent) ||
    ts.isPropertyAssignment(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isArrayLiteralExpression(parent) ||
    ts.isCallOrNewExpression(parent) ||
    ts.isArrowFunction(parent) ||
    ts.isParenthesizedExpression(parent) ||
    ts.isIfStatement(parent) ||
    ts.isIterationStatement(parent, false) ||
    ts.isSwitchStatement(parent)
  );
}
