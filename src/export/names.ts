import ts from "typescript";
import { localsOf } from "../kernel/cell/internals";
import { assignedBy, bound, callAlone, isLocal, isReference, rootsOf } from "../kernel/cell/references";

export { bound, isLocal, isReference, parse } from "../kernel/cell/references";

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

function holdsFunction(node: ts.Node): boolean {
  if (ts.isFunctionLike(node) || ts.isClassLike(node)) return true;
  return ts.forEachChild(node, (child) => holdsFunction(child) || undefined) ?? false;
}

/** The variables that a node assigns to, or whose method it calls for nothing but what that does. */
function changedBy(node: ts.Node): ts.Identifier[] {
  const call = callAlone(node);
  return call === null ? assignedBy(node) : rootsOf(call.expression.expression);
}
