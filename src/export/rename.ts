import ts from "typescript";
import { bound, isLocal, isReference } from "./names";

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
