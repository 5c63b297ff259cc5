import ts from "typescript";

/** What TypeScript notes, and does not declare. */
interface Noted {
  jsDocParsingMode?: ts.JSDocParsingMode;
  jsDoc?: (ts.Node & { parent: ts.Node })[];
}

/**
 * How the declarations of packages are read: without their doc comments, which are a tenth of what a kernel starts with
 * and mean nothing to what cells are checked by. TypeScript: `JSDocParsingMode`.
 */
export const withoutComments = ts.JSDocParsingMode.ParseNone;

/** Reads the doc comments of the files that declare a name, before it is asked for its own for the first time. */
export function readComments(symbol: ts.Symbol | undefined, checker: ts.TypeChecker): void {
  const isAlias = symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0;
  const declared = isAlias ? checker.getAliasedSymbol(symbol) : symbol;
  for (const declaration of declared?.declarations ?? []) {
    const file = declaration.getSourceFile();
    const noted = file as Noted;
    if (noted.jsDocParsingMode !== withoutComments) continue;
    noted.jsDocParsingMode = ts.JSDocParsingMode.ParseAll;
    copyComments(ts.createSourceFile(file.fileName, file.text, file.languageVersion, true), file);
  }
}

/** From a file's tree to another of the same text. */
function copyComments(from: ts.Node, to: ts.Node): void {
  const { jsDoc } = from as Noted;
  if (jsDoc !== undefined) {
    for (const comment of jsDoc) comment.parent = to;
    (to as Noted).jsDoc = jsDoc;
  }
  const children: ts.Node[] = [];
  ts.forEachChild(to, (child) => void children.push(child));
  let i = 0;
  ts.forEachChild(from, (child) => copyComments(child, children[i++]!));
}
