import { isBuiltin } from "node:module";
import { relative } from "node:path/posix";
import ts from "typescript";
import { internals } from "./typescriptinternals";
import { webAssemblyPath } from "./libraries";
import { cellOptions } from "./options";
import { type KnownFile, Sources } from "./sources";

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
  private readonly imports = new CarriedImports();
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

/** What TypeScript notes of a file's imports when it makes a program. */
interface Imports {
  imports?: readonly ts.StringLiteralLike[];
}

/** Where a program notes what it found. */
interface ProgramResolutions {
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
class CarriedImports {
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
    const resolutions = program as unknown as ProgramResolutions;
    const isFound = (name: ts.StringLiteralLike): boolean =>
      isBuiltin(name.text) ||
      resolutions.getResolvedModuleFromModuleSpecifier(name, file)?.resolvedModule !== undefined;
    const packages = imports.filter((name) => !ts.isExternalModuleNameRelative(name.text) && isFound(name));
    this.packages = [...new Set(packages.map(({ text }) => text))];
  }
}

/** What TypeScript notes of what ran before a place. */
interface FlowNode {
  flags: number;
  node?: ts.Node;
  antecedent?: FlowNode | FlowNode[];
}

/** Calls in TypeScript's flow: any might be of a function that asserts something of its arguments. */
const call = 1 << 9;
const assignment = 1 << 4;

/** From so many statements at its top on a cell is checked without them; nobody writes such a cell by hand. */
const longCell = 1000;

/**
 * Spares a long cell what makes checking it take a time that grows with the square of its length: from each name
 * TypeScript walks back over all that ran before, to see whether a call asserted something of it or `x += 1` changed its
 * type. Such cells are checked without that.
 */
function shortenFlow(cell: ts.SourceFile, options: ts.CompilerOptions): void {
  if (cell.statements.length < longCell) return;
  internals.bindSourceFile(cell, options);
  const seen = new Set<FlowNode>();
  const known = new Map<FlowNode, FlowNode>();
  const past = (flow: FlowNode): FlowNode => {
    const way: FlowNode[] = [];
    let at = flow;
    for (; isIdle(at) && !known.has(at); at = at.antecedent as FlowNode) way.push(at);
    const end = known.get(at) ?? at;
    for (const each of way) known.set(each, end);
    return end;
  };
  const shorten = (from: FlowNode): void => {
    const waiting = [from];
    for (let flow = waiting.pop(); flow !== undefined; flow = waiting.pop()) {
      if (seen.has(flow)) continue;
      seen.add(flow);
      const { antecedent } = flow;
      if (antecedent === undefined) continue;
      flow.antecedent = Array.isArray(antecedent) ? antecedent.map(past) : past(antecedent);
      waiting.push(...[flow.antecedent].flat());
    }
  };
  const visit = (node: ts.Node): void => {
    const noted = node as { flowNode?: FlowNode; endFlowNode?: FlowNode; returnFlowNode?: FlowNode };
    for (const key of ["flowNode", "endFlowNode", "returnFlowNode"] as const) {
      const flow = noted[key];
      if (flow === undefined) continue;
      noted[key] = past(flow);
      shorten(noted[key]!);
    }
    ts.forEachChild(node, visit);
  };
  visit(cell);
}

function isIdle({ flags, node }: FlowNode): boolean {
  if ((flags & call) !== 0) return true;
  if ((flags & assignment) === 0 || node === undefined) return false;
  const { parent } = node;
  if (ts.isBinaryExpression(parent))
    return parent.left === node && parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken;
  return ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent);
}
