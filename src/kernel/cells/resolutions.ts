import { statSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname } from "node:path/posix";
import ts from "typescript";
import { lookupFolder, packageFolder, slashed } from "../packages";

/** Where TypeScript found a module. */
export type Resolved = ts.ResolvedModuleWithFailedLookupLocations;

/** A package that one of the reader's files imports, and the state of all that it was found by. */
interface Package {
  resolved: Resolved;
  stamp: string;
}

/**
 * What declarations in packages import: looked up once, since nobody edits them. The reader's own files look anew, for a
 * package only where another one may be found: reading its package.json takes as long as checking a small cell.
 */
export class Resolutions {
  private readonly found = new Map<string, Map<string, Resolved>>();
  private readonly packages = new Map<string, Package>();
  /** What is the same in every folder, and stays so while the kernel lives. */
  private readonly shared = new Map<string, Resolved>();
  private readonly folder: string;
  private readonly cache: ts.ModuleResolutionCache;

  constructor(
    cwd: string,
    private readonly options: ts.CompilerOptions,
    private readonly isLocal: (path: string) => boolean,
  ) {
    this.cache = ts.createModuleResolutionCache(cwd, (name) => name, options);
    this.folder = packageFolder(cwd);
  }

  resolve(name: string, importer: string, host: ts.ModuleResolutionHost): Resolved {
    if (isNodes(name)) return { resolvedModule: undefined } as Resolved;
    // Also where the declarations of earlier cells import it.
    const shared = importer.includes("/node_modules/") ? null : this.resolveShared(name, host);
    if (shared !== null) return shared;
    if (this.isLocal(importer)) return this.resolveAnew(name, importer, host);
    const known = this.found.get(importer)?.get(name);
    if (known !== undefined) return known;
    const resolved = moduleFound(name, importer, this.options, host, this.cache);
    if (resolved.resolvedModule !== undefined) this.adopt(importer, [[name, resolved]]);
    return resolved;
  }

  /** What a cell gets of it at run time: see `sharePackages`. */
  private resolveShared(name: string, host: ts.ModuleResolutionHost): Resolved | null {
    const known = this.shared.get(name);
    if (known !== undefined) return known;
    const folder = lookupFolder(name, this.folder);
    if (folder === null) return null;
    const importer = `${slashed(folder)}/cell.ts`;
    const resolved = moduleFound(name, importer, this.options, host);
    if (resolved.resolvedModule === undefined) return null;
    this.shared.set(name, resolved);
    return resolved;
  }

  private resolveAnew(name: string, importer: string, host: ts.ModuleResolutionHost): Resolved {
    const key = `${dirname(importer)} ${name}`;
    const known = this.packages.get(key);
    if (known !== undefined && stampOfPackage(name, importer, known.resolved, host) === known.stamp)
      return known.resolved;
    const resolved = moduleFound(name, importer, this.options, host);
    const stamp = stampOfPackage(name, importer, resolved, host);
    if (stamp === null) this.packages.delete(key);
    else this.packages.set(key, { resolved, stamp });
    return resolved;
  }

  /** The modules found for a file. */
  of(importer: string): [string, Resolved][] {
    return [...(this.found.get(importer) ?? [])];
  }

  adopt(importer: string, resolved: [string, Resolved][]): void {
    const known = this.found.get(importer) ?? new Map<string, Resolved>();
    for (const [name, where] of resolved) known.set(name, where);
    this.found.set(importer, known);
  }
}

/** Whether a name means a module of Node's, which its types declare by that name: there is no file to look for. */
function isNodes(name: string): boolean {
  return name.startsWith("node:") || isBuiltin(name);
}

/** What a cell gets of a module: what `require` finds of it, and what `import` finds where that is nothing. */
function moduleFound(
  name: string,
  importer: string,
  options: ts.CompilerOptions,
  host: ts.ModuleResolutionHost,
  cache?: ts.ModuleResolutionCache,
): Resolved {
  const by = (mode: ts.ResolutionMode): Resolved =>
    ts.resolveModuleName(name, importer, options, host, cache, undefined, mode);
  const required = by(ts.ModuleKind.CommonJS);
  return required.resolvedModule === undefined ? by(ts.ModuleKind.ESNext) : required;
}

/**
 * The state of a package's package.json and of the file found, and which folders on the way up have a package of the name.
 * @returns null for what is no package's file
 */
function stampOfPackage(
  name: string,
  importer: string,
  { resolvedModule }: Resolved,
  host: ts.ModuleResolutionHost,
): string | null {
  if (resolvedModule === undefined || ts.isExternalModuleNameRelative(name)) return null;
  const { resolvedFileName: file, originalPath } = resolvedModule as ts.ResolvedModuleFull & {
    originalPath?: string;
  };
  const path = originalPath ?? file;
  const folder = /^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name;
  const own = path.lastIndexOf(`/node_modules/${folder}/`);
  if (own < 0) return null;
  const root = path.slice(0, own);
  const nearer: boolean[] = [];
  for (let at = dirname(importer); at !== root && at.length > root.length; at = dirname(at))
    nearer.push(host.directoryExists?.(`${at}/node_modules/${folder}`) ?? false);
  return [stampOf(`${root}/node_modules/${folder}/package.json`), stampOf(file), ...nearer].join();
}

/** What TypeScript keeps of a folder's package.json, under its path; of a folder of no package, whether it is there. */
type PackageJsonInfo =
  | { packageDirectory: string; contents: { packageJsonContent: object } }
  | { packageDirectory: string; directoryExists: boolean };

/**
 * The package that each folder belongs to. TypeScript asks for every file of every program, hundreds of times for a cell,
 * and goes up from folder to folder itself; here a folder knows at once. To be used for files alone: modules are resolved
 * elsewhere.
 */
export function packageScopes(cwd: string, options: ts.CompilerOptions): ts.ModuleResolutionCache {
  const known = new Map<string, PackageJsonInfo>();
  const getPackageJsonInfo = (path: string): PackageJsonInfo => {
    const before = known.get(path);
    if (before !== undefined) return before;
    const found = find(path, path.slice(0, path.lastIndexOf("/")));
    known.set(path, found);
    return found;
  };
  const find = (path: string, folder: string): PackageJsonInfo => {
    const none = { packageDirectory: folder, directoryExists: ts.sys.directoryExists(folder) };
    if (!none.directoryExists) return none;
    if (ts.sys.fileExists(path)) {
      const { config } = ts.readConfigFile(path, ts.sys.readFile) as { config?: object };
      return { packageDirectory: folder, contents: { packageJsonContent: config ?? {} } };
    }
    const slash = folder.lastIndexOf("/");
    if (slash < 0) return none;
    const above = getPackageJsonInfo(`${folder.slice(0, slash)}/package.json`);
    return "contents" in above ? { ...above, packageDirectory: folder } : none;
  };
  const cache = ts.createModuleResolutionCache(cwd, (name) => name, options);
  const infos = { ...cache.getPackageJsonInfoCache(), getPackageJsonInfo, isReadonly: true };
  return { ...cache, getPackageJsonInfoCache: () => infos };
}

/** A file's state, which is another one after every edit; empty where there is no file. */
export function stampOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? "" : `${stat.mtimeMs} ${stat.size}`;
}
