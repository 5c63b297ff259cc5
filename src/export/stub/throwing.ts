import ts from "typescript";
import { indentOf, textOf, type Region } from "./region";

/** A function or a method with its own signature, and a body that only throws. */
export function throwingFunction(node: ts.FunctionLikeDeclaration, region: Region): string {
  const indent = indentOf(node, region);
  if (!node.body) return indent + textOf(node, region);
  const { code, unsolved } = region.words;
  const body = [code, ...superCalls(node.body), `throw new Error(${JSON.stringify(unsolved)});`];
  return [
    `${indent}${signatureOf(node, region)} {`,
    ...body.map((line) => `${indent}  ${line}`),
    `${indent}}`,
  ].join("\n");
}

/** A class whose fields have types and no values, and whose methods throw. */
export function throwingClass(node: ts.ClassLikeDeclaration, region: Region): string {
  const { file } = region;
  const indent = indentOf(node, region);
  const open = node.getChildren(file).find(({ kind }) => kind === ts.SyntaxKind.OpenBraceToken)!;
  const head = withoutComments(file.text.slice(node.getStart(file), open.getStart(file)));
  const members = node.members.flatMap((member) => throwingMember(member, region));
  return [`${indent}${head} {`, ...members, `${indent}}`].join("\n");
}

export function throwingMember(member: ts.Node, region: Region): string[] {
  if (ts.isPropertyDeclaration(member)) return [indentOf(member, region) + field(member, region)];
  if (ts.isIndexSignatureDeclaration(member)) return [indentOf(member, region) + textOf(member, region)];
  const isFunction =
    ts.isMethodDeclaration(member) || ts.isAccessor(member) || ts.isConstructorDeclaration(member);
  return isFunction ? [throwingFunction(member, region)] : [];
}

/** What must stand after a throw for the type of the function around to stay one that can be used. */
export function resultAfterThrow(node: ts.FunctionLikeDeclaration, held: readonly ts.Node[]): string[] {
  if (node.type || ts.isConstructorDeclaration(node) || ts.isSetAccessor(node)) return [];
  if (held.some((child) => contains(child, ts.isYieldExpression))) return ["yield undefined as any;"];
  return held.some((child) => contains(child, returnsValue)) ? ["return undefined as any;"] : [];
}

/** A derived class's constructor must call it. */
export function superCalls(node: ts.Node): string[] {
  const calls: string[] = [];
  contains(node, (child) => {
    if (ts.isCallExpression(child) && child.expression.kind === ts.SyntaxKind.SuperKeyword)
      calls.push(`super(${child.arguments.map(() => "undefined as any").join(", ")});`);
    return false;
  });
  return calls.slice(0, 1);
}

function signatureOf(node: ts.FunctionLikeDeclaration, { file }: Region): string {
  const text = (from: number, to: number): string => withoutComments(withoutDefaults(node, file, from, to));
  const start = node.getStart(file);
  const bodyStart = node.body!.getStart(file);
  const result = node.type ? null : resultOf(node);
  if (result === null) return text(start, bodyStart);
  const close = node.getChildren(file).find(({ kind }) => kind === ts.SyntaxKind.CloseParenToken)!;
  return `${text(start, close.end)}: ${result}`;
}

/** Code in the place of an argument that is not given may be the solution itself; plain values are the signature's. */
function withoutDefaults(
  node: ts.FunctionLikeDeclaration,
  file: ts.SourceFile,
  from: number,
  to: number,
): string {
  const defaults: ts.Expression[] = [];
  const visit = (child: ts.Node): void => {
    const isNamed = ts.isParameter(child) || ts.isBindingElement(child);
    if (isNamed && child.initializer && !isPlain(child.initializer)) defaults.push(child.initializer);
    if (isNamed) ts.forEachChild(child.name, visit);
  };
  node.parameters.forEach(visit);
  let at = from;
  const pieces = defaults
    .sort((a, b) => a.pos - b.pos)
    .map((value) => {
      const before = file.text.slice(at, value.getStart(file));
      at = value.end;
      return `${before}undefined as any`;
    });
  return pieces.join("") + file.text.slice(at, to);
}

function isPlain(node: ts.Expression): boolean {
  if (ts.isArrayLiteralExpression(node)) return node.elements.length === 0;
  if (ts.isObjectLiteralExpression(node)) return node.properties.length === 0;
  const isSigned = ts.isPrefixUnaryExpression(node) && ts.isNumericLiteral(node.operand);
  const isWord = /^(?:true|false|null)$/.test(node.getText());
  return isSigned || isWord || ts.isLiteralExpression(node) || isReferred(node);
}

/** `size`, `Activation.tanh` */
function isReferred(node: ts.Expression): boolean {
  return ts.isIdentifier(node) || (ts.isPropertyAccessExpression(node) && isReferred(node.expression));
}

/** A body that only throws returns nothing: where the own one returns something, its type must say so. */
function resultOf(node: ts.FunctionLikeDeclaration): string | null {
  if (ts.isGetAccessor(node)) return "any";
  const isAsync = ts.canHaveModifiers(node) && has(node, ts.SyntaxKind.AsyncKeyword);
  if (node.asteriskToken) return `${isAsync ? "Async" : ""}Generator<any, any, any>`;
  if (!contains(node.body!, returnsValue)) return null;
  return isAsync ? "Promise<any>" : "any";
}

function field(member: ts.PropertyDeclaration, region: Region): string {
  const { file } = region;
  const head = file.text.slice(member.getStart(file), member.name.end);
  const kinds = [ts.SyntaxKind.StaticKeyword, ts.SyntaxKind.AbstractKeyword, ts.SyntaxKind.DeclareKeyword];
  const mark = member.questionToken ? "?" : kinds.some((kind) => has(member, kind)) ? "" : "!";
  return `${withoutComments(head)}${mark}: ${member.type ? textOf(member.type, region) : "any"};`;
}

function has(node: ts.HasModifiers, modifier: ts.SyntaxKind): boolean {
  return ts.getModifiers(node)?.some(({ kind }) => kind === modifier) ?? false;
}

function returnsValue(node: ts.Node): boolean {
  return ts.isReturnStatement(node) && node.expression !== undefined;
}

/** Whether a function's own code, not that of a function in it, has such a node. */
function contains(node: ts.Node, is: (node: ts.Node) => boolean): boolean {
  if (is(node)) return true;
  if (ts.isFunctionLike(node) || ts.isClassLike(node)) return false;
  return ts.forEachChild(node, (child) => contains(child, is) || undefined) ?? false;
}

/** Comments of a solution may explain it. */
export function withoutComments(text: string): string {
  const scanner = ts.createScanner(ts.ScriptTarget.ES2022, false, ts.LanguageVariant.Standard, text);
  let kept = "";
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan())
    if (kind !== ts.SyntaxKind.SingleLineCommentTrivia && kind !== ts.SyntaxKind.MultiLineCommentTrivia)
      kept += scanner.getTokenText();
  return kept
    .replace(/[ \t]+(?=\n)/g, "")
    .replace(/\n{2,}/g, "\n")
    .trim();
}
