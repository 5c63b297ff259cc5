import type { SyntaxNode } from "@lezer/common";

/** The names that a declaration's patterns declare. */
export function bindingsOf(declaration: SyntaxNode, code: string): string[] {
  const names: string[] = [];
  const visit = (node: SyntaxNode): void => {
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.name === "VariableDefinition") names.push(code.slice(child.from, child.to));
      else if (/^(Object|Array)Pattern$|^PatternProperty$/.test(child.name)) visit(child);
    }
  };
  visit(declaration);
  return names;
}

/** An import as an assignment to what all cells share: the page has its modules already. */
export function imported(statement: SyntaxNode, code: string): { assignment: string; declares: string[] } {
  const text = (node: SyntaxNode): string => code.slice(node.from, node.to);
  const module = `__cell.module(${text(statement.getChild("String")!)})`;
  const declares: string[] = [];
  const parts: string[] = [];
  const members: string[] = [];
  for (let node = statement.firstChild; node; node = node.nextSibling) {
    if (node.name !== "VariableDefinition") continue;
    declares.push(text(node));
    if (node.prevSibling?.name === "as") parts.push(`${text(node)} = ${module}`);
    else members.push(`default: ${text(node)}`);
  }
  let from = "";
  for (let node = statement.getChild("ImportGroup")?.firstChild ?? null; node; node = node.nextSibling) {
    if (node.name === "VariableName" || node.name === "String") from = text(node);
    if (node.name !== "VariableDefinition") continue;
    declares.push(text(node));
    members.push(from === "" ? text(node) : `${from}: ${text(node)}`);
    from = "";
  }
  if (members.length > 0) parts.push(`{ ${members.join(", ")} } = ${module}`);
  return { assignment: `;(${parts.join(", ") || module});`, declares };
}
