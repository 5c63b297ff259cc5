import { relative } from "node:path/posix";
import ts from "typescript";
import { shortenFlow } from "./flow";
import { cellOptions } from "./options";
import { type KnownFile, Sources } from "./sources";
import { webAssemblyPath } from "./webassembly";
import { SteadyImports } from "./steady";

/** The cell and what it can see, checked. */
export interface Checked {
  program: ts.Program;
  checker: ts.TypeChecker;
  cell: ts.SourceFile;
  /** What the earlier cells declared. */
  earlier: ts.SourceFile;
}

/** TypeScript's number for a module that it cannot find. */
export const notFound = 2307;

/** TypeScript's program of the notebook: the cell at hand, the names of earlier cells, and all that they import. */
export class Notebook {
  readonly options: ts.CompilerOptions;
  readonly notices: string[];
  readonly sources: Sources;
  readonly cellPath: string;
  private readonly earlierPath: string;
  private readonly modules = new Set<string>();
  private readonly imports = new SteadyImports();
  private program: ts.Program | undefined;
  private length = 0;

  constructor(
    readonly cwd: string,
    known: [string, KnownFile][],
  ) {
    ({ options: this.options, notices: this.notices } = cellOptions(cwd));
    this.sources = new Sources(cwd, this.options, known);
    this.cellPath = this.inFolder("__tslab__.ts");
    this.earlierPath = this.inFolder("__prev__.d.ts");
  }

  /** A module in memory. tslab: `@module`. */
  addModule(path: string, text: string): void {
    this.modules.add(path);
    this.sources.set(path, text);
  }

  check(declarations: string, cell: string): Checked {
    this.sources.refresh();
    this.sources.set(this.earlierPath, this.imports.completed(`${declarations}\nexport {};\n`));
    this.length = cell.length;
    this.sources.set(this.cellPath, this.imports.completed(cell));
    this.program = ts.createProgram({
      rootNames: [webAssemblyPath, this.earlierPath, this.cellPath, ...this.modules],
      options: this.options,
      host: this.sources.host,
      ...(this.program ? { oldProgram: this.program } : {}),
    });
    const { program } = this;
    const file = program.getSourceFile(this.cellPath)!;
    const earlier = program.getSourceFile(this.earlierPath)!;
    this.imports.learn(file, program);
    // tslab's TypeScript looks a name up in a file's parent: so a cell sees the names of earlier ones, and may shadow them.
    (file as { parent: ts.Node }).parent = earlier;
    shortenFlow(file, this.options);
    return { program, checker: program.getTypeChecker(), cell: file, earlier };
  }

  /** TypeScript's complaints about files, as if nothing had been added to the cell. */
  diagnose({ program, cell }: Checked, files: readonly ts.SourceFile[]): ts.Diagnostic[] {
    const end = this.length;
    return files
      .flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)])
      .filter(({ file, start = 0, code }) => file !== cell || start < end || code !== notFound)
      .map((found) =>
        found.file === cell && found.start! > end ? { ...found, start: end, length: 0 } : found,
      );
  }

  /** A file beside the notebook; the root of all folders ends in a slash as it is. */
  inFolder(name: string): string {
    return `${this.cwd.replace(/\/$/, "")}/${name}`;
  }

  /** A path as the reader would write it in the notebook. */
  relative(path: string): string {
    return relative(this.cwd, path);
  }
}
