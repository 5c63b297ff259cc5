import ts from "typescript";
import { localsOf } from "./typescriptinternals";
import type { Checked } from "./program";

/** The symbol that an identifier means, as a value where it is a property's name as well. */
function symbolOf({ checker }: Checked, node: ts.Identifier): ts.Symbol | undefined {
  const parent = node.parent as ts.Node | undefined;
  return parent && ts.isShorthandPropertyAssignment(parent) && parent.name === node
    ? checker.getShorthandAssignmentValueSymbol(parent)
    : checker.getSymbolAtLocation(node);
}

/** Whether an identifier of the cell means something that an earlier cell declared. */
function earlierSymbol(checked: Checked, node: ts.Identifier): boolean {
  const declared = localsOf(checked.earlier).get(node.escapedText);
  return declared !== undefined && symbolOf(checked, node) === declared;
}

/** The names of earlier cells that the cell refers to, in its types too. */
export function usedNames(checked: Checked): string[] {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && earlierSymbol(checked, node)) names.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(checked.cell);
  return [...names];
}

/** The variables that a cell declares at its top and that later ones may assign to. */
function ownVariables({ cell }: Checked): Map<ts.__String, Exported[]> {
  const locals = localsOf(cell);
  const names = cell.statements
    .filter(isVariables)
    .flatMap(({ declarationList }) =>
      declarationList.declarations.flatMap(({ name }) => identifiersOf(name)),
    );
  // A `var` of a block as well is left to JavaScript.
  const isAtTop = (node: ts.Node): boolean => node.parent?.parent?.parent === cell;
  const symbols = names
    .flatMap(({ escapedText }) => locals.get(escapedText) ?? [])
    .filter(({ declarations = [] }) => declarations.every((node) => isAtTop(variableOf(node))));
  // Of what a cell exports itself, two symbols stand for one name.
  return new Map(
    symbols.map((symbol) => [symbol.escapedName, [symbol, (symbol as Exported).exportSymbol ?? symbol]]),
  );
}

/** What TypeScript notes of a symbol that is exported. */
type Exported = ts.Symbol & { exportSymbol?: ts.Symbol };

/** The declaration that a pattern's part belongs to. */
function variableOf(node: ts.Node): ts.Node {
  return ts.isBindingElement(node) ? variableOf(node.parent.parent) : node;
}

/** `let` and `var`, but not what is only declared to be somewhere. */
function isVariables(statement: ts.Node): statement is ts.VariableStatement {
  if (!ts.isVariableStatement(statement)) return false;
  const isConstant = (statement.declarationList.flags & ts.NodeFlags.BlockScoped & ~ts.NodeFlags.Let) !== 0;
  const isDeclared = statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword) ?? false;
  return !isConstant && !isDeclared;
}

function identifiersOf(name: ts.BindingName): ts.Identifier[] {
  if (ts.isIdentifier(name)) return [name];
  return name.elements.flatMap((element) =>
    ts.isOmittedExpression(element) ? [] : identifiersOf(element.name),
  );
}

/**
 * Rewrites the values of earlier cells, and the cell's own variables, to where they are kept: `x` becomes `exports.x`. So a
 * function sees what a later cell assigns to a variable that it uses. Types are left alone: they are gone in what is
 * emitted.
 */
