import ts from "typescript";
import { internals, localsOf } from "./typescriptinternals";
import { punctuation } from "./complaints";

/** What a cell's text tells before it is checked. */
export interface Shape {
  file: ts.SourceFile;
  /** What is wrong with its syntax: with any of it there is nothing to check. */
  problems: ts.Diagnostic[];
  /** The names that it declares at its top, hoisted ones too. */
  names: string[];
  /** The names that it exports itself. */
  exported: Set<string>;
  /** Its variables that are declared without a value. */
  bare: Set<string>;
  /** Whether it awaits outside every function. */
  awaits: boolean;
}

/** A cell by itself, with what TypeScript says against its syntax. */
export type ParsedCell = ts.SourceFile & { parseDiagnostics: ts.DiagnosticWithLocation[] };

export function parsedCell(text: string): ParsedCell {
  const options: ts.CreateSourceFileOptions = {
    languageVersion: ts.ScriptTarget.ES2022,
    // A cell is a module, whether or not it imports anything.
    setExternalModuleIndicator: (file) =>
      ((file as { externalModuleIndicator?: unknown }).externalModuleIndicator ??= true),
  };
  return ts.createSourceFile("cell.ts", text, options, true) as ParsedCell;
}

/** Reads a cell by itself. */
export function shapeOf(text: string, options: ts.CompilerOptions): Shape {
  const file = parsedCell(text);
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
    // What is exported as the default is so under another name.
    const isExported = symbol.declarations?.some(
      (node) =>
        (ts.getCombinedModifierFlags(node as ts.Declaration) & ts.ModifierFlags.ExportDefault) ===
        ts.ModifierFlags.Export,
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
    file,
    problems: problemsOf(file),
    bare,
    // `declare global` is no name.
    names: [...localsOf(file).keys()]
      .filter((name) => name !== ts.InternalSymbolName.Global)
      .map(ts.unescapeLeadingUnderscores),
    exported,
    awaits: awaitsAtTop(file),
  };
}

/** What follows from an error in a line tells a reader nothing: the first of each line, and of few lines. */
const mostProblems = 3;

function problemsOf(file: ParsedCell): ts.Diagnostic[] {
  const found = file.parseDiagnostics;
  const slips = punctuation(file, found);
  if (slips !== null) return slips;
  const lines = new Map<number, ts.Diagnostic>();
  // What is missing at the end is missing behind the last thing that was written.
  const end = file.text.trimEnd().length;
  for (const diagnostic of found) {
    const isAtEnd = diagnostic.start >= end;
    const start = isAtEnd ? end : diagnostic.start;
    const { line } = file.getLineAndCharacterOfPosition(start);
    if (!lines.has(line)) lines.set(line, { ...diagnostic, start, ...(isAtEnd ? { length: 0 } : {}) });
  }
  return [...lines.values()].slice(0, mostProblems);
}

function awaitsAtTop(node: ts.Node): boolean {
  if (ts.isFunctionLike(node) || ts.isClassStaticBlockDeclaration(node) || ts.isPropertyDeclaration(node))
    return false;
  if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier !== undefined))
    return true;
  // `await using`, whose flags are those of `const` and `using` together.
  if (
    ts.isVariableDeclarationList(node) &&
    (node.flags & ts.NodeFlags.BlockScoped) === ts.NodeFlags.AwaitUsing
  )
    return true;
  return ts.forEachChild(node, (child) => awaitsAtTop(child) || undefined) ?? false;
}
