import { parser } from "@lezer/javascript";
import type { SyntaxNode } from "@lezer/common";

const typescript = parser.configure({ dialect: "ts" });

/** What a page cannot run, by its place in the source: a decorator, or a form of namespaces and enums. */
export class Unsupported extends Error {
  constructor(
    readonly position: number,
    readonly word: "noDecorators" | "noForm",
  ) {
    super(word);
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
 * @throws Unsupported where there is a decorator, or a namespace or an enum in a form that only the notebook runs
 */
export function modernised(source: string): string {
  if (!/\b(accessor|namespace|module|enum)\b|@/.test(source)) return source;
  const edits: Edit[] = [];
  const declared = new Set<string>();
  typescript.parse(source).iterate({
    enter({ name, from, node }) {
      if (name === "Decorator") throw new Unsupported(from, "noDecorators");
      if (name === "AmbientDeclaration") return false;
      if (/^(Namespace|Enum|Class|Function)Declaration$/.test(name)) {
        const own = nameOf(node, source);
        // Namespaces and enums of one name are one, and belong to a class or a function of that name.
        if (declared.has(own) && /^(Namespace|Enum)/.test(name)) throw new Unsupported(from, "noForm");
        if (node.parent?.name === "Script" || node.parent?.parent?.name === "Script") declared.add(own);
      }
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
  if (accessor === null) return [];
  const first = accessor.nextSibling!;
  let last = first;
  const isName = (node: SyntaxNode | null): node is SyntaxNode =>
    node !== null && !/^(TypeAnnotation|Optional|LogicOp|Equals|;)$/.test(node.name);
  while (isName(last.nextSibling)) last = last.nextSibling;
  const name = source.slice(first.from, last.to);
  const isStatic = property.getChild("static") === null ? "" : "static ";
  const kept = `#accessor_${property.from}`;
  const both = `${isStatic}get ${name}() { return this.${kept}; } ${isStatic}set ${name}(value) { this.${kept} = value; }`;
  return [
    { from: accessor.from, to: accessor.to, text: "" },
    { from: first.from, to: last.to, text: kept },
    // Behind the semicolon, or where it was left out.
    { from: property.to, to: property.to, text: `; ${both}` },
  ];
}

/** `namespace N { export const a = 1 }`: a function that gives what is exported, as properties that follow it. */
function namespaceEdits(namespace: SyntaxNode, source: string): Edit[] {
  const block = namespace.getChild("Block");
  const definitions = namespace.getChildren("VariableDefinition");
  const isNested = !/^(Script|ExportDeclaration)$/.test(namespace.parent?.name ?? "");
  if (
    block === null ||
    definitions.length !== 1 ||
    isNested ||
    /[.]/.test(source.slice(namespace.from, block.from))
  )
    throw new Unsupported(namespace.from, "noForm");
  const statements = block.getChildren("ExportDeclaration");
  const exported = statements.flatMap((statement) => namesOf(statement, source));
  const properties = exported.map((each) => `get ${each}() { return ${each}; }`).join(", ");
  const keywords = statements.map((statement) => statement.firstChild!);
  const before = namespace.parent?.name === "ExportDeclaration" ? [namespace.parent.firstChild!] : [];
  const name = nameOf(namespace, source);
  return [
    ...[...before, ...keywords].map(({ from, to }) => ({ from, to, text: "" })),
    { from: namespace.from, to: block.from + 1, text: `const ${name} = (() => {` },
    { from: block.to - 1, to: block.to, text: `; return { ${properties} }; })();` },
  ];
}

function nameOf(declaration: SyntaxNode, source: string): string {
  const definition = declaration.getChild("VariableDefinition") ?? declaration.getChild("TypeDefinition");
  return definition === null ? "" : source.slice(definition.from, definition.to);
}

/** The values that an exported statement of a namespace declares. */
function namesOf(statement: SyntaxNode, source: string): string[] {
  const names: string[] = [];
  for (let node = statement.firstChild; node; node = node.nextSibling) {
    if (/^(Interface|TypeAlias)Declaration$/.test(node.name)) continue;
    if (
      /^(Namespace|Enum)Declaration$/.test(node.name) ||
      node.name === "ExportGroup" ||
      node.name === "Star"
    )
      throw new Unsupported(statement.from, "noForm");
    if (node.getChild("ObjectPattern") ?? node.getChild("ArrayPattern"))
      throw new Unsupported(statement.from, "noForm");
    for (const definition of node.getChildren("VariableDefinition"))
      names.push(source.slice(definition.from, definition.to));
  }
  return names;
}
