import ts from "typescript";
import { normalised, withWords } from "./search";

/** A whole statement, or another whole piece of code. */
interface Piece {
  kind: "statement" | "expression" | "message" | "line";
  /** As it is compared: without comments, and perhaps without types, as compiled code is. */
  text: string;
  /** The same with a space between two words. */
  words: string;
  shown: string;
  start: number;
}

/** In letters: a shorter piece may stand anywhere by chance; one of few tokens must be longer. */
const shortest = 6;
const shortestOfFew = 8;
const fewestTokens = 4;
const shortestPhrase = 12;
/** A value by itself, without the name that it is given, must be longer still. */
const fewestOfValue = 30;

/**
 * The statements and members that lie in what is hidden, at every depth, and what else lies there whole.
 * @param isTest whether what assertions test and say counts too
 */
export function piecesOf(
  file: ts.SourceFile,
  isHidden: (start: number, end: number) => boolean,
  isTest: (start: number) => boolean,
): Piece[] {
  const pieces: Piece[] = [];
  const isWithin = (node: ts.Node): boolean => isHidden(node.getStart(file), node.end);
  const add = (kind: Piece["kind"], node: ts.Node): void => {
    const start = node.getStart(file);
    const shown = file.text.slice(start, node.end);
    const [typed, bare] = [codeOf(node, file, false), codeOf(node, file, true)];
    for (const code of typed === bare ? [typed] : [typed, bare])
      if (code !== null && (kind !== "line" || code.length >= fewestOfValue))
        pieces.push({ kind, text: normalised(code), words: withWords(code), shown, start });
  };
  const visit = (node: ts.Node): void => {
    if (isWithin(node)) {
      if (isUnit(node)) {
        if (!isTrivial(node)) add("statement", node);
      } else if (!ts.isBlock(node) && !isWithin(node.parent)) add("expression", node);
      const value = valueOf(node);
      if (value) add("line", value);
      if (isTest(node.getStart(file))) for (const [kind, part] of assertedBy(node)) add(kind, part);
    }
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  return pieces;
}

/** The statements and members of code, as they are compared. */
export function statementsOf(file: ts.SourceFile): Set<string> {
  const all = piecesOf(
    file,
    () => true,
    () => false,
  );
  return new Set(all.flatMap(({ kind, text }) => (kind === "statement" ? [text] : [])));
}

/** The code's tokens, each with the comments before it. */
export function* tokensOf(node: ts.Node, file: ts.SourceFile): Generator<ts.Node> {
  if (ts.isJSDoc(node)) return;
  const children = node.getChildren(file);
  if (children.length === 0) yield node;
  else for (const child of children) yield* tokensOf(child, file);
}

function isUnit(node: ts.Node): boolean {
  return (ts.isStatement(node) && !ts.isBlock(node)) || ts.isClassElement(node);
}

/** What begins a great many programs: `let sum = 0;`, `return [];`, `console.log(x);`. */
function isTrivial(node: ts.Node): boolean {
  if (ts.isReturnStatement(node)) return node.expression === undefined || isNeutral(node.expression);
  if (ts.isVariableStatement(node))
    return node.declarationList.declarations.every(
      ({ initializer }) => !initializer || isNeutral(initializer),
    );
  if (!ts.isExpressionStatement(node) || !ts.isCallExpression(node.expression)) return false;
  const { expression, arguments: values } = node.expression;
  return (
    ts.isPropertyAccessExpression(expression) &&
    expression.expression.getText() === "console" &&
    values.every(ts.isIdentifier)
  );
}

function isNeutral(node: ts.Expression): boolean {
  if (ts.isArrayLiteralExpression(node)) return node.elements.length === 0;
  if (ts.isObjectLiteralExpression(node)) return node.properties.length === 0;
  if (ts.isNewExpression(node)) return (node.arguments ?? []).length === 0;
  return ts.isIdentifier(node) || /^(?:-?[01]|true|false|null|""|'')$/.test(node.getText());
}

/** What a statement computes, however it keeps it. */
function valueOf(node: ts.Node): ts.Expression | undefined {
  if (ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node)) return node.initializer;
  if (ts.isReturnStatement(node)) return node.expression;
  if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) return node.body;
  if (!ts.isBinaryExpression(node)) return undefined;
  const { kind } = node.operatorToken;
  const isAssignment = kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
  return isAssignment ? node.right : undefined;
}

