import { isBuiltin } from "node:module";
import ts from "@tslab/typescript-for-tslab";

/** Where TypeScript found a module. */
export type Resolved = ts.ResolvedModuleWithFailedLookupLocations;

/** What declarations in packages import: looked up once, since nobody edits them. The reader's own files look anew. */
export class Resolutions {
  private readonly found = new Map<string, Map<string, Resolved>>();
  /** TypeScript asks it for its own libraries too, dozens of which might be replaced by packages. */
  readonly cache: ts.ModuleResolutionCache;

  constructor(
    cwd: string,
    private readonly options: ts.CompilerOptions,
    private readonly isLocal: (path: string) => boolean,
  ) {
    this.cache = ts.createModuleResolutionCache(cwd, (name) => name, options);
  }

  resolve(name: string, importer: string, host: ts.ModuleResolutionHost): Resolved {
    if (this.isLocal(importer)) return ts.resolveModuleName(name, importer, this.options, host);
    const known = this.found.get(importer)?.get(name);
    if (known !== undefined) return known;
    const resolved = ts.resolveModuleName(name, importer, this.options, host, this.cache);
    // A module of Node's is declared in a file of another name.
    if (resolved.resolvedModule !== undefined || isBuiltin(name)) this.adopt(importer, [[name, resolved]]);
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
