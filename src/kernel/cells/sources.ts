import ts from "typescript";
import { ownFolder, slashed } from "../packages";
import { webAssembly, webAssemblyPath } from "./libraries";
import { type Resolved, Resolutions, packageScopes, stampOf } from "./resolutions";

interface Entry {
  file: ts.SourceFile | undefined;
  /** What a local file's state was when it was read. */
  stamp: string | null;
}

/** A file of a package that was read before this process started, and the package's state then. */
export interface KnownFile {
  file: ts.SourceFile;
  stamp: string;
  imports: [string, Resolved][];
}

/** The files that a program is made of: those in memory, and those on disk, each read and parsed once. */
export class Sources {
  readonly host: ts.CompilerHost & { hasInvalidatedResolutions(path: string): boolean };
  private readonly memory = new Map<string, string>();
  private readonly entries = new Map<string, Entry>();
  private readonly resolutions: Resolutions;
  private readonly folders = new Map<string, boolean>();
  private readonly versions = new Map<string, number>();
  /** Local files with an import that was not found: it may be there the next time. */
  unresolved = new Set<string>();

  /** @param known files that need not be read again where they are as they were */
  constructor(cwd: string, options: ts.CompilerOptions, known: [string, KnownFile][]) {
    this.resolutions = new Resolutions(cwd, options, isReadersFile);
    const stampOfPackage = packageStamps();
    const same = known.filter(([path, { stamp }]) => stampOfPackage(path) === stamp);
    for (const [path, { file }] of same) this.entries.set(path, { file, stamp: null });
    for (const [path, { imports }] of same) {
      // What was found may be gone, or be another file by now.
      const there = imports.filter(
        ([, { resolvedModule }]) =>
          resolvedModule === undefined || this.entries.has(resolvedModule.resolvedFileName),
      );
      this.resolutions.adopt(path, there);
    }
    const base = ts.createCompilerHost(options);
    const scopes = packageScopes(cwd, options);
    this.host = {
      ...base,
      getCurrentDirectory: () => cwd,
      useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
      fileExists: (path) => this.memory.has(path) || base.fileExists(path),
      readFile: (path) => this.memory.get(path) ?? base.readFile(path),
      getSourceFile: (path, target) => this.read(path, target),
      resolveModuleNameLiterals: (literals, importer) =>
        literals.map(({ text }) => this.resolve(text, importer)),
      directoryExists: (path) => this.hasFolder(path),
      getModuleResolutionCache: () => scopes,
      hasInvalidatedResolutions: (path) => this.unresolved.has(path),
      writeFile: () => {},
    };
  }

  /** Puts a file into memory, over one on disk. */
  set(path: string, text: string): void {
    if (this.memory.get(path) === text) return;
    this.memory.set(path, text);
    this.entries.delete(path);
    this.changed(path);
  }

  /** Where a file's import is found. */
  resolve(name: string, importer: string): Resolved {
    return this.resolutions.resolve(name, importer, this.host);
  }

  /** How often a file's content was another one. */
  version(path: string): number {
    return this.versions.get(path) ?? 0;
  }

  /** Forgets the local files that were edited since they were read. */
  refresh(): void {
    this.folders.clear();
    for (const [path, { stamp }] of this.entries) {
      if (stamp === null || stampOf(path) === stamp) continue;
      this.entries.delete(path);
      this.changed(path);
    }
  }

  /** The files read so far that are nobody's to edit, for a process to come. */
  keep(): [string, KnownFile][] {
    const stampOfPackage = packageStamps();
    return [...this.entries].flatMap(([path, { file, stamp }]) =>
      file === undefined || stamp !== null || this.memory.has(path)
        ? []
        : [[path, { file, stamp: stampOfPackage(path), imports: this.resolutions.of(path) }]],
    );
  }

  /** Asked hundreds of times for the same few folders while one cell is checked. */
  private hasFolder(path: string): boolean {
    const known = this.folders.get(path);
    if (known !== undefined) return known;
    const isThere = ts.sys.directoryExists(path);
    this.folders.set(path, isThere);
    return isThere;
  }

  private changed(path: string): void {
    this.versions.set(path, this.version(path) + 1);
  }

  /** A file, parsed; undefined where there is none. */
  read(
    path: string,
    target: ts.ScriptTarget | ts.CreateSourceFileOptions = ts.ScriptTarget.ES2022,
  ): ts.SourceFile | undefined {
    const known = this.entries.get(path);
    if (known !== undefined) return known.file;
    const text = path === webAssemblyPath ? webAssembly : (this.memory.get(path) ?? ts.sys.readFile(path));
    // Parents are set by the binder; setting them here too would only cost time.
    const options = isPackages(path) ? { ...asOptions(target), jsDocParsingMode: withoutComments } : target;
    const file = text === undefined ? undefined : ts.createSourceFile(path, text, options);
    const stamp = isEditable(path) && !this.memory.has(path) ? stampOf(path) : null;
    this.entries.set(path, { file, stamp });
    return file;
  }
}

/** Tells the state of the package that a file belongs to: whoever installs another version writes another package.json. */
function packageStamps(): (path: string) => string {
  const known = new Map<string, string>();
  return (path) => {
    const [folder = ownFolder] = /^.*\/node_modules\/(@[^/]+\/)?[^/]+/.exec(path) ?? [];
    let stamp = known.get(folder);
    if (stamp === undefined) known.set(folder, (stamp = stampOf(`${folder}/package.json`)));
    return stamp;
  };
}

/** This package's own declarations, which stand in no `node_modules` where it is a checkout. */
const own = `${slashed(ownFolder)}/dist/`;

/** Whether a file is the reader's own, so that it may be edited while the kernel runs. */
function isEditable(path: string): boolean {
  return !path.includes("/node_modules/") && !path.startsWith(own);
}

/** Whether a file is what a package declares. */
function isPackages(path: string): boolean {
  return !isEditable(path) && /\.d\.[cm]?ts$/.test(path);
}

function asOptions(target: ts.ScriptTarget | ts.CreateSourceFileOptions): ts.CreateSourceFileOptions {
  return typeof target === "object" ? target : { languageVersion: target };
}

/** Whether a file is code of the reader's own. */
export function isReadersFile(path: string): boolean {
  return isEditable(path) && !/\.d\.[cm]?ts$/.test(path);
}

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
