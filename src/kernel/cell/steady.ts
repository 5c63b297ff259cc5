import { isBuiltin } from "node:module";
import ts from "typescript";

/** What TypeScript notes of a file's imports when it makes a program. */
interface Imports {
  imports?: readonly ts.StringLiteralLike[];
}

/** Where it notes what it found. */
interface Resolutions {
  getResolvedModuleFromModuleSpecifier(
    name: ts.StringLiteralLike,
    file: ts.SourceFile,
  ): { resolvedModule?: object } | undefined;
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
  learn(file: ts.SourceFile, program: ts.Program): void {
    const { imports = [] } = file as Imports;
    const resolutions = program as unknown as Resolutions;
    const isFound = (name: ts.StringLiteralLike): boolean =>
      isBuiltin(name.text) ||
      resolutions.getResolvedModuleFromModuleSpecifier(name, file)?.resolvedModule !== undefined;
    const packages = imports.filter((name) => !ts.isExternalModuleNameRelative(name.text) && isFound(name));
    this.packages = [...new Set(packages.map(({ text }) => text))];
  }
}
