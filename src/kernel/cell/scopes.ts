import ts from "typescript";

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
