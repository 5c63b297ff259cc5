import ts from "typescript";
import { localsOf } from "../kernel/cells/typescriptinternals";
import { assignedBy, bound, callAlone, isLocal, isReference, rootsOf } from "../kernel/cells/dependence";

/** What a code cell does to the notebook's names, as its text tells. */
export interface Names {
  /** The values that it declares at its top; what it imports is declared elsewhere. */
  declares: Set<string>;
  /** Those of them that run again later: functions and classes. */
  functions: Set<string>;
  /** The names whose values it replaces or alters. */
  changes: Set<string>;
  /** Its functions that alter what they are given, and as which of their arguments. */
  alters: Map<string, Set<number>>;
  /** The functions of other cells or of its own that it calls, and the names that it gives to each. */
  calls: { name: string; given: string[][] }[];
  /** The names that it uses but for its functions' own: its top's, other cells' and global ones. */
  uses: Set<string>;
}

const known = new Map<string, Names>();

export function namesOf(source: string): Names {
  const before = known.get(source);
  if (before) return before;
  const file = bound(source);
  const names: Names = {
    declares: new Set(),
    functions: new Set(),
    changes: new Set(),
    alters: new Map(),
    calls: [],
    uses: new Set(),
  };
  for (const [name, local] of localsOf(file)) {
    const symbol = (local as { exportSymbol?: ts.Symbol }).exportSymbol ?? local;
    if ((symbol.flags & ts.SymbolFlags.Value) === 0) continue;
    names.declares.add(ts.unescapeLeadingUnderscores(name));
    if (symbol.declarations?.some(holdsFunction)) names.functions.add(ts.unescapeLeadingUnderscores(name));
    const altered = new Set(symbol.declarations?.flatMap(alteredBy));
    if (altered.size > 0) names.alters.set(ts.unescapeLeadingUnderscores(name), altered);
  }
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && isReference(node) && !isLocal(node)) names.uses.add(node.text);
    for (const changed of changedBy(node)) if (!isLocal(changed)) names.changes.add(changed.text);
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && !isLocal(node.expression)) {
      const own = (value: ts.Node): string[] =>
        rootsOf(value).flatMap((root) => (isLocal(root) ? [] : [root.text]));
      names.calls.push({ name: node.expression.text, given: node.arguments.map(own) });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  if (known.size > 1000) known.clear();
  known.set(source, names);
  return names;
}

function holdsFunction(node: ts.Node): boolean {
  if (ts.isFunctionLike(node) || ts.isClassLike(node)) return true;
  return ts.forEachChild(node, (child) => holdsFunction(child) || undefined) ?? false;
}

/** Which of its arguments a function alters. */
function alteredBy(node: ts.Declaration): number[] {
  const value = ts.isVariableDeclaration(node) ? node.initializer : node;
  if (!value || !ts.isFunctionLike(value)) return [];
  const altered = new Set<string>();
  const visit = (child: ts.Node): void => {
    for (const { text } of changedBy(child)) altered.add(text);
    ts.forEachChild(child, visit);
  };
  visit(value);
  return value.parameters.flatMap(({ name }, i) =>
    ts.isIdentifier(name) && altered.has(name.text) ? [i] : [],
  );
}

/** The variables that a node changes: it assigns to them, or calls a method of theirs as a statement of its own or with `await`. */
function changedBy(node: ts.Node): ts.Identifier[] {
  const call = callAlone(node);
  if (call !== null) return rootsOf(call.expression.expression);
  const awaited = ts.isAwaitExpression(node) && ts.isCallExpression(node.expression) ? node.expression : null;
  return awaited && ts.isPropertyAccessExpression(awaited.expression)
    ? rootsOf(awaited.expression.expression)
    : assignedBy(node);
}
