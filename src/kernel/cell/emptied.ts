import ts from "typescript";

/**
 * TypeScript begins a module with `exports.a = exports.b = void 0`. Here the names may hold what an earlier cell gave
 * them, which a cell that fails must not wipe out: only variables without a value of their own start empty.
 */
export function emptied(bare: Set<string>): ts.TransformerFactory<ts.SourceFile> {
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
