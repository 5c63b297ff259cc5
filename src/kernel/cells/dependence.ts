import ts from "typescript";
import type { Dependence } from "../../runtime/stalecells";
import { localsOf, internals } from "./typescriptinternals";

/** The methods of JavaScript's own collections that alter them. */
const altering = new Set([
  "add",
  "clear",
  "copyWithin",
  "delete",
  "fill",
  "pop",
  "push",
  "reverse",
  "set",
  "shift",
  "sort",
  "splice",
  "unshift",
]);

/** What a cell's text tells of the names by which cells hang together. */
export function dependenceOf(source: string): Dependence {
  return dependenceIn(bound(source));
}

/** @param file a cell's, with what each scope declares */
export function dependenceIn(file: ts.SourceFile): Dependence {
  const declares = [...localsOf(file)]
    .filter(([, symbol]) => !(symbol.declarations ?? []).every(isOfPackage))
    .map(([name]) => ts.unescapeLeadingUnderscores(name));
  const uses = new Set<string>();
  const changes = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && isReference(node) && !isLocal(node)) uses.add(node.text);
    for (const changed of changedBy(node)) if (!isLocal(changed)) changes.add(changed.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  const own = new Set(declares);
  const foreign = (names: Set<string>): string[] => [...names].filter((name) => !own.has(name));
  return { declares, uses: foreign(uses), changes: foreign(changes) };
}

/** What is imported from a package stays what it is, however often; a file of one's own may have been edited. */
function isOfPackage(node: ts.Declaration): boolean {
  for (let parent: ts.Node | undefined = node; parent; parent = parent.parent as ts.Node | undefined) {
    if (!ts.isImportDeclaration(parent)) continue;
    const { moduleSpecifier } = parent;
    return ts.isStringLiteral(moduleSpecifier) && !/^\.{0,2}\//.test(moduleSpecifier.text);
  }
  return false;
}

function changedBy(node: ts.Node): ts.Identifier[] {
  const call = callAlone(node);
  if (call === null) return assignedBy(node);
  return altering.has(call.expression.name.text) ? rootsOf(call.expression.expression) : [];
}

/** Parsed, and with what each scope declares. */
export function bound(source: string): ts.SourceFile {
  const file = parse(source);
  internals.bindSourceFile(file, { target: ts.ScriptTarget.ES2022, experimentalDecorators: true });
  return file;
}

export function parse(source: string): ts.SourceFile {
  return ts.createSourceFile("cell.ts", source, ts.ScriptTarget.ES2022, true);
}

/** Whether an identifier stands for a value or a type, and is not just a declaration's or a member's name. */
export function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isExportSpecifier(parent)) return (parent.propertyName ?? parent.name) === node;
  if (ts.isImportSpecifier(parent) || ts.isImportClause(parent) || ts.isNamespaceImport(parent)) return false;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isQualifiedName(parent)) return parent.left === node;
  if (ts.isBindingElement(parent)) return parent.initializer === node;
  if (ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent) || ts.isMetaProperty(parent))
    return false;
  return (parent as { name?: ts.Node }).name !== node;
}

/** Whether a function, a block or a type of the cell itself declares it. */
export function isLocal(node: ts.Identifier): boolean {
  const name = ts.escapeLeadingUnderscores(node.text);
  for (let scope: ts.Node = node.parent; !ts.isSourceFile(scope); scope = scope.parent) {
    if ((scope as { locals?: Map<ts.__String, ts.Symbol> }).locals?.has(name)) return true;
    if ((ts.isFunctionExpression(scope) || ts.isClassExpression(scope)) && scope.name?.text === node.text)
      return true;
  }
  return false;
}

/** The variables that a node assigns to, or to a part of which it does. */
export function assignedBy(node: ts.Node): ts.Identifier[] {
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    const assigns = kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
    return assigns ? rootsOf(node.left) : [];
  }
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node))
    return node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken
      ? rootsOf(node.operand)
      : [];
  if (ts.isForInStatement(node) || ts.isForOfStatement(node)) return rootsOf(node.initializer);
  return ts.isDeleteExpression(node) ? rootsOf(node.expression) : [];
}

/** A statement's call of a method, made for nothing but what it does; null for any other node. */
export function callAlone(
  node: ts.Node,
): (ts.CallExpression & { expression: ts.PropertyAccessExpression }) | null {
  if (!ts.isExpressionStatement(node)) return null;
  const call = ts.isAwaitExpression(node.expression) ? node.expression.expression : node.expression;
  return ts.isCallExpression(call) && ts.isPropertyAccessExpression(call.expression)
    ? (call as ts.CallExpression & { expression: ts.PropertyAccessExpression })
    : null;
}

/** The variables that an assignment changes: of `a.b[0] = 1` and `[a, c] = d` it is `a`, and `a` and `c`. */
export function rootsOf(target: ts.Node): ts.Identifier[] {
  if (ts.isIdentifier(target)) return [target];
  if (ts.isArrayLiteralExpression(target)) return target.elements.flatMap(rootsOf);
  if (ts.isObjectLiteralExpression(target)) return target.properties.flatMap(rootsOf);
  if (ts.isPropertyAssignment(target)) return rootsOf(target.initializer);
  if (ts.isShorthandPropertyAssignment(target)) return [target.name];
  if (ts.isBinaryExpression(target)) return rootsOf(target.left);
  const inner = (target as { expression?: ts.Node }).expression;
  return inner && !ts.isCallExpression(target) ? rootsOf(inner) : [];
}
