import { typescriptLanguage } from "@codemirror/lang-javascript";
import type { SyntaxNode } from "@lezer/common";

/** What a cell gives to others and takes from them, as far as its text tells. */
export interface Account {
  /** What it declares or imports at its top. */
  declares: string[];
  /** Of these, the imports: each name with its module and its name there. */
  imports: Map<string, string>;
  /** What it reads, calls or assigns and does not declare itself. */
  uses: string[];
  /** Of these, what only functions use that it declares and does not call. */
  defers: Set<string>;
  /** Of these, what it gives a value to without a look at the old one. */
  overwrites: Set<string>;
  /** The names that it gives a value to, declared or not. */
  assigns: Set<string>;
  /** The names whose objects it may alter, its own too: by calls, with them or of them, and by what it assigns to their parts. */
  mayAlter: Set<string>;
  /** The names that it goes through, which uses up what can be gone through once. */
  consumes: Set<string>;
  /** Whether it calls anything, which may draw random numbers. */
  calls: boolean;
  /** For a name that it gives: what its functions use when they are called. */
  later: Map<string, Set<string>>;
  /** For a name that it gives: all that it is made from. */
  from: Map<string, Set<string>>;
  /** The names that it gives where functions change variables that only they know, as a counter does. */
  secretive: Set<string>;
  /** Functions and classes that may make such. */
  factories: Set<string>;
}

/** Names that are known from some place of the code on, and those around it. */
interface Scope {
  readonly names: Set<string>;
  readonly outer: Scope | null;
  /** Whether `var` and functions belong to it. */
  readonly isFunctions: boolean;
}

/** A statement at the cell's top. */
interface Statement {
  gives: Set<string>;
  /** The names that calls in it are about: functions may be put into what these stand for. */
  calls: Set<string>;
  /** The names that it reads at once. */
  reads: Set<string>;
  /** All the names from outside that it mentions, and those that functions in it do. */
  from: Set<string>;
  later: Set<string>;
  /** Whether it does nothing but declare functions or classes. */
  isDeclaration: boolean;
}

/** Where in a statement a name stands. */
interface Place {
  /** In a function's body. */
  inFunction: boolean;
  /** In a call that may alter what it is about. */
  inCall: boolean;
  /** Where what it is about is gone through. */
  isConsumed: boolean;
}

const functions = /^(Function(Declaration|Expression)|ArrowFunction|MethodDeclaration|StaticBlock)$/;
const blocks = /^(Block|ForStatement|CatchClause|SwitchBody|Class(Declaration|Expression))$/;
/** What only the type checker reads. */
const types =
  /^(Type(Annotation|ArgList|ParamList|AliasDeclaration|Predicate)|Interface.*|Ambient.*|.*Type)$/;

/** Calls that alter nothing. */
const harmless = new Set(["console", "Math", "JSON", "Number", "String"]);

