import ts from "typescript";
import { isChinese, type Notebook } from "./notebook";

/** A solution's stretch of a cell, and what its stub has to know. */
export interface Region {
  /** The cell without its marks, its positions kept. */
  file: ts.SourceFile;
  start: number;
  end: number;
  indent: string;
  /** The names that the rest of the notebook uses. */
  needed: ReadonlySet<string>;
  words: StubWords;
}

/** Where a region lies. */
interface Place {
  /** The innermost node around it. */
  around: ts.Node;
  /** The children of that node which it holds whole. */
  held: ts.Node[];
  /** Whether it cuts through another child. */
  isCut: boolean;
}

export function placeOf({ file, start, end }: Region): Place {
  let around: ts.Node = file;
  for (;;) {
    const children = childrenOf(around);
    const next =
      children.find((child) => child.getStart(file) < start && child.end > end) ??
      // A clause ends with its last statement, before the mark.
      children.find((child) => ts.isCaseOrDefaultClause(child) && isCut(child));
    if (!next) {
      const held = children.filter((child) => child.getStart(file) >= start && child.end <= end);
      return { around, held, isCut: children.some(isCut) };
    }
    around = next;
  }

  function isCut(child: ts.Node): boolean {
    const from = child.getStart(file);
    return (from < start && child.end > start) || (from < end && child.end > end && from >= start);
  }
}

/** The function that a node's statements run in, if any. */
export function functionAround(node: ts.Node): ts.FunctionLikeDeclaration | undefined {
  for (let at = node; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isClassStaticBlockDeclaration(at)) return undefined;
    if (ts.isFunctionLike(at)) return at as ts.FunctionLikeDeclaration;
  }
  return undefined;
}

/** The white space before a node that begins a line. */
export function indentOf(node: ts.Node, { file, indent }: Region): string {
  const start = node.getStart(file);
  const before = file.text.slice(file.text.lastIndexOf("\n", start - 1) + 1, start);
  return before.trim() === "" ? before : indent;
}

export function textOf(node: ts.Node, { file }: Region): string {
  return file.text.slice(node.getStart(file), node.end);
}

function childrenOf(node: ts.Node): ts.Node[] {
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    if (child.kind !== ts.SyntaxKind.EndOfFileToken) children.push(child);
  });
  return children;
}

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

/** A function or a method with its own signature, and a body that only throws. */
function throwingFunction(node: ts.FunctionLikeDeclaration, region: Region): string {
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
function throwingClass(node: ts.ClassLikeDeclaration, region: Region): string {
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

/** What must follow the `throw` so that TypeScript infers a result for the function around, and not `never`. */
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

/** A parameter's default value may hold the solution, and becomes `undefined`; plain values stay as a part of the signature. */
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

/** A name, or a member of one: `size`, `Activation.tanh`. */
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
function withoutComments(text: string): string {
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

/** What stands where a solution stood, in the notebook's language. */
export interface StubWords {
  /** A comment in code. */
  code: string;
  /** What code says that was not written yet. */
  unsolved: string;
  /** A cell, or a part of one, in Markdown. */
  answer: string;
}

const stubEnglish: StubWords = {
  code: "// Your code here.",
  unsolved: "Not solved yet.",
  answer: "*Your answer here.*",
};
const stubChinese: StubWords = {
  code: "// 在此写你的代码。",
  unsolved: "尚未作答。",
  answer: "*在此作答。*",
};

export function stubWordsOf(notebook: Notebook): StubWords {
  return isChinese(notebook) ? stubChinese : stubEnglish;
}
