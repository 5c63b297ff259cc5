import { parser } from "@lezer/javascript";
import type { SyntaxNode } from "@lezer/common";

const typescript = parser.configure({ dialect: "ts" });

/** A decorator, which no browser runs yet, by its place in the source. */
export class Decorated extends Error {
  constructor(readonly position: number) {
    super("decorator");
  }
}

/** A piece of the source and what stands in its place. */
interface Edit {
  from: number;
  to: number;
  text: string;
}

/**
 * What is TypeScript, or newer than browsers, and has to run: `accessor` as the getter and setter that it stands for, and
 * a namespace as the function that it stands for. Every line stays where it was.
 * @throws Decorated where there is a decorator
 */
export function modernised(source: string): string {
  if (!/\b(accessor|namespace|module)\b|@/.test(source)) return source;
  const edits: Edit[] = [];
  typescript.parse(source).iterate({
    enter({ name, from, node }) {
      if (name === "Decorator") throw new Decorated(from);
      if (name === "AmbientDeclaration") return false;
      if (name === "NamespaceDeclaration") edits.push(...namespaceEdits(node, source));
      if (name === "PropertyDeclaration") edits.push(...accessorEdits(node, source));
      return true;
    },
  });
  let out = source;
  for (const { from, to, text } of edits.sort((a, b) => b.from - a.from || b.to - a.to))
    out = out.slice(0, from) + text + out.slice(to);
  return out;
}

function accessorEdits(property: SyntaxNode, source: string): Edit[] {
  const accessor = property.getChild("accessor");
  const definition = property.getChild("PropertyDefinition");
  if (accessor === null || definition === null) return [];
  const name = source.slice(definition.from, definition.to);
  const isStatic = property.getChild("static") === null ? "" : "static ";
  const kept = `#${name}__accessor`;
  const both = `${isStatic}get ${name}() { return this.${kept}; } ${isStatic}set ${name}(value) { this.${kept} = value; }`;
  return [
    { from: accessor.from, to: accessor.to, text: "" },
    { from: definition.from, to: definition.to, text: kept },
    // Behind the semicolon, or where it was left out.
    { from: property.to, to: property.to, text: `; ${both}` },
  ];
}

/** `namespace N { export const a = 1 }`: a function that gives what is exported, as properties that follow it. */
function namespaceEdits(namespace: SyntaxNode, source: string): Edit[] {
  const block = namespace.getChild("Block");
  const definition = namespace.getChild("VariableDefinition");
  if (block === null || definition === null) return [];
  const name = source.slice(definition.from, definition.to);
  const exported = block.getChildren("ExportDeclaration").flatMap((statement) => namesOf(statement, source));
  const properties = exported.map((each) => `get ${each}() { return ${each}; }`).join(", ");
  const keywords = block.getChildren("ExportDeclaration").map((statement) => statement.firstChild!);
  const before = namespace.parent?.name === "ExportDeclaration" ? [namespace.parent.firstChild!] : [];
  return [
    ...[...before, ...keywords].map(({ from, to }) => ({ from, to, text: "" })),
    { from: namespace.from, to: block.from + 1, text: `const ${name} = (() => {` },
    { from: block.to - 1, to: block.to, text: `; return { ${properties} }; })();` },
  ];
}

/** The values that an exported statement of a namespace declares. */
function namesOf(statement: SyntaxNode, source: string): string[] {
  const names: string[] = [];
  for (let node = statement.firstChild; node; node = node.nextSibling) {
    if (/^(Interface|TypeAlias)Declaration$/.test(node.name)) continue;
    for (const definition of node.getChildren("VariableDefinition"))
      names.push(source.slice(definition.from, definition.to));
  }
  return names;
}
