import ts from "typescript";
import { parse } from "./names";

/** The source without its imports. */
export function withoutImports(source: string): string {
  const file = parse(source);
  return importsOf(file)
    .reverse()
    .reduce((text, node) => text.slice(0, node.getStart(file)) + text.slice(node.end), source);
}

/** All imports of some sources, each name once, as the top of a module. */
export function mergedImports(sources: readonly string[]): string {
  const named = new Map<string, Map<string, string>>();
  const others = new Set<string>();
  for (const source of sources) {
    const file = parse(source);
    for (const node of importsOf(file)) {
      const { importClause: clause, moduleSpecifier } = node;
      const from = (moduleSpecifier as ts.StringLiteral).text;
      const bindings = clause?.namedBindings;
      const isPlain =
        clause?.name === undefined &&
        bindings !== undefined &&
        ts.isNamedImports(bindings) &&
        !node.assertClause;
      if (!isPlain) {
        others.add(node.getText(file).replace(/;?$/, ";"));
        continue;
      }
      const names = named.get(from) ?? new Map<string, string>();
      named.set(from, names);
      for (const element of bindings.elements) {
        const text = element.getText(file);
        const isType = clause?.isTypeOnly === true && !element.isTypeOnly;
        names.set(element.name.text, isType ? `type ${text}` : text);
      }
    }
  }
  const lines = [...named].map(
    ([from, names]) =>
      `import {\n${[...names.values()].map((name) => `  ${name},\n`).join("")}} from ${JSON.stringify(from)};`,
  );
  return [...others, ...lines].join("\n");
}

function importsOf(file: ts.SourceFile): ts.ImportDeclaration[] {
  return file.statements.filter(ts.isImportDeclaration);
}