/** A cell's account, for names of values: what only types mention nothing hangs on, since a page checks none. */
export function accountOf(source: string): Account {
  const text = ({ from, to }: SyntaxNode): string => source.slice(from, to);
  const top: Scope = { names: new Set(), outer: null, isFunctions: true };
  const statements: Statement[] = [];
  let statement: Statement;
  const imports = new Map<string, string>();
  const [secretive, factories] = [new Set<string>(), new Set<string>()];
  const [reads, writes, assigns] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const [mayAlter, consumes, now] = [new Set<string>(), new Set<string>(), new Set<string>()];
  let calls = false;
  /** The scope that knows a name; null where it is the cell's top or none. */
  const home = (name: string, scope: Scope): Scope | null =>
    scope.outer === null ? null : scope.names.has(name) ? scope : home(name, scope.outer);
  const later: (() => void)[] = [];

  /** @param isRead whether its value, or a part of it, is looked at */
  function use(
    node: SyntaxNode,
    scope: Scope,
    { inFunction, inCall, isConsumed }: Place,
    isRead = true,
  ): void {
    const name = text(node);
    const at = statement;
    // A name may be used above its declaration: what is not known is told at the end.
    later.push(() => {
      if (home(name, scope) !== null) return;
      (isRead ? reads : writes).add(name);
      at.from.add(name);
      if (inFunction) at.later.add(name);
      if (!inFunction || !at.isDeclaration) now.add(name);
      if (inCall) mayAlter.add(name);
      if (inCall && !inFunction) at.calls.add(name);
      if (isConsumed) consumes.add(name);
      if (isRead && !inFunction) at.reads.add(name);
    });
  }

  /** Something is given to a name, or to a part of what it names. */
  function give(target: SyntaxNode, scope: Scope, place: Place, isCall = false): void {
    const root = rootOf(target);
    if (root === null) return;
    const name = text(root);
    const at = statement;
    const isWhole = root.from === target.from && root.to === target.to;
    later.push(() => {
      const own = home(name, scope);
      if (own === null && isCall) return;
      if (own === null) {
        (isWhole ? assigns : mayAlter).add(name);
        if (!place.inFunction) at.gives.add(name);
      } else if (functionScope(scope) !== functionScope(own))
        for (const given of at.gives) (at.isDeclaration ? factories : secretive).add(given);
    });
  }

  const inner = (scope: Scope, isFunctions: boolean): Scope => ({
    names: new Set(),
    outer: scope,
    isFunctions,
  });

  function visit(node: SyntaxNode, scope: Scope, place: Place): void {
    if (types.test(node.name)) return;
    switch (node.name) {
      case "VariableName":
        return use(node, scope, place);
      case "VariableDefinition":
      case "TypeDefinition":
        return define(node, scope, place);
      case "ImportDeclaration":
        return importInto(node);
      case "Property": {
        // `{ a }` reads `a`.
        const name = node.getChild("PropertyDefinition");
        if (name !== null && name.to === node.to) return use(name, scope, place);
        break;
      }
      case "ExportGroup":
        for (const name of node.getChildren("VariableName"))
          if (name.prevSibling?.name !== "as") use(name, scope, place);
        return;
      case "AssignmentExpression": {
        const target = node.firstChild!;
        give(target, scope, place);
        // `a = 1` does not look at `a`, `a += 1` does.
        if (target.name !== "VariableName" || node.getChild("UpdateOp") !== null) break;
        use(target, scope, place, false);
        for (let child = target.nextSibling; child; child = child.nextSibling) visit(child, scope, place);
        return;
      }
      case "PostfixExpression":
      case "UnaryExpression":
        if (/^(\+\+|--|delete\b)|(\+\+|--)$/.test(text(node)))
          give(node.firstChild!.name.match(/Op$|delete/) ? node.lastChild! : node.firstChild!, scope, place);
        break;
      case "ForOfSpec":
      case "ForInSpec": {
        const target = node.firstChild!.nextSibling!;
        if (/^(VariableName|MemberExpression)$/.test(target.name)) give(target, scope, place);
        place = { ...place, isConsumed: true };
        break;
      }
      case "ArrayExpression":
      case "VariableDeclaration":
        // What spreads and patterns take they go through.
        if (node.getChild("Spread") ?? node.getChild("ArrayPattern")) place = { ...place, isConsumed: true };
        break;
      case "CallExpression":
      case "NewExpression":
      case "TaggedTemplateExpression": {
        const root = rootOf(node.firstChild!);
        place = { ...place, isConsumed: true };
        // A method may change what only the functions around it know.
        if (node.name === "CallExpression" && node.firstChild!.name === "MemberExpression")
          give(node.firstChild!, scope, { ...place, inFunction: true }, true);
        if (root === null || !harmless.has(text(root))) {
          calls ||= !place.inFunction || !statement.isDeclaration;
          place = { ...place, inCall: true };
        } else place = { ...place, inCall: false };
        break;
      }
    }
    let here = scope;
    if (isFunction(node)) {
      const own = node.getChild("VariableDefinition");
      // A declaration's name is known around it, an expression's only inside.
      if (own !== null && node.name === "FunctionDeclaration") declare(text(own), scope);
      here = inner(scope, true);
      if (own !== null && node.name !== "FunctionDeclaration") here.names.add(text(own));
      place = { ...place, inFunction: place.inFunction || node.name !== "StaticBlock" };
    } else if (blocks.test(node.name)) {
      const own = /^Class/.test(node.name) ? node.getChild("VariableDefinition") : null;
      if (own !== null && node.name === "ClassDeclaration") declare(text(own), scope);
      // A function's own block holds its parameters' names too.
      const isBody = node.name === "Block" && node.parent !== null && isFunction(node.parent);
      // A class's fields are set whenever one is made.
      here = isBody ? scope : inner(scope, /^Class/.test(node.name));
      if (own !== null) here.names.add(text(own));
    } else if (node.name === "EnumBody") {
      here = inner(scope, false);
      for (const member of node.getChildren("PropertyName")) here.names.add(text(member));
    } else if (node.name === "NamespaceDeclaration") {
      const own = node.getChild("VariableDefinition");
      if (own !== null) declare(text(own), scope);
      here = inner(scope, true);
    }
    for (let child = node.firstChild; child; child = child.nextSibling) {
      const isOwnName =
        child.name === "VariableDefinition" && /(Function|Class|Namespace).*n$/.test(node.name);
      if (!isOwnName) visit(child, here, place);
    }
  }

  function declare(name: string, scope: Scope): void {
    scope.names.add(name);
    if (scope === top) statement.gives.add(name);
  }

  function define(node: SyntaxNode, scope: Scope, place: Place): void {
    let at: SyntaxNode | null = node.parent;
    while (at !== null && /Pattern|^PatternProperty$/.test(at.name)) at = at.parent;
    // `[a, b] = pair` gives values to names that are declared elsewhere.
    if (at?.name === "AssignmentExpression") {
      give(node, scope, place);
      return use(node, scope, place, false);
    }
    const isVar = at !== null && at.getChild("var") !== null;
    declare(text(node), isVar ? functionScope(scope) : scope);
  }

  function importInto(node: SyntaxNode): void {
    const module = node.getChild("String");
    for (const part of [node, node.getChild("ImportGroup")])
      for (const name of part?.getChildren("VariableDefinition") ?? []) {
        const given = name.prevSibling?.name === "as" ? name.prevSibling.prevSibling : null;
        const whole = part === node ? (given ? "*" : "default") : text(given ?? name);
        declare(text(name), top);
        imports.set(text(name), `${module === null ? "" : text(module).slice(1, -1)}/${whole}`);
      }
  }

  const outside: Place = { inFunction: false, inCall: false, isConsumed: false };
  for (let node = typescriptLanguage.parser.parse(source).topNode.firstChild; node; node = node.nextSibling) {
    statement = {
      gives: new Set(),
      calls: new Set(),
      reads: new Set(),
      from: new Set(),
      later: new Set(),
      isDeclaration: onlyDeclares(node),
    };
    statements.push(statement);
    visit(node, top, outside);
  }
  for (const tell of later) tell();
  const { names } = top;
  // A name may be read before the cell declares it: then it is another cell's.
  const old = new Set<string>();
  const declared = new Set(imports.keys());
  for (const { gives, isDeclaration } of statements)
    if (isDeclaration) gives.forEach((name) => declared.add(name));
  for (const { gives, reads } of statements) {
    for (const name of reads) if (names.has(name) && !declared.has(name)) old.add(name);
    for (const name of gives) declared.add(name);
  }
  for (const { gives, from, later, isDeclaration } of statements) {
    // What functions use that the cell calls it uses at once.
    const isCalled = [...gives].some((name) =>
      statements.some((other) => other.from.has(name) && other.gives !== gives),
    );
    if (isDeclaration && isCalled) for (const name of later) now.add(name);
    for (const name of gives) from.delete(name);
    for (const name of gives) later.delete(name);
  }
  const foreign = (all: Set<string>): Set<string> => new Set([...all].filter((name) => !names.has(name)));
  const uses = new Set([...foreign(new Set([...reads, ...writes])), ...old]);
  return {
    declares: [...names],
    imports,
    uses: [...uses],
    defers: new Set([...uses].filter((name) => !now.has(name))),
    overwrites: foreign(new Set([...writes].filter((name) => !reads.has(name)))),
    assigns: new Set([...names, ...assigns]),
    mayAlter,
    consumes,
    calls,
    later: byName(statements, ({ later }) => later, true),
    from: byName(statements, ({ from }) => from),
    secretive,
    factories,
  };
}