export function keptValues(checked: Checked): ts.TransformerFactory<ts.SourceFile> {
  return (context) => (file) => {
    const { factory } = context;
    const own = ownVariables(checked);
    const isKept = (node: ts.Identifier): boolean =>
      earlierSymbol(checked, node) ||
      (own.get(node.escapedText)?.includes(symbolOf(checked, node) as Exported) ?? false);
    const kept = (node: ts.Identifier): ts.Expression =>
      ts.setTextRange(
        factory.createPropertyAccessExpression(factory.createIdentifier("exports"), node.text),
        node,
      );
    /** `(0, exports.f)()`: a function called by its name gets no `this`. */
    const bare = (node: ts.Expression): ts.Expression =>
      ts.isIdentifier(node) && isKept(node)
        ? factory.createParenthesizedExpression(
            factory.createComma(factory.createNumericLiteral(0), kept(node)),
          )
        : (ts.visitNode(node, visit) as ts.Expression);
    const visitAll = <N extends ts.Node>(nodes: ts.NodeArray<N>): ts.NodeArray<N> =>
      ts.visitNodes(nodes, visit) as ts.NodeArray<N>;
    const visit = (node: ts.Node): ts.Node => {
      if (ts.isExpressionWithTypeArguments(node)) {
        const isExtends =
          ts.isHeritageClause(node.parent) && node.parent.token === ts.SyntaxKind.ExtendsKeyword;
        if (!isExtends || !ts.isClassLike(node.parent.parent)) return node;
        return factory.updateExpressionWithTypeArguments(
          node,
          ts.visitNode(node.expression, visit) as ts.Expression,
          node.typeArguments,
        );
      }
      if (
        ts.isTypeNode(node) ||
        ts.isTypeAliasDeclaration(node) ||
        ts.isInterfaceDeclaration(node) ||
        ts.isTypeParameterDeclaration(node) ||
        ts.isImportDeclaration(node) ||
        ts.isExportDeclaration(node)
      )
        return node;
      if (ts.isCallExpression(node))
        return factory.updateCallExpression(
          node,
          bare(node.expression),
          node.typeArguments,
          visitAll(node.arguments),
        );
      if (ts.isTaggedTemplateExpression(node))
        return factory.updateTaggedTemplateExpression(
          node,
          bare(node.tag),
          node.typeArguments,
          ts.visitNode(node.template, visit) as ts.TemplateLiteral,
        );
      if (ts.isShorthandPropertyAssignment(node) && isKept(node.name)) {
        const value = kept(node.name);
        const initial = node.objectAssignmentInitializer;
        return factory.createPropertyAssignment(
          factory.createIdentifier(node.name.text),
          initial ? factory.createAssignment(value, ts.visitNode(initial, visit) as ts.Expression) : value,
        );
      }
      if (ts.isIdentifier(node)) return isKept(node) ? kept(node) : node;
      return ts.visitEachChild(node, visit, context);
    };
    /** Where a declaration's pattern puts what it takes. */
    const target = (name: ts.BindingName): ts.Expression => {
      if (ts.isIdentifier(name)) return kept(name);
      if (ts.isArrayBindingPattern(name))
        return factory.createArrayLiteralExpression(
          name.elements.map((element) =>
            ts.isOmittedExpression(element)
              ? element
              : element.dotDotDotToken
                ? factory.createSpreadElement(target(element.name))
                : withDefault(element),
          ),
        );
      return factory.createObjectLiteralExpression(
        name.elements.map((element) => {
          if (element.dotDotDotToken) return factory.createSpreadAssignment(target(element.name));
          const key = element.propertyName ?? (element.name as ts.Identifier);
          const property = ts.isIdentifier(key)
            ? factory.createIdentifier(key.text)
            : (ts.visitNode(key, visit) as ts.PropertyName);
          return factory.createPropertyAssignment(property, withDefault(element));
        }),
      );
    };
    const withDefault = ({ name, initializer }: ts.BindingElement): ts.Expression =>
      initializer === undefined
        ? target(name)
        : factory.createAssignment(target(name), ts.visitNode(initializer, visit) as ts.Expression);
    /** A function without a name has that of the variable. */
    const named = (name: ts.BindingName, value: ts.Expression): ts.Expression => {
      const isNameless =
        ts.isArrowFunction(value) ||
        ((ts.isFunctionExpression(value) || ts.isClassExpression(value)) && value.name === undefined);
      if (!isNameless || !ts.isIdentifier(name)) return value;
      const holder = factory.createObjectLiteralExpression([
        factory.createPropertyAssignment(name.text, value),
      ]);
      return factory.createPropertyAccessExpression(factory.createParenthesizedExpression(holder), name.text);
    };
    const statement = (node: ts.Node): ts.Node | ts.Node[] => {
      if (!isVariables(node)) return visit(node);
      return node.declarationList.declarations.flatMap((declaration) => {
        const { name, initializer } = declaration;
        // Without a value it starts empty: see `plainExports`.
        if (initializer === undefined) return [];
        const value = named(name, ts.visitNode(initializer, visit) as ts.Expression);
        const assignment = factory.createAssignment(target(name), value);
        const whole = ts.isIdentifier(name) ? assignment : factory.createParenthesizedExpression(assignment);
        return [ts.setTextRange(factory.createExpressionStatement(whole), declaration)];
      });
    };
    return factory.updateSourceFile(
      file,
      ts.visitNodes(file.statements, statement) as ts.NodeArray<ts.Statement>,
    );
  };
}

