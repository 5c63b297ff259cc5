import ts from "typescript";
import { type CompletionHost, internals, localsOf, never } from "./typescriptinternals";
import type { Checked } from "./program";
import { readComments } from "./sources";

/** A name that may stand at a position. Jupyter: an entry of `_jupyter_types_experimental`. */
export interface Completion {
  text: string;
  /** What it is, in IPython's words, by which front ends choose icons. */
  type: string;
  /** What it is in TypeScript, and what its doc comment says; told of the best alone, since finding out takes time. */
  signature?: string;
  documentation?: string;
}

/** What stands there is replaced from `start` to `end`, in UTF-16. */
export interface Completions {
  start: number;
  end: number;
  entries: Completion[];
}

/** Where packages and files are looked for. */
const hostOf = (program: ts.Program): CompletionHost => ({
  ...ts.sys,
  useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
  getCompilationSettings: () => program.getCompilerOptions(),
});

/** So many entries are described. */
const described = 20;

/** TypeScript's kinds in IPython's words. */
const types: { [kind: string]: string } = {
  alias: "module",
  class: "class",
  const: "instance",
  directory: "path",
  enum: "class",
  "external module name": "module",
  function: "function",
  getter: "property",
  interface: "class",
  keyword: "keyword",
  let: "instance",
  "local class": "class",
  "local function": "function",
  "local var": "instance",
  method: "function",
  module: "module",
  parameter: "param",
  property: "property",
  script: "path",
  setter: "property",
  type: "class",
  var: "instance",
};

/** The names that may stand at a position, best first: the nearest match, then what the notebook itself declared. */
export function completions(checked: Checked, position: number): Completions {
  const { program, cell, earlier } = checked;
  const info = internals.Completions.getCompletionsAtPosition(
    hostOf(program),
    program,
    () => {},
    cell,
    position,
    {},
    undefined,
    ts.CompletionTriggerKind.Invoked,
    never,
    undefined,
    true,
  );
  const whole = replaced(cell, position);
  // Of a path TypeScript offers what comes after the last slash, and of a package its whole name.
  const isFragment = info !== undefined && info.entries[0]?.replacementSpan === undefined;
  const isImport = isModuleName(cell, position);
  const slash = isImport && isFragment ? cell.text.lastIndexOf("/", position - 1) + 1 : 0;
  const span = { ...whole, start: Math.max(whole.start, slash) };
  const typed = cell.text.slice(span.start, position);
  const own = new Set([...localsOf(cell).keys(), ...localsOf(earlier).keys()].map(String));
  const ranked = new Map<string, { name: string; kind: string; key: string; symbol?: ts.Symbol }>();
  const isPackage = isImport && !/[./]/.test(cell.text.slice(whole.start, position));
  const offered = (isPackage ? everywhere : []).map((name) => ({
    name,
    sortText: "",
    kind: ts.ScriptElementKind.externalModuleName,
    symbol: undefined,
  }));
  for (const { name, sortText, kind, symbol } of [...offered, ...(info?.entries ?? [])]) {
    const match = matchOf(name, typed);
    if (match === null || ranked.has(name)) continue;
    if (
      sortText === global &&
      !own.has(name) &&
      kind !== ts.ScriptElementKind.keyword &&
      !isThere(name, kind)
    )
      continue;
    const key = `${match}${own.has(name) ? 0 : 1}${sortText}`;
    ranked.set(name, { name, kind, key, ...(symbol ? { symbol } : {}) });
  }
  const best = [...ranked.values()].sort((a, b) =>
    a.key < b.key ? -1 : a.key > b.key ? 1 : a.name < b.name ? -1 : 1,
  );
  for (const { symbol } of best.slice(0, described)) readComments(symbol, checked.checker);
  const entries = best.map(({ name, kind }, i) => {
    const more = i < described ? description(checked, position, name) : {};
    // What was imported is told apart by what it is.
    const [, imported] = /^\(alias\) (\w+)/.exec(more.signature ?? "") ?? [];
    return { text: name, type: types[imported ?? kind] ?? kind, ...more };
  });
  return { ...span, entries };
}

/** Packages that a cell of any folder can import. */
const everywhere = ["tslab-gradients", "@tensorflow/tfjs", "tslab"];

/** Whether what stands there names a module that is imported. */
function isModuleName(cell: ts.SourceFile, position: number): boolean {
  const token = internals.findPrecedingToken(position, cell);
  if (!token || !ts.isStringLiteralLike(token) || token.getStart(cell) >= position) return false;
  const { parent } = token;
  const isCall = ts.isCallExpression(parent) && parent.expression.kind === ts.SyntaxKind.ImportKeyword;
  return ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent) || isCall;
}

/** TypeScript's mark of a name that every file sees. */
const global = "15";

/** Whether Node has a global that some package declares, such as those of browsers. Types are nowhere at run time. */
function isThere(name: string, kind: ts.ScriptElementKind): boolean {
  const isValue = !["interface", "type", "module"].includes(kind);
  return !isValue || name in globalThis;
}

function description(
  { program, cell }: Checked,
  position: number,
  name: string,
): Pick<Completion, "signature" | "documentation"> {
  const details = internals.Completions.getCompletionEntryDetails(
    program,
    () => {},
    cell,
    position,
    { name },
    hostOf(program),
    undefined,
    {},
    never,
  );
  const signature = ts.displayPartsToString(details?.displayParts);
  const documentation = ts.displayPartsToString(details?.documentation);
  return { ...(signature ? { signature } : {}), ...(documentation ? { documentation } : {}) };
}

/** The identifier, or the string's text, around the position. */
function replaced(cell: ts.SourceFile, position: number): { start: number; end: number } {
  const word = /[\p{ID_Continue}$]/u;
  const token = internals.findPrecedingToken(position, cell);
  if (token && ts.isStringLiteralLike(token) && token.getStart(cell) < position) {
    const start = token.getStart(cell) + 1;
    const isEnded = token.end > start && cell.text[token.end - 1] === cell.text[start - 1];
    if (!isEnded || position < token.end)
      return { start, end: Math.max(position, isEnded ? token.end - 1 : position) };
  }
  let [start, end] = [position, position];
  while (start > 0 && word.test(cell.text[start - 1]!)) start--;
  while (end < cell.text.length && word.test(cell.text[end]!)) end++;
  return { start, end };
}

/** 0: begins so; 1: begins so but for the case; 2: holds it. */
function matchOf(name: string, typed: string): number | null {
  if (name.startsWith(typed)) return 0;
  const [lower, wanted] = [name.toLowerCase(), typed.toLowerCase()];
  if (lower.startsWith(wanted)) return 1;
  return lower.includes(wanted) ? 2 : null;
}

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
