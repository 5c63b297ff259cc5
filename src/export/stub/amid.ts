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
  if (isPunctuation || ts.isModifier(node) || ts.isTypeNode(node) || ts.isTypeElement(node)) return text;
  if (ts.isParameter(node) || ts.isEnumMember(node) || ts.isHeritageClause(node)) return text;
  if (ts.isStatement(node))
    return functionAround(node) ? `throw new Error(${JSON.stringify(region.words.unsolved)});` : "{}";
  if (ts.isVariableDeclaration(node)) return `${textOf(node.name, region)}: any = undefined`;
  if (ts.isSpreadAssignment(node)) return `...(${nothing})`;
  if (ts.isSpreadElement(node)) return "...([] as any[])";
  if (ts.isObjectLiteralElement(node)) return node.name ? `${textOf(node.name, region)}: ${nothing}` : "";
  if (ts.isExpression(node)) return standsAlone(node) ? nothing : `(${nothing})`;
  return "";
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
    ts.isParenthesizedExpression(parent)
  );
}
