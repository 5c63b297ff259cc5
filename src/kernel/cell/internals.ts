import ts from "@tslab/typescript-for-tslab";

/** What tslab's TypeScript shows of its inside, and is used here. */
interface Internals {
  bindSourceFile(file: ts.SourceFile, options: ts.CompilerOptions): void;
  findPrecedingToken(position: number, file: ts.SourceFile): ts.Node | undefined;
  getQuickInfoAtPosition(
    file: ts.SourceFile,
    checker: ts.TypeChecker,
    cancellation: ts.CancellationToken,
    position: number,
  ): ts.QuickInfo | undefined;
  Completions: {
    getCompletionsAtPositionForTslab(
      host: object,
      program: ts.Program,
      log: (text: string) => void,
      file: ts.SourceFile,
      position: number,
      preferences: ts.UserPreferences,
      trigger: undefined,
      kind: ts.CompletionTriggerKind,
      cancellation: ts.CancellationToken,
    ): ts.CompletionInfo | undefined;
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
