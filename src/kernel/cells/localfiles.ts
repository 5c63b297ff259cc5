import { dirname, relative } from "node:path/posix";
import type { SideOutput } from "tslab/dist/converter";
import ts from "typescript";
import { slashed } from "../packages";
import { interruptible, prologue, emittedCode } from "./emit";
import { dynamicImports, importMeta, loadedModule, moduleAddress } from "./esmodules";
import type { Checked, Notebook } from "./program";
import type { SourceMaps } from "./sourcemaps";
import { isReadersFile } from "./sources";

/** Where modules that import each other in a circle find the ones that are being loaded. */
const loading = 'globalThis[Symbol.for("tslab-gradients.loading")] ??= new Map()';

/** The reader's own files that cells import: compiled, and evaluated anew when they, or what they import, change. */
export class LocalFiles {
  /** By file, the state that it and all that it imports were in when the executor got it. */
  private readonly given = new Map<string, string>();
  /** The addresses of the ECMAScript modules that a file takes, by its path. */
  private readonly modules = new Map<string, Set<string>>();

  constructor(
    private readonly notebook: Notebook,
    private readonly maps: SourceMaps,
  ) {}

  /** The files that the cell reaches and that are not what was given last. */
  changed(checked: Checked): ts.SourceFile[] {
    return this.reached(checked, checked.cell).filter(
      (file) => this.given.get(file.fileName) !== this.state(checked, file),
    );
  }

  /** Those files for tslab's executor, which evaluates a module again when it is given again. */
  outputs(checked: Checked): SideOutput[] {
    return this.changed(checked).map((file) => {
      this.given.set(file.fileName, this.state(checked, file));
      return { path: keyOf(file.fileName), data: this.compile(checked, file) };
    });
  }

  /** The ECMAScript modules that the files take which the cell reaches. */
  addresses(checked: Checked): Set<string> {
    return new Set(
      this.reached(checked, checked.cell).flatMap(({ fileName }) => [...(this.modules.get(fileName) ?? [])]),
    );
  }

  /**
   * Rewrites what a file requires to where the executor keeps it, or to the ECMAScript module that was loaded for it.
   * @param addresses where each of those that it takes is added
   */
  required(importer: string, addresses: Set<string>): ts.TransformerFactory<ts.SourceFile> {
    return (context) => (file) => {
      const { factory } = context;
      const visit = (node: ts.Node): ts.Node => {
        const visited = ts.visitEachChild(node, visit, context);
        if (!ts.isCallExpression(visited) || !ts.isIdentifier(visited.expression)) return visited;
        const [argument] = visited.arguments;
        if (visited.expression.text !== "require" || !argument || !ts.isStringLiteral(argument))
          return visited;
        const path = this.resolve(argument.text, importer);
        if (path !== null) {
          const from = relative(dirname(importer), keyOf(path));
          const literal = factory.createStringLiteral(from.startsWith(".") ? from : `./${from}`);
          return factory.updateCallExpression(visited, visited.expression, undefined, [literal]);
        }
        const address = moduleAddress(argument.text, dirname(importer));
        if (address === null) return visited;
        addresses.add(address);
        return loadedModule(address, factory);
      };
      return ts.visitEachChild(file, visit, context);
    };
  }

  private resolve(name: string, importer: string): string | null {
    const path = this.notebook.sources.resolve(name, importer).resolvedModule?.resolvedFileName;
    return path !== undefined && isReadersFile(path) ? path : null;
  }

  private imports({ program }: Checked, file: ts.SourceFile): ts.SourceFile[] {
    const { imports = [] } = file as unknown as { imports?: readonly ts.StringLiteral[] };
    return imports.flatMap(({ text }) => {
      const path = this.resolve(text, file.fileName);
      const found = path === null ? undefined : program.getSourceFile(path);
      return found === undefined || found.isDeclarationFile ? [] : [found];
    });
  }

  /** All that a file imports, and what that imports, without the file itself unless it is in a circle. */
  private reached(checked: Checked, file: ts.SourceFile): ts.SourceFile[] {
    const found = new Set<ts.SourceFile>();
    const visit = (from: ts.SourceFile): void => {
      for (const next of this.imports(checked, from)) {
        if (found.has(next)) continue;
        found.add(next);
        visit(next);
      }
    };
    visit(file);
    return [...found];
  }

  private state(checked: Checked, file: ts.SourceFile): string {
    const { sources } = this.notebook;
    const files = [file, ...this.reached(checked, file)].map(
      ({ fileName }) => `${fileName}@${sources.version(fileName)}`,
    );
    return files.sort().join("\n");
  }

  private compile(checked: Checked, file: ts.SourceFile): string {
    if (file.fileName.endsWith(".json")) return `module.exports = ${file.text}`;
    const key = keyOf(file.fileName);
    const addresses = new Set<string>();
    const after = [interruptible, this.required(file.fileName, addresses), importMeta(file.fileName)];
    const written = emittedCode(checked.program, file, { before: [dynamicImports], after });
    this.modules.set(file.fileName, addresses);
    const code = written[".js"] ?? written[".cjs"] ?? written[".jsx"] ?? "";
    const map = written[".map"] ?? "";
    const isInCircle = this.reached(checked, file).includes(file);
    const before = isInCircle
      ? `${prologue}(${loading}).set(${JSON.stringify(key)}, module); try { `
      : prologue;
    const label = this.notebook.relative(file.fileName);
    this.maps.set(key, { map, code, text: file.text, shift: before.length, label });
    const body = code.replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n");
    if (!isInCircle) return before + body;
    return `${before}${this.lookingUp(body, file.fileName)}\n} finally { (${loading}).delete(${JSON.stringify(key)}); }`;
  }

  /** In a circle a module takes the exports of one that is still being loaded, as Node's own modules do. */
  private lookingUp(code: string, importer: string): string {
    return code.replace(/\brequire\("(\.[^"]*)"\)/g, (call, name: string) => {
      const key = JSON.stringify(slashed(ts.sys.resolvePath(`${dirname(importer)}/${name}`)));
      return `((${loading}).get(${key})?.exports ?? ${call})`;
    });
  }
}

/** The name under which the executor keeps a file. */
function keyOf(path: string): string {
  return path.endsWith(".json") ? path : path.replace(/\.([cm]?)[jt]sx?$/, ".$1js");
}
