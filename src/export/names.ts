import ts from "typescript";
import { internals, localsOf } from "../kernel/cell/internals";

/** What a code cell does to the notebook's names, as its text tells. */
export interface Names {
  /** The values that it declares at its top; what it imports is declared elsewhere. */
  declares: Set<string>;
  /** Those of them that run again later: functions and classes. */
  functions: Set<string>;
  /** The names whose values it replaces or alters. */
  changes: Set<string>;
  /** The names that it uses and that no function of its own declares: its own top's, other cells', globals. */
  uses: Set<string>;
}

const known = new Map<string, Names>();

export function namesOf(source: string): Names {
  const before = known.get(source);
  if (before) return before;
  const file = bound(source);
  const names: Names = { declares: new Set(), functions: new Set(), changes: new Set(), uses: new Set() };
  for (const [name, local] of localsOf(file)) {
    const symbol = (local as { exportSymbol?: ts.Symbol }).exportSymbol ?? local;
    if ((symbol.flags & ts.SymbolFlags.Value) === 0) continue;
    names.declares.add(ts.unescapeLeadingUnderscores(name));
    if (symbol.declarations?.some(holdsFunction)) names.functions.add(ts.unescapeLeadingUnderscores(name));
  }
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && isReference(node) && !isLocal(node)) names.uses.add(node.text);
    for (const changed of changedBy(node)) if (!isLocal(changed)) names.changes.add(changed.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  if (known.size > 1000) known.clear();
  known.set(source, names);
  return names;
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

function holdsFunction(node: ts.Node): boolean {
  if (ts.isFunctionLike(node) || ts.isClassLike(node)) return true;
  return ts.forEachChild(node, (child) => holdsFunction(child) || undefined) ?? false;
}

/** The variables that a node assigns to, or whose method it calls for nothing but what that does. */
function changedBy(node: ts.Node): ts.Identifier[] {
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
  if (ts.isDeleteExpression(node)) return rootsOf(node.expression);
  if (!ts.isExpressionStatement(node)) return [];
  const call = ts.isAwaitExpression(node.expression) ? node.expression.expression : node.expression;
  return ts.isCallExpression(call) && ts.isPropertyAccessExpression(call.expression)
    ? rootsOf(call.expression.expression)
    : [];
}

function rootsOf(target: ts.Node): ts.Identifier[] {
  if (ts.isIdentifier(target)) return [target];
  if (ts.isArrayLiteralExpression(target)) return target.elements.flatMap(rootsOf);
  if (ts.isObjectLiteralExpression(target)) return target.properties.flatMap(rootsOf);
  if (ts.isPropertyAssignment(target)) return rootsOf(target.initializer);
  if (ts.isShorthandPropertyAssignment(target)) return [target.name];
  if (ts.isBinaryExpression(target)) return rootsOf(target.left);
  const inner = (target as { expression?: ts.Node }).expression;
  return inner && !ts.isCallExpression(target) ? rootsOf(inner) : [];
}