/** What a statement of a test asserts, and what it says where that does not hold. */
function assertedBy(node: ts.Node): [Piece["kind"], ts.Node][] {
  if (ts.isIfStatement(node)) return [["expression", node.expression]];
  if (ts.isThrowStatement(node)) return messagesIn(node.expression);
  if (!ts.isExpressionStatement(node)) return [];
  const call = ts.isAwaitExpression(node.expression) ? node.expression.expression : node.expression;
  const [condition] = ts.isCallExpression(call) ? call.arguments : [];
  const isFunction = condition && (ts.isArrowFunction(condition) || ts.isFunctionExpression(condition));
  const asserted: [Piece["kind"], ts.Node][] =
    condition && ts.isBinaryExpression(condition) && !isFunction ? [["expression", condition]] : [];
  return [...asserted, ...messagesIn(node.expression)];
}

function messagesIn(node: ts.Node): [Piece["kind"], ts.Node][] {
  if (ts.isFunctionLike(node)) return [];
  if (ts.isStringLiteralLike(node)) return /\s/.test(node.text.trim()) ? [["message", node]] : [];
  const messages: [Piece["kind"], ts.Node][] = [];
  ts.forEachChild(node, (child) => void messages.push(...messagesIn(child)));
  return messages;
}

/** A piece's tokens, with spaces between them; null where it says too little. */
function codeOf(node: ts.Node, file: ts.SourceFile, isErased: boolean): string | null {
  const all = isErased ? erased(node, file) : [...tokensOf(node, file)].map((token) => token.getText(file));
  const tokens = /^[;,]$/.test(all.at(-1) ?? "") ? all.slice(0, -1) : all;
  const isPhrase = ts.isStringLiteralLike(node);
  const code = tokens.join(" ");
  const { length } = normalised(code);
  if (!/\p{L}/u.test(code)) return null;
  if (isPhrase) return length >= shortestPhrase ? code : null;
  const isLong = length >= (tokens.length > fewestTokens ? shortest : shortestOfFew);
  return isLong && tokens.length >= fewestTokens ? code : null;
}

const typeModifiers = new Set([
  ts.SyntaxKind.PublicKeyword,
  ts.SyntaxKind.PrivateKeyword,
  ts.SyntaxKind.ProtectedKeyword,
  ts.SyntaxKind.ReadonlyKeyword,
  ts.SyntaxKind.AbstractKeyword,
  ts.SyntaxKind.OverrideKeyword,
  ts.SyntaxKind.DeclareKeyword,
]);

/** What may have types between `<` and `>`. */
interface Generic {
  typeArguments?: ts.NodeArray<ts.TypeNode>;
  typeParameters?: ts.NodeArray<ts.TypeParameterDeclaration>;
}

/** The tokens that are left when the types are gone. */
function erased(node: ts.Node, file: ts.SourceFile): string[] {
  if (ts.isJSDoc(node) || typeModifiers.has(node.kind)) return [];
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isNonNullExpression(node))
    return erased(node.expression, file);
  const children = node.getChildren(file);
  if (children.length === 0) return [node.getText(file)];
  const { typeArguments, typeParameters } = node as Generic;
  const lists = [typeArguments?.pos, typeParameters?.pos];
  const tokens: string[] = [];
  let isClosing = false;
  for (const child of children) {
    if (isClosing && child.kind === ts.SyntaxKind.GreaterThanToken) {
      isClosing = false;
      continue;
    }
    const isType = ts.isTypeNode(child) && !ts.isExpressionWithTypeArguments(child);
    if (isType && tokens.at(-1) === ":") tokens.pop();
    if (isType) continue;
    if (child.kind === ts.SyntaxKind.SyntaxList && lists.includes(child.pos)) {
      tokens.pop();
      isClosing = true;
      continue;
    }
    const isOptional = child.kind === ts.SyntaxKind.QuestionToken && !ts.isConditionalExpression(node);
    if (isOptional || (child.kind === ts.SyntaxKind.ExclamationToken && !ts.isPrefixUnaryExpression(node)))
      continue;
    tokens.push(...erased(child, file));
  }
  return tokens;
}
