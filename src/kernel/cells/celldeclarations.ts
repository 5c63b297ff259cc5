import ts from "typescript";
import { localsOf } from "./typescriptinternals";
import type { Checked } from "./program";
import type { Shape } from "./shape";

/** What a name stands for. */
export interface Meaning {
  value: boolean;
  type: boolean;
}

/** One declaration of one name, as it stands in a declaration file. */
export interface Declaration extends Meaning {
  name: string;
  text: string;
}

/** What the cells so far declared; a later cell may declare the same names anew, its values and types apart. */
export class Declared {
  private entries: Declaration[] = [];

  /** As a declaration file. */
  get text(): string {
    return together(this.entries.map(({ text }) => text)).join("\n");
  }

  get names(): Set<string> {
    return new Set(this.entries.map(({ name }) => name));
  }

  add(added: Declaration[]): void {
    const now = new Map<string, Meaning>();
    for (const { name, value, type } of added) {
      const before = now.get(name);
      now.set(name, { value: value || before?.value === true, type: type || before?.type === true });
    }
    const kept = this.entries.flatMap((entry) => {
      const meaning = now.get(entry.name);
      return meaning === undefined ? [entry] : remaining(entry, meaning);
    });
    this.entries = [...kept, ...added];
  }
}

/** One statement for all that is imported from a module, as cells have it: see `CarriedImports`. */
function together(texts: string[]): string[] {
  const imports = new Map<string, { word: string; names: string[]; from: string }>();
  const others: string[] = [];
  for (const text of texts) {
    const [, word, name, from] = /^(import|import type) \{ (.*) \} (from .*)$/s.exec(text) ?? [];
    if (word === undefined || name === undefined || from === undefined) {
      others.push(text);
      continue;
    }
    const statement = imports.get(word + from) ?? { word, names: [], from };
    statement.names.push(name);
    imports.set(word + from, statement);
  }
  const statements = [...imports.values()].map(
    ({ word, names, from }) => `${word} { ${names.join(", ")} } ${from}`,
  );
  return [...statements, ...others];
}

/** What a new meaning of the name leaves of an earlier declaration. */
function remaining(entry: Declaration, { value, type }: Meaning): Declaration[] {
  const keepsValue = entry.value && !value;
  const keepsType = entry.type && !type;
  if (keepsValue === entry.value && keepsType === entry.type) return [entry];
  // A class whose type is another one now: its value is still there.
  if (keepsValue) return [{ ...entry, type: false, text: `declare let ${entry.name}: any;` }];
  return [];
}

/** The declarations of a cell, out of what TypeScript emitted for it as a declaration file. */
function declarationsOf(emitted: string, meaningOf: (name: string) => Meaning): Declaration[] {
  const file = ts.createSourceFile("cell.d.ts", emitted, ts.ScriptTarget.ES2022, true);
  const declarations: Declaration[] = [];
  const add = (name: string, text: string): void => {
    declarations.push({ name, text, ...meaningOf(name) });
  };
  for (const statement of file.statements) {
    if (ts.isVariableStatement(statement)) {
      const { flags, declarations: variables } = statement.declarationList;
      const word = flags & ts.NodeFlags.Const ? "const" : flags & ts.NodeFlags.Let ? "let" : "var";
      for (const variable of variables)
        add(variable.name.getText(), `declare ${word} ${variable.getText()};`);
    } else if (ts.isImportDeclaration(statement)) {
      for (const [name, text] of importsOf(statement)) add(name, text);
    } else if (!ts.isExportDeclaration(statement) && !ts.isExportAssignment(statement)) {
      const { name } = statement as ts.Statement & { name?: ts.Identifier };
      // "export" and "default" are the cell's own; in the notebook every name is everyone's.
      if (name !== undefined) add(name.text, docOf(statement) + textOf(statement));
    }
  }
  return declarations;
}

/** The doc comment, so that a later cell's inspection shows it. */
function docOf(statement: ts.Statement): string {
  return statement.getFullText().slice(0, statement.getLeadingTriviaWidth()).trim() + "\n";
}

function textOf(statement: ts.Statement): string {
  const bare = statement.getText().replace(/^export\s+(default\s+)?/, "");
  return /^(declare|interface|type|import)\b/.test(bare) ? bare : `declare ${bare}`;
}

/** Each imported name by itself. */
function* importsOf({
  importClause,
  moduleSpecifier,
}: ts.ImportDeclaration): Generator<[name: string, text: string]> {
  if (importClause === undefined) return;
  const from = `from ${moduleSpecifier.getText()};`;
  const word = importClause.isTypeOnly ? "import type" : "import";
  if (importClause.name) yield [importClause.name.text, `${word} ${importClause.name.text} ${from}`];
  const { namedBindings } = importClause;
  if (namedBindings === undefined) return;
  if (ts.isNamespaceImport(namedBindings)) {
    yield [namedBindings.name.text, `${word} * as ${namedBindings.name.text} ${from}`];
    return;
  }
  for (const element of namedBindings.elements)
    yield [element.name.text, `${word} { ${element.getText()} } ${from}`];
}

/** What the cell declares, as a later one sees it. */
export function declaredBy(checked: Checked, { names }: Shape): Declaration[] {
  let text: string | undefined;
  checked.program.emit(checked.cell, (_, written) => (text = written), undefined, true);
  // Where a type cannot be written down, the names are there all the same.
  text ??= names.map((name) => `declare let ${name}: any;`).join("\n");
  const written = declarationsOf(text, (name) => meaningOf(checked, name));
  const unwritten = names.filter((name) => written.every((declaration) => declaration.name !== name));
  return [...written, ...unwritten.flatMap((name) => hoisted(checked, name))];
}

/** Whether a name that the cell declares or imports is a value, a type, or both. */
function meaningOf({ checker, cell }: Checked, name: string): Meaning {
  const local = localsOf(cell).get(ts.escapeLeadingUnderscores(name));
  if (local === undefined) return { value: true, type: false };
  const symbol = local.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(local) : local;
  return {
    value: (symbol.flags & ts.SymbolFlags.Value) !== 0,
    type: (symbol.flags & (ts.SymbolFlags.Type | ts.SymbolFlags.Namespace)) !== 0,
  };
}

/** A `var` of a block, which belongs to the cell's top though no declaration file would name it. */
function hoisted({ checker, cell }: Checked, name: string): Declaration[] {
  const symbol = localsOf(cell).get(ts.escapeLeadingUnderscores(name));
  if (symbol === undefined || !(symbol.flags & ts.SymbolFlags.FunctionScopedVariable)) return [];
  const type = checker.typeToString(
    checker.getTypeOfSymbolAtLocation(symbol, cell),
    cell,
    ts.TypeFormatFlags.NoTruncation,
  );
  return [{ name, value: true, type: false, text: `declare var ${name}: ${type};` }];
}
