import { isBuiltin } from "node:module";
import ts from "@tslab/typescript-for-tslab";

/** What TypeScript notes of a file's imports when it makes a program. */
interface Imports {
  imports?: readonly ts.StringLiteralLike[];
  resolvedModules?: { get(name: string, mode: undefined): { resolvedModule?: object } | undefined };
}

/**
 * Lets every cell import the packages that earlier ones did, for their types, which leaves nothing in what is emitted:
 * where a file no longer imports a package, or does for the first time, TypeScript goes through all files of the program
 * anew.
 */
export class SteadyImports {
  private packages: string[] = [];

  /** The text, and what it lacks; nothing in it moves. */
  completed(text: string): string {
    const own = new Set(ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName));
    const lacking = this.packages.filter((name) => !own.has(name));
    return text + lacking.map((name) => `export type {} from ${JSON.stringify(name)};`).join("");
  }

  /** Remembers what a file imports, of what was found. */
  learn(file: ts.SourceFile): void {
    const { imports = [], resolvedModules } = file as Imports;
    const isFound = (name: string): boolean =>
      isBuiltin(name) || resolvedModules?.get(name, undefined)?.resolvedModule !== undefined;
    const names = new Set(imports.map(({ text }) => text));
    this.packages = [...names].filter((name) => !ts.isExternalModuleNameRelative(name) && isFound(name));
  }
}