function byName(
  statements: readonly Statement[],
  of: (statement: Statement) => Set<string>,
  withCalls = false,
): Map<string, Set<string>> {
  const all = new Map<string, Set<string>>();
  for (const statement of statements) {
    const held = of(statement);
    const names = withCalls && held.size > 0 ? [...statement.gives, ...statement.calls] : statement.gives;
    for (const name of names) all.set(name, new Set([...(all.get(name) ?? []), ...held]));
  }
  return all;
}

/** A function, a class, or a constant that is a function: nothing in it runs before it is called. */
function onlyDeclares(statement: SyntaxNode): boolean {
  if (/^(Function|Class)Declaration$/.test(statement.name)) return true;
  if (statement.name === "ExportDeclaration")
    return (
      statement.getChild("FunctionDeclaration") !== null || statement.getChild("ClassDeclaration") !== null
    );
  const values = statement.name === "VariableDeclaration" ? statement.getChildren("Equals") : [];
  return (
    values.length > 0 &&
    values.every(({ nextSibling }) => /^(ArrowFunction|FunctionExpression)$/.test(nextSibling?.name ?? ""))
  );
}

/** The name that `a.b[0].c` begins with. */
function rootOf(node: SyntaxNode): SyntaxNode | null {
  if (/^Variable(Name|Definition)$/.test(node.name)) return node;
  const isPart = /^(MemberExpression|ParenthesizedExpression|PostfixExpression|BinaryExpression)$/.test(
    node.name,
  );
  for (let child = isPart ? node.firstChild : null; child; child = child.nextSibling) {
    const root = rootOf(child);
    if (root !== null) return root;
  }
  return null;
}

/** Also `{ method() {} }`, which the grammar calls a property. */
function isFunction(node: SyntaxNode): boolean {
  return functions.test(node.name) || (node.name === "Property" && node.getChild("ParamList") !== null);
}

function functionScope(scope: Scope): Scope {
  return scope.isFunctions || scope.outer === null ? scope : functionScope(scope.outer);
}
