import ts from "typescript";
import { bound, isLocal, isReference, parse } from "../kernel/cells/dependence";
import { namesOf } from "./cellnames";
import type { CodeCell, Notebook } from "./notebook";
import { type Exported, searchable, type Target } from "./writefiles";

/** One TypeScript module. */
export function writeScript(notebook: Notebook, { path }: Target): Exported {
  return searchable({ path, content: script(notebook) });
}

/**
 * The notebook as one TypeScript module: its prose as comments, its imports gathered at the top. A name that a later
 * cell declares anew is another name from there on, since a module has each only once.
 */
export function script({ cells }: Notebook): string {
  const code = cells.filter((cell): cell is CodeCell => cell.type === "code");
  const generations = new Map<string, number>();
  const taken = new Set(code.flatMap(({ source }) => [...namesOf(source).declares]));
  const now = new Map<string, string>();
  const parts = cells.map((cell) => {
    if (cell.type !== "code") return comment(cell.source);
    for (const name of namesOf(cell.source).declares) {
      const generation = (generations.get(name) ?? 0) + 1;
      generations.set(name, generation);
      if (generation > 1) now.set(name, freeName(name, generation, taken));
    }
    const source = withoutImports(cell.source);
    return printed(renamed(source, now), cell).trim();
  });
  const imports = mergedImports(code.map(({ source }) => source));
  // Without an import or an export it would be no module, and could not await.
  const head = imports === "" ? "export {};" : imports;
  return `${[head, ...parts].filter((part) => part !== "").join("\n\n")}\n`;
}

function comment(source: string): string {
  return source
    .trimEnd()
    .split("\n")
    .map((line) => `// ${line}`.trimEnd())
    .join("\n");
}

function freeName(name: string, generation: number, taken: Set<string>): string {
  let free = `${name}${generation}`;
  while (taken.has(free)) free += "_";
  taken.add(free);
  return free;
}

/** What the notebook shows as a cell's result, the script prints. */
function printed(source: string, { outputs }: CodeCell): string {
  if (!outputs.some(({ type }) => type === "execute_result")) return source;
  const file = parse(source);
  const last = file.statements.at(-1);
  if (last === undefined || !ts.isExpressionStatement(last)) return source;
  const [start, end] = [last.expression.getStart(file), last.expression.end];
  return `${source.slice(0, start)}console.log(${source.slice(start, end)})${source.slice(end)}`;
}

/** The source without its imports. */
function withoutImports(source: string): string {
  const file = parse(source);
  return importsOf(file)
    .reverse()
    .reduce((text, node) => text.slice(0, node.getStart(file)) + text.slice(node.end), source);
}

/** All imports of some sources, each name once, as the top of a module. */
function mergedImports(sources: readonly string[]): string {
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

/** The source with other names for what the notebook declares at its top. */
export function renamed(source: string, names: ReadonlyMap<string, string>): string {
  if (names.size === 0) return source;
  const edits: { start: number; end: number; text: string }[] = [];
  const file = bound(source);
  const visit = (node: ts.Node): void => {
    const name = ts.isIdentifier(node) ? names.get(node.text) : undefined;
    if (name !== undefined && isName(node as ts.Identifier) && !isLocal(node as ts.Identifier)) {
      const text = isShorthand(node as ts.Identifier) ? `${(node as ts.Identifier).text}: ${name}` : name;
      edits.push({ start: node.getStart(file), end: node.end, text });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  edits.sort((a, b) => b.start - a.start);
  return edits.reduce((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), source);
}

/** Whether it names the variable, where it is used or where it is declared, and not a member. */
function isName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isBindingElement(parent)) return parent.name === node || parent.initializer === node;
  const declares =
    ts.isVariableDeclaration(parent) ||
    ts.isFunctionDeclaration(parent) ||
    ts.isClassDeclaration(parent) ||
    ts.isEnumDeclaration(parent);
  return (declares && parent.name === node) || isReference(node);
}

/** `{ name }`, which must stay the property's name. */
function isShorthand({ parent }: ts.Identifier): boolean {
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  return (
    ts.isBindingElement(parent) &&
    parent.propertyName === undefined &&
    parent.dotDotDotToken === undefined &&
    ts.isObjectBindingPattern(parent.parent)
  );
}
