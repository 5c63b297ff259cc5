import ts from "typescript";
import { localsOf } from "./internals";
import type { Checked } from "./program";

/** The symbol in the earlier cells' declarations that an identifier of the cell means, if any. */
function earlierSymbol({ checker, earlier }: Checked, node: ts.Identifier): boolean {
  const declared = localsOf(earlier).get(node.escapedText);
  if (declared === undefined) return false;
  const parent = node.parent as ts.Node | undefined;
  const symbol =
    parent && ts.isShorthandPropertyAssignment(parent) && parent.name === node
      ? checker.getShorthandAssignmentValueSymbol(parent)
      : checker.getSymbolAtLocation(node);
  return symbol === declared;
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

/**
 * Rewrites the values of earlier cells to where they are kept: `x` becomes `exports.x`. Types are left alone: they are
 * gone in what is emitted.
 */
export function earlierValues(checked: Checked): ts.TransformerFactory<ts.SourceFile> {
  return (context) => (file) => {
    const { factory } = context;
    const kept = (node: ts.Identifier): ts.Expression =>
      ts.setTextRange(
        factory.createPropertyAccessExpression(factory.createIdentifier("exports"), node.text),
        node,
      );
    /** `(0, exports.f)()`: a function called by its name gets no `this`. */
    const bare = (node: ts.Expression): ts.Expression =>
      ts.isIdentifier(node) && earlierSymbol(checked, node)
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
      if (ts.isShorthandPropertyAssignment(node) && earlierSymbol(checked, node.name)) {
        const value = kept(node.name);
        const initial = node.objectAssignmentInitializer;
        return factory.createPropertyAssignment(
          factory.createIdentifier(node.name.text),
          initial ? factory.createAssignment(value, ts.visitNode(initial, visit) as ts.Expression) : value,
        );
      }
      if (ts.isIdentifier(node)) return earlierSymbol(checked, node) ? kept(node) : node;
      return ts.visitEachChild(node, visit, context);
    };
    return ts.visitEachChild(file, visit, context);
  };
}
