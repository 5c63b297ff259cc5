import ts from "typescript";
import { parse } from "../kernel/cells/dependence";
import {
  declarations,
  functionAround,
  indentOf,
  placeOf,
  type Region,
  resultAfterThrow,
  type StubWords,
  superCalls,
  textOf,
  throwingMember,
} from "./declarationstubs";
import { joined, type Part } from "./solution";

/**
 * A code cell with stubs for its solutions, and without its hidden tests.
 * @param needed the names that the rest of the notebook uses
 */
export function stubbed(
  source: string,
  parts: readonly Part[],
  needed: ReadonlySet<string>,
  words: StubWords,
): string {
  const file = parse(unmarked(source, parts));
  const texts = parts.map(({ kind, text, start, end, indent }) => {
    if (kind !== "solution") return kind === "plain" ? text : "";
    const lines = stubOf({ file, start, end, indent, needed, words });
    return lines.join("\n") + (source[end - 1] === "\n" ? "\n" : "");
  });
  return joined(texts, source);
}

/** A cell that is a solution altogether, as one part. */
export function wholeOf(source: string): Part {
  return { kind: "solution", text: source, start: 0, end: source.length, indent: "" };
}

function stubOf(region: Region): string[] {
  const { around, held, isCut } = placeOf(region);
  const { indent, words } = region;
  const comment = indent + words.code;
  if (ts.isInterfaceDeclaration(around) || ts.isTypeLiteralNode(around) || ts.isEnumDeclaration(around))
    return [
      comment,
      ...held.map((member) => indentOf(member, region) + textOf(member, region) + comma(around)),
    ];
  if (isCut || !isList(around)) return [stubWithin(around, region)];
  if (ts.isClassLike(around)) {
    const members = held.filter(ts.isClassElement).flatMap((member) => throwingMember(member, region));
    return members.length > 0 ? members : [comment];
  }
  const inside = functionAround(around);
  if (!inside) {
    const lines = declarations(held, region, ` ${words.code}`);
    return lines.some((line) => line.includes(words.code)) ? lines : [...lines, comment];
  }
  const constructs = ts.isConstructorDeclaration(inside) ? held.flatMap(superCalls) : [];
  const fails = `throw new Error(${JSON.stringify(words.unsolved)});`;
  const body = [...constructs, fails, ...resultAfterThrow(inside, held)];
  return [comment, ...declarations(held, region, ""), ...body.map((line) => indent + line)];
}

/** Whether a node's children are statements or members. */
function isList(node: ts.Node): boolean {
  const isStatements = ts.isSourceFile(node) || ts.isBlock(node) || ts.isModuleBlock(node);
  return isStatements || ts.isCaseOrDefaultClause(node) || ts.isClassLike(node);
}

function comma(around: ts.Node): string {
  return ts.isEnumDeclaration(around) ? "," : "";
}

/** The cell with blanks for its marks, so that it can be parsed: `###` is no TypeScript. */
export function unmarked(source: string, parts: readonly Part[]): string {
  const blank = (text: string): string => text.replace(/[^\r\n]/g, " ");
  return parts
    .map(({ text, start, end }) => {
      const whole = source.slice(start, end);
      if (whole === text) return whole;
      const from = whole.indexOf("\n") + 1;
      const to = from + text.length;
      return blank(whole.slice(0, from)) + text + blank(whole.slice(to));
    })
    .join("");
}

/** What stands for a solution's value. */
const nothing = "undefined as any";

/** The stub of a solution that is a part of a statement: its values become `undefined`, the tokens between them stay. */
function stubWithin(around: ts.Node, region: Region): string {
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
  // The name of a declaration or of a property.
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

/** Whether it is a condition: with `undefined` TypeScript would call what follows it unreachable. */
function isCondition(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isForStatement(parent)) return parent.condition === node;
  return (
    (ts.isIfStatement(parent) || ts.isWhileStatement(parent) || ts.isDoStatement(parent)) &&
    parent.expression === node
  );
}

/** Whether an expression needs no parentheses around `undefined as any`: nothing before it would be read as its part. */
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
