import ts from "typescript";

/** What completion asks of a language service's host. */
export type CompletionHost = Pick<
  ts.LanguageServiceHost,
  "getCurrentDirectory" | "getCompilationSettings" | "useCaseSensitiveFileNames"
>;

/** What TypeScript 6 exports and does not declare: its editor services work on a program that a service did not make. */
interface Internals {
  bindSourceFile(file: ts.SourceFile, options: ts.CompilerOptions): void;
  findPrecedingToken(position: number, file: ts.SourceFile): ts.Node | undefined;
  getTouchingPropertyName(file: ts.SourceFile, position: number): ts.Node;
  getContainerNode(node: ts.Node): ts.Node;
  typeToDisplayParts(checker: ts.TypeChecker, type: ts.Type, enclosing: ts.Node): ts.SymbolDisplayPart[];
  matchFiles(
    root: string,
    extensions: readonly string[] | undefined,
    excludes: readonly string[] | undefined,
    includes: readonly string[] | undefined,
    useCaseSensitiveFileNames: boolean,
    currentDirectory: string,
    depth: number | undefined,
    getFileSystemEntries: (folder: string) => { files: readonly string[]; directories: readonly string[] },
    realpath: (path: string) => string,
  ): string[];
  SymbolDisplay: {
    getSymbolDisplayPartsDocumentationAndSymbolKind(
      checker: ts.TypeChecker,
      symbol: ts.Symbol,
      file: ts.SourceFile,
      enclosing: ts.Node,
      node: ts.Node,
    ): {
      symbolKind: ts.ScriptElementKind;
      displayParts: ts.SymbolDisplayPart[];
      documentation: ts.SymbolDisplayPart[];
      tags: ts.JSDocTagInfo[] | undefined;
    };
    getSymbolModifiers(checker: ts.TypeChecker, symbol: ts.Symbol): string;
  };
  Completions: {
    getCompletionsAtPosition(
      host: CompletionHost,
      program: ts.Program,
      log: (text: string) => void,
      file: ts.SourceFile,
      position: number,
      preferences: ts.UserPreferences,
      trigger: undefined,
      kind: ts.CompletionTriggerKind,
      cancellation: ts.CancellationToken,
      format: undefined,
      includeSymbol: true,
    ): (ts.CompletionInfo & { entries: { symbol?: ts.Symbol }[] }) | undefined;
    getCompletionEntryDetails(
      program: ts.Program,
      log: (text: string) => void,
      file: ts.SourceFile,
      position: number,
      entry: { name: string; source?: string | undefined; data?: ts.CompletionEntryData | undefined },
      host: CompletionHost,
      format: undefined,
      preferences: ts.UserPreferences,
      cancellation: ts.CancellationToken,
    ): ts.CompletionEntryDetails | undefined;
  };
}

export const internals = ts as unknown as Internals;

/** The names that a file declares at its top. */
export function localsOf(file: ts.SourceFile): Map<ts.__String, ts.Symbol> {
  return (
    (file as unknown as { locals?: Map<ts.__String, ts.Symbol> }).locals ?? new Map<ts.__String, ts.Symbol>()
  );
}

export const never: ts.CancellationToken = {
  isCancellationRequested: () => false,
  throwIfCancellationRequested: () => {},
};