/**
 * TypeScript begins a module with `exports.a = exports.b = void 0`. Here the names may hold what an earlier cell gave
 * them, which a cell that fails must not wipe out: only variables without a value of their own start empty.
 */
export function plainExports(bare: Set<string>): ts.TransformerFactory<ts.SourceFile> {
  return ({ factory }) =>
    (file) => {
      const statements = file.statements.flatMap((statement) => {
        const names = namesEmptied(statement);
        if (names === null) return [assignedImport(statement, factory) ?? statement];
        return names
          .filter((name) => bare.has(name))
          .map((name) =>
            factory.createExpressionStatement(
              factory.createAssignment(
                factory.createPropertyAccessExpression(factory.createIdentifier("exports"), name),
                factory.createVoidZero(),
              ),
            ),
          );
      });
      return factory.updateSourceFile(file, statements);
    };
}

/**
 * TypeScript defines what a cell imports by `Object.defineProperty(exports, "a", { get() { return b.a } })`, which no later
 * cell could replace: `exports.a = b.a` in its place, or null of another statement.
 */
function assignedImport(statement: ts.Statement, factory: ts.NodeFactory): ts.Statement | null {
  if (!ts.isExpressionStatement(statement)) return null;
  const { expression: call } = statement;
  if (!ts.isCallExpression(call)) return null;
  const [target, name, descriptor] = call.arguments;
  if (!target || !ts.isIdentifier(target) || target.text !== "exports") return null;
  if (!name || !ts.isStringLiteral(name) || !descriptor || !ts.isObjectLiteralExpression(descriptor))
    return null;
  const getter = descriptor.properties
    .filter(ts.isPropertyAssignment)
    .find((property) => ts.isIdentifier(property.name) && property.name.text === "get")?.initializer;
  const [returned] = getter && ts.isFunctionExpression(getter) ? getter.body.statements : [];
  if (!returned || !ts.isReturnStatement(returned) || !returned.expression) return null;
  const place = factory.createElementAccessExpression(target, name);
  return factory.createExpressionStatement(factory.createAssignment(place, returned.expression));
}

/** The names of a statement `exports.a = exports.b = void 0` that TypeScript itself made, or null of another one. */
function namesEmptied(statement: ts.Statement): string[] | null {
  if (!ts.isExpressionStatement(statement) || statement.pos >= 0) return null;
  const names: string[] = [];
  let node: ts.Expression = statement.expression;
  while (ts.isBinaryExpression(node) && ts.isPropertyAccessExpression(node.left)) {
    if (!ts.isIdentifier(node.left.expression) || node.left.expression.text !== "exports") return null;
    names.push(node.left.name.text);
    node = node.right;
  }
  return names.length > 0 && ts.isVoidExpression(node) ? names : null;
}

/** Where the executor finds the value of the last expression; no cell can declare a name with a space. */
export const lastName = "last expression";

/** The cell's last statement where it is an expression, which is what the cell shows. */
export function lastExpression(cell: ts.SourceFile): ts.ExpressionStatement | null {
  // The last of all is the export that was put there.
  const last = cell.statements
    .filter((statement) => !ts.isExportDeclaration(statement) && !ts.isEmptyStatement(statement))
    .at(-1);
  return last !== undefined && ts.isExpressionStatement(last) ? last : null;
}

/** Keeps the value of the last expression. */
export function keepLast(statement: ts.ExpressionStatement | null): ts.TransformerFactory<ts.SourceFile> {
  return ({ factory }) =>
    (file) => {
      if (statement === null) return file;
      const statements = file.statements.map((each) => {
        if (ts.getOriginalNode(each) !== statement && each !== statement) return each;
        const kept = factory.createElementAccessExpression(
          factory.createIdentifier("exports"),
          factory.createStringLiteral(lastName),
        );
        const { expression } = each as ts.ExpressionStatement;
        return ts.setTextRange(
          factory.createExpressionStatement(factory.createAssignment(kept, expression)),
          each,
        );
      });
      return factory.updateSourceFile(file, statements);
    };
}
