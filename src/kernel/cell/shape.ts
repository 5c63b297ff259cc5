import ts from "typescript";
import { internals, localsOf } from "./internals";

/** What a cell's text tells before it is checked. */
export interface Shape {
  /** The names that it declares at its top, hoisted ones too. */
  names: string[];
  /** The names that it exports itself. */
  exported: Set<string>;
  /** Its variables that are declared without a value. */
  bare: Set<string>;
  /** Whether it awaits outside every function. */
  awaits: boolean;
}

/** Reads a cell by itself. */
export function shapeOf(text: string, options: ts.CompilerOptions): Shape {
  const file = ts.createSourceFile("cell.ts", `${text}\nexport {};`, ts.ScriptTarget.ES2022, true);
  internals.bindSourceFile(file, options);
  const exported = new Set<string>();
  for (const statement of file.statements) {
    if (
      ts.isExportDeclaration(statement) &&
      statement.exportClause &&
      ts.isNamedExports(statement.exportClause)
    )
      for (const { name } of statement.exportClause.elements) exported.add(name.text);
  }
  for (const [name, symbol] of localsOf(file)) {
    const isExported = symbol.declarations?.some(
      (node) => ts.getCombinedModifierFlags(node as ts.Declaration) & ts.ModifierFlags.Export,
    );
    if (isExported) exported.add(String(name));
  }
  const bare = new Set<string>();
  for (const statement of file.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations)
      if (ts.isIdentifier(name) && initializer === undefined) bare.add(name.text);
  }
  return {
    bare,
    names: [...localsOf(file).keys()].map(ts.unescapeLeadingUnderscores),
    exported,
    awaits: awaitsAtTop(file),
  };
}

function awaitsAtTop(node: ts.Node): boolean {
  if (ts.isFunctionLike(node) || ts.isClassStaticBlockDeclaration(node) || ts.isPropertyDeclaration(node))
    return false;
  if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier !== undefined))
    return true;
  return ts.forEachChild(node, (child) => awaitsAtTop(child) || undefined) ?? false;
}
