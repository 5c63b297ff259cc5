import ts from "typescript";
import type { Dependence } from "../account";
import { localsOf } from "./internals";
import { assignedBy, bound, callAlone, isLocal, isReference, rootsOf } from "./references";

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
