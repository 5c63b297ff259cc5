import ts from "typescript";
import { readComments } from "./doccomments";
import { internals } from "./internals";
import type { Checked } from "./program";

/** What an editor shows of the name at a position: its kind, type, documentation and tags. TypeScript: `QuickInfo`. */
export function quickInfo({ cell, checker }: Checked, position: number): ts.QuickInfo | undefined {
  const touched = internals.getTouchingPropertyName(cell, position);
  if (touched === cell) return undefined;
  const { parent } = touched;
  // On the word `new` the class is meant.
  const node = ts.isNewExpression(parent) && touched.pos === parent.pos ? parent.expression : touched;
  const textSpan = ts.createTextSpanFromBounds(node.getStart(cell), node.end);
  const enclosing = internals.getContainerNode(node);
  const symbol = propertyOf(node, checker) ?? checker.getSymbolAtLocation(node);
  if (symbol === undefined || symbol.escapedName === "unknown") {
    const hasType = ts.isIdentifier(node) || node.kind === ts.SyntaxKind.ThisKeyword;
    if (!hasType) return undefined;
    const displayParts = internals.typeToDisplayParts(checker, checker.getTypeAtLocation(node), enclosing);
    return { kind: ts.ScriptElementKind.unknown, kindModifiers: "", textSpan, displayParts };
  }
  readComments(symbol, checker);
  const { symbolKind, displayParts, documentation, tags } =
    internals.SymbolDisplay.getSymbolDisplayPartsDocumentationAndSymbolKind(
      checker,
      symbol,
      cell,
      enclosing,
      node,
    );
  const kindModifiers = internals.SymbolDisplay.getSymbolModifiers(checker, symbol);
  return {
    kind: symbolKind,
    kindModifiers,
    textSpan,
    displayParts,
    documentation,
    ...(tags ? { tags } : {}),
  };
}

/** The property that a key of an object literal stands for in the type that is expected there. */
function propertyOf(node: ts.Node, checker: ts.TypeChecker): ts.Symbol | undefined {
  const { parent } = node;
  const isKey =
    (ts.isPropertyAssignment(parent) ||
      ts.isShorthandPropertyAssignment(parent) ||
      ts.isMethodDeclaration(parent)) &&
    parent.name === node &&
    ts.isObjectLiteralExpression(parent.parent);
  if (!isKey || !(ts.isIdentifier(node) || ts.isStringLiteralLike(node))) return undefined;
  return checker.getContextualType(parent.parent)?.getNonNullableType().getProperty(node.text);
}
