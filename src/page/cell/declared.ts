import { typescriptLanguage } from "@codemirror/lang-javascript";
import { bindingsOf } from "./bindings";

/** The names that a cell declares or imports at its top. */
export function declaredIn(source: string): string[] {
  const names: string[] = [];
  const top = typescriptLanguage.parser.parse(source).topNode;
  for (let node = top.firstChild; node; node = node.nextSibling) {
    const own = node.getChild("VariableDefinition");
    if (node.name === "VariableDeclaration") names.push(...bindingsOf(node, source));
    else if (/^(Class|Function|Enum)Declaration$/.test(node.name) && own)
      names.push(source.slice(own.from, own.to));
    else if (node.name === "ImportDeclaration")
      for (const child of [node, node.getChild("ImportGroup")])
        for (const name of child?.getChildren("VariableDefinition") ?? [])
          names.push(source.slice(name.from, name.to));
  }
  return names;
}
