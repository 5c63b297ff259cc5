import { typescriptLanguage } from "@codemirror/lang-javascript";
import type { SyntaxNode } from "@lezer/common";

/** What a cell gives to others and takes from them, as far as its text tells. */
export interface CellNames {
  /** What it declares or imports at its top. */
  declares: string[];
  /** What it reads, calls or assigns and does not declare itself. */
  uses: string[];
}

/** Names that are known from some place of the code on, and those around it. */
interface Scope {
  readonly names: Set<string>;
  readonly outer: Scope | null;
  /** Whether `var` and functions belong to it. */
  readonly isFunctions: boolean;
}

const functions = /^(Function(Declaration|Expression)|ArrowFunction|MethodDeclaration|StaticBlock)$/;
const blocks = /^(Block|ForStatement|CatchClause|SwitchBody|Class(Declaration|Expression))$/;
/** What only the type checker reads. */
const types =
  /^(Type(Annotation|ArgList|ParamList|AliasDeclaration|Predicate)|Interface.*|Ambient.*|.*Type)$/;

/** The names of a cell: TypeScript's, but for what only its types mention. */
export function namesOf(source: string): CellNames {
  const text = ({ from, to }: SyntaxNode): string => source.slice(from, to);
  const top: Scope = { names: new Set(), outer: null, isFunctions: true };
  const uses = new Set<string>();
  const isKnown = (name: string, scope: Scope | null): boolean =>
    scope !== null && (scope.names.has(name) || isKnown(name, scope.outer));
  const later: (() => void)[] = [];
  const use = (name: string, scope: Scope): void =>
    // A name may be used above its declaration: what is not known is told at the end.
    void later.push(() => isKnown(name, scope) || uses.add(name));
  const inner = (scope: Scope, isFunctions: boolean): Scope => ({
    names: new Set(),
    outer: scope,
    isFunctions,
  });

  function visit(node: SyntaxNode, scope: Scope): void {
    if (types.test(node.name)) return;
    switch (node.name) {
      case "VariableName":
        return use(text(node), scope);
      case "VariableDefinition":
      case "TypeDefinition":
        return define(node, scope);
      case "ImportDeclaration":
        return importInto(node, scope);
      case "Property": {
        // `{ a }` reads `a`.
        const name = node.getChild("PropertyDefinition");
        if (name !== null && name.to === node.to) return use(text(name), scope);
        break;
      }
      case "ExportGroup":
        for (const name of node.getChildren("VariableName"))
          if (name.prevSibling?.name !== "as") use(text(name), scope);
        return;
    }
    let here = scope;
    if (isFunction(node)) {
      const own = node.getChild("VariableDefinition");
      // A declaration's name is known around it, an expression's only inside.
      if (own !== null && node.name === "FunctionDeclaration") scope.names.add(text(own));
      here = inner(scope, true);
      if (own !== null && node.name !== "FunctionDeclaration") here.names.add(text(own));
    } else if (blocks.test(node.name)) {
      const own = /^Class/.test(node.name) ? node.getChild("VariableDefinition") : null;
      if (own !== null && node.name === "ClassDeclaration") scope.names.add(text(own));
      // A function's own block holds its parameters' names too.
      const isBody = node.name === "Block" && node.parent !== null && isFunction(node.parent);
      here = isBody ? scope : inner(scope, false);
      if (own !== null) here.names.add(text(own));
    } else if (node.name === "EnumBody") {
      here = inner(scope, false);
      for (const member of node.getChildren("PropertyName")) here.names.add(text(member));
    } else if (node.name === "NamespaceDeclaration") {
      const own = node.getChild("VariableDefinition");
      if (own !== null) scope.names.add(text(own));
      here = inner(scope, true);
    }
    for (let child = node.firstChild; child; child = child.nextSibling) {
      const isOwnName =
        child.name === "VariableDefinition" && /(Function|Class|Namespace).*n$/.test(node.name);
      if (!isOwnName) visit(child, here);
    }
  }

  function define(node: SyntaxNode, scope: Scope): void {
    const name = text(node);
    let at: SyntaxNode | null = node.parent;
    while (at !== null && /Pattern|^PatternProperty$/.test(at.name)) at = at.parent;
    // `[a, b] = pair` gives values to names that are declared elsewhere.
    if (at?.name === "AssignmentExpression") return use(name, scope);
    const isVar = at !== null && at.getChild("var") !== null;
    (isVar ? functionScope(scope) : scope).names.add(name);
  }

  function importInto(node: SyntaxNode, scope: Scope): void {
    for (const part of [node, node.getChild("ImportGroup")])
      for (const name of part?.getChildren("VariableDefinition") ?? []) scope.names.add(text(name));
  }

  visit(typescriptLanguage.parser.parse(source).topNode, top);
  for (const tell of later) tell();
  return { declares: [...top.names], uses: [...uses] };
}

/** Also `{ method() {} }`, which the grammar calls a property. */
function isFunction(node: SyntaxNode): boolean {
  return functions.test(node.name) || (node.name === "Property" && node.getChild("ParamList") !== null);
}

function functionScope(scope: Scope): Scope {
  return scope.isFunctions || scope.outer === null ? scope : functionScope(scope.outer);
}

/** A cell of a page, as far as others need it. */
interface NeededCell {
  names: CellNames;
  hasRun: boolean;
}

/**
 * The cells above one that it needs and that have not run. Of names that several cells declare, what a cell gets is that of
 * the last above it, or of whichever has run.
 */
export function neededCells<Cell extends NeededCell>(cell: Cell, cells: readonly Cell[]): Cell[] {
  const above = cells.slice(0, cells.indexOf(cell));
  const given = new Set(cells.flatMap(({ hasRun, names }) => (hasRun ? names.declares : [])));
  const found = new Set<Cell>();
  const look = (user: Cell, candidates: readonly Cell[]): void => {
    for (const name of user.names.uses) {
      if (given.has(name)) continue;
      const at = candidates.map(({ names }) => names.declares.includes(name)).lastIndexOf(true);
      const giver = candidates[at];
      if (giver === undefined || found.has(giver)) continue;
      found.add(giver);
      look(giver, candidates.slice(0, at));
    }
  };
  look(cell, above);
  return above.filter((each) => found.has(each));
}
