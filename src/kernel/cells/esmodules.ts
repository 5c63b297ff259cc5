import { createRequire, isBuiltin } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { lookupFolder } from "../packages";

/** Under this symbol cells find the ECMAScript modules that they import, which `require` cannot load, or not always. */
export const modulesKey = Symbol.for("tslab-gradients.modules");

/** What is found there; addresses are `file:` URLs. */
export interface Modules {
  /** Loads them, before the code that takes them. */
  load(addresses: string[]): Promise<void>;
  /** One that was loaded, as compiled code takes the exports of a module. */
  get(address: string): object;
  /** A module by the name that a cell's `import(name)` gives it. */
  import(name: string, requireHere: (name: string) => object): Promise<object>;
}

/** How a package's code is found, where only `import` finds it. */
const byImport: ts.CompilerOptions & { noDtsResolution: true } = {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  allowJs: true,
  noDtsResolution: true,
};

const known = new Map<string, string | null>();

/**
 * The address of a package's ECMAScript module; null of all that `require` loads: CommonJS, where a package has both, what
 * is Node's own and what the reader wrote.
 * @param folder of the file that imports it
 */
export function moduleAddress(name: string, folder: string): string | null {
  if (isBuiltin(name) || /^[./]|^[a-z]+:/i.test(name) || lookupFolder(name, folder) !== null) return null;
  const key = `${folder} ${name}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const file = fileOf(name, join(folder, "cell.js"));
  const address = file === null ? null : pathToFileURL(file).href;
  // One that is not there may be installed yet.
  if (address !== null) known.set(key, address);
  return address;
}

function fileOf(name: string, importer: string): string | null {
  try {
    const file = createRequire(importer).resolve(name);
    return isModule(file) ? file : null;
  } catch (error) {
    if ((error as { code?: string }).code !== "ERR_PACKAGE_PATH_NOT_EXPORTED") return null;
  }
  const mode = ts.ModuleKind.ESNext;
  const found = ts.resolveModuleName(name, importer, byImport, ts.sys, undefined, undefined, mode);
  return found.resolvedModule?.resolvedFileName ?? null;
}

/** Whether Node takes a file for an ECMAScript module. */
function isModule(file: string): boolean {
  if (!file.endsWith(".js")) return file.endsWith(".mjs");
  const config = ts.findConfigFile(file, ts.sys.fileExists, "package.json");
  if (config === undefined) return false;
  const { config: content } = ts.readConfigFile(config, ts.sys.readFile) as { config?: { type?: unknown } };
  return content?.type === "module";
}

const modules = 'globalThis[Symbol.for("tslab-gradients.modules")]';

/** Put before a cell's code, on its first line: its modules are there when its own imports run. */
export function loading(addresses: ReadonlySet<string>): string {
  return addresses.size === 0 ? "" : `await ${modules}.load(${JSON.stringify([...addresses])}); `;
}

/** A module that was loaded, in the place of what would require it. */
export function loadedModule(address: string, factory: ts.NodeFactory): ts.Expression {
  const get = factory.createIdentifier(`${modules}.get`);
  return factory.createCallExpression(get, undefined, [factory.createStringLiteral(address)]);
}

/** Makes `import(name)` of a package, and of a name that only the run knows, a real one: TypeScript would require it. */
export const dynamicImports: ts.TransformerFactory<ts.SourceFile> = (context) => (file) => {
  const { factory } = context;
  const visit = (node: ts.Node): ts.Node => {
    const visited = ts.visitEachChild(node, visit, context);
    if (!ts.isCallExpression(visited) || visited.expression.kind !== ts.SyntaxKind.ImportKeyword)
      return visited;
    const [name] = visited.arguments;
    if (name === undefined || (ts.isStringLiteralLike(name) && name.text.startsWith("."))) return visited;
    const call = factory.createIdentifier(`${modules}.import`);
    const requireHere = factory.createIdentifier("require");
    return ts.setTextRange(factory.createCallExpression(call, undefined, [name, requireHere]), node);
  };
  return ts.visitEachChild(file, visit, context);
};

/** `import.meta` of a file, which only a module that nobody compiled has by itself. Node.js: `import.meta`. */
export function importMeta(path: string): ts.TransformerFactory<ts.SourceFile> {
  return (context) => (file) => {
    const { factory } = context;
    const visit = (node: ts.Node): ts.Node => {
      if (!ts.isMetaProperty(node) || node.keywordToken !== ts.SyntaxKind.ImportKeyword)
        return ts.visitEachChild(node, visit, context);
      const meta = { url: pathToFileURL(path).href, filename: path, dirname: dirname(path) };
      const properties = Object.entries(meta).map(([name, value]) =>
        factory.createPropertyAssignment(name, factory.createStringLiteral(value)),
      );
      const resolve = factory.createIdentifier(
        '(name) => require("node:module").isBuiltin(name) ? `node:${name.replace("node:", "")}` : String(require("node:url").pathToFileURL(require.resolve(name)))',
      );
      const all = [
        ...properties,
        factory.createPropertyAssignment("main", factory.createFalse()),
        factory.createPropertyAssignment("resolve", resolve),
      ];
      return factory.createParenthesizedExpression(factory.createObjectLiteralExpression(all));
    };
    return ts.visitEachChild(file, visit, context);
  };
}
