import ts from "typescript";
import { indentOf, textOf, type Region } from "./region";
import { throwingClass, throwingFunction, withoutComments } from "./throwing";

/**
 * What of a solution's statements must stay for the rest to type-check: its imports and types, and the
 * variables, functions and classes that the rest uses, without their values.
 * @param note what stands behind a variable
 */
export function declarations(statements: readonly ts.Node[], region: Region, note: string): string[] {
  const done = new Set<string>();
  const variable = (name: string, before: string): string[] => {
    if (done.has(name) || !region.needed.has(name)) return [];
    done.add(name);
    return [`${before}let ${name}: any = undefined;${note}`];
  };
  return statements.flatMap((node): string[] => {
    const indent = indentOf(node, region);
    const whole = [indent + withoutComments(textOf(node, region))];
    if (isKept(node)) return whole;
    if (ts.isVariableStatement(node)) {
      const names = node.declarationList.declarations.flatMap(({ name }) => namesIn(name));
      return names.flatMap((name) => variable(name, indent + (isExported(node) ? "export " : "")));
    }
    if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) {
      if (!node.name || !region.needed.has(node.name.text)) return [];
      return [ts.isClassDeclaration(node) ? throwingClass(node, region) : throwingFunction(node, region)];
    }
    if (ts.isEnumDeclaration(node)) return region.needed.has(node.name.text) ? whole : [];
    if (ts.isModuleDeclaration(node)) return variable(node.name.text, indent);
    return hoistedFrom(node).flatMap((name) => variable(name, indent));
  });
}

function isKept(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node) || ts.isImportEqualsDeclaration(node)) return true;
  if (ts.isExportDeclaration(node)) return node.moduleSpecifier !== undefined;
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return true;
  return modifiersOf(node).includes(ts.SyntaxKind.DeclareKeyword);
}

function isExported(node: ts.Node): boolean {
  return modifiersOf(node).includes(ts.SyntaxKind.ExportKeyword);
}

function modifiersOf(node: ts.Node): ts.SyntaxKind[] {
  return ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []).map(({ kind }) => kind) : [];
}

function namesIn(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? namesIn(element.name) : []));
}

/** The `var`s of a block or a loop, which are declared around it too. */
function hoistedFrom(node: ts.Node): string[] {
  if (ts.isFunctionLike(node) || ts.isClassLike(node)) return [];
  const names: string[] = [];
  if (ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.BlockScoped) === 0)
    names.push(...node.declarations.flatMap(({ name }) => namesIn(name)));
  ts.forEachChild(node, (child) => {
    names.push(...hoistedFrom(child));
  });
  return names;
}
