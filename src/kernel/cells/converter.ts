import { dirname } from "node:path/posix";
import type { ConvertResult, Diagnostic } from "tslab/dist/converter";
import ts from "typescript";
import type { Dependence } from "../../runtime/stalecells";
import { inChinese } from "../../runtime/readerswords";
import { slashed } from "../packages";
import type { Places } from "../../runtime/stack";
import { keptValues, usedNames, plainExports, keepLast, lastExpression, lastName } from "./cellvalues";
import { type CellDiagnostic, complaints } from "./complaints";
import { Declared, type Declaration, declaredBy } from "./celldeclarations";
import { dependenceIn } from "./dependence";
import { interruptible, prologue, emittedCode } from "./emit";
import { dynamicImports, importMeta, loading } from "./esmodules";
import { type Completions, completions, quickInfo } from "./languageservice";
import { librariesOfNode } from "./libraries";
import { LocalFiles } from "./localfiles";
import { type Checked, Notebook, notFound } from "./program";
import { type Shape, shapeOf } from "./shape";
import { placesOf, SourceMaps } from "./sourcemaps";
import type { KnownFile } from "./sources";

/** What the last cell turned out to be. */
export interface Converted {
  diagnostics: CellDiagnostic[];
  /** The names it declares, and those of earlier cells that it uses. */
  declares: string[];
  uses: string[];
}

/**
 * TypeScript cells to JavaScript, for tslab's executor. Each name of a cell is kept in the executor's `exports`, and a
 * later cell finds it there.
 */
export class CellConverter {
  last: Converted = { diagnostics: [], declares: [], uses: [] };
  private readonly notebook: Notebook;
  private readonly declared = new Declared();
  /** The way back from what runs to what the reader wrote. */
  readonly places: Places;
  private readonly maps = new SourceMaps();
  private readonly local: LocalFiles;
  private readonly failed = new FailedNames();
  /** What is still to be told, once there is a cell to tell it under. */
  private notices: string[];
  private source = "";
  /** The last cell's text, parsed; null where it is no cell but a module of tslab's. */
  private parsed: ts.SourceFile | null = null;
  private exports: object = {};
  /** What the cell that runs now declares, and what its names held before it ran. */
  private pending: { declarations: () => Declaration[]; before: Map<string, unknown> } | null = null;

  /**
   * @param known declarations that were read before
   * @param notice tells the reader something beside what cells print
   */
  constructor(
    cwd: string,
    known: [string, KnownFile][] = [],
    private readonly notice: (text: string) => void = () => {},
  ) {
    this.notebook = new Notebook(slashed(cwd), known);
    this.notices = this.notebook.notices;
    this.local = new LocalFiles(this.notebook, this.maps);
    this.places = placesOf(this.maps, cwd);
  }

  /** Reads the declarations that most first cells need, so that they need not wait for them. */
  warm(): void {
    const cell =
      'import "tslab-gradients"; const warm = [1].map(String); console.log(warm, process.version);';
    const checked = this.check(cell, "");
    checked.program.getSemanticDiagnostics(checked.cell);
  }

  /** The declarations read so far, for an engine to come, which may have more of JavaScript than its preparation. */
  keepFiles(): [string, KnownFile][] {
    const folder = dirname(ts.getDefaultLibFilePath(this.notebook.options));
    for (const library of librariesOfNode(() => true)) this.notebook.sources.read(`${folder}/${library}`);
    return this.notebook.sources.keep();
  }

  /** @param source the name of the next cell in stack traces, such as `In[3]` */
  begin(source: string, exports: object): void {
    this.source = source;
    this.exports = exports;
    this.pending = null;
    this.parsed = null;
    this.last = { diagnostics: [], declares: [], uses: [] };
    for (const notice of this.notices) this.notice(notice);
    this.notices = [];
  }

  /** After the run: a cell that failed keeps the names that it had given a value, as IPython's do. */
  settle(ok: boolean): void {
    if (this.pending === null) return;
    const { before } = this.pending;
    const declarations = this.pending.declarations();
    const now = this.exports as { [name: string]: unknown };
    const isAssigned = (name: string): boolean =>
      ok || (name in now && (!before.has(name) || before.get(name) !== now[name]));
    this.declared.add(declarations.filter(({ name, value }) => !value || isAssigned(name)));
    const names = this.last.declares;
    const isChanged = (name: string): boolean => before.get(name) !== now[name];
    this.failed.renewed([...names.filter(isAssigned), ...this.last.uses.filter(isChanged)]);
    this.failed.failed(
      this.source,
      names.filter((name) => before.has(name) && !isAssigned(name)),
    );
    this.pending = null;
  }

  /** The cell as JavaScript; tslab's own record of declarations is not needed. */
  convert(_declarations: string, text: string): ConvertResult {
    const shape = shapeOf(text, this.notebook.options);
    this.parsed = shape.file;
    if (shape.problems.length > 0)
      return this.refused(complaints(shape.problems, shape.file, String), shape.names);
    const checked = this.check(text, suffix(shape));
    const { cell } = checked;
    const files = [cell, ...this.local.changed(checked)];
    const found = this.notebook.diagnose(checked, files);
    this.notebook.sources.unresolved = new Set(
      found.filter(({ code }) => code === notFound).map(({ file }) => file!.fileName),
    );
    const diagnostics = complaints(found, cell, (path) => this.notebook.relative(path));
    if (diagnostics.length > 0) return this.refused(diagnostics, shape.names, usedNames(checked));
    const uses = usedNames(checked);
    this.last = { diagnostics, declares: shape.names, uses };
    const old = this.failed.notice(uses.filter((name) => name in this.exports));
    if (old !== null) this.notice(old);
    const sideOutputs = this.local.outputs(checked);
    const { code, awaits } = this.emit(checked, text, shape);
    const kept = this.exports as { [name: string]: unknown };
    const known = [...shape.names, ...uses].filter((name) => name in kept);
    const before = new Map(known.map((name) => [name, kept[name]]));
    const declarations = once(() => declaredBy(checked, shape));
    this.pending = { declarations, before };
    // A cell that waits for something, such as a figure, leaves the time for it.
    setImmediate(declarations);
    const isExpression = lastExpression(cell) !== null;
    return {
      output: code,
      declOutput: "",
      diagnostics: [],
      hasToplevelAwait: awaits,
      ...(sideOutputs.length > 0 ? { sideOutputs } : {}),
      ...(isExpression ? { lastExpressionVar: lastName } : {}),
    };
  }

  private refused(diagnostics: CellDiagnostic[], declares: string[], uses: string[] = []): ConvertResult {
    this.last = { diagnostics, declares, uses };
    this.failed.failed(
      this.source,
      declares.filter((name) => name in this.exports),
    );
    return { diagnostics: diagnostics.map(forExecutor) };
  }

  /** The cell's code, and whether it awaits at its top. */
  private emit(checked: Checked, text: string, shape: Shape): { code: string; awaits: boolean } {
    const last = lastExpression(checked.cell);
    const addresses = this.local.addresses(checked);
    const written = emittedCode(checked.program, checked.cell, {
      before: [keepLast(last), keptValues(checked), dynamicImports],
      after: [
        plainExports(shape.bare),
        interruptible,
        this.local.required(this.notebook.cellPath, addresses),
        importMeta(this.notebook.inFolder("cell.ts")),
      ],
    });
    const awaits = shape.awaits || addresses.size > 0;
    const wrapper = awaits ? "(async function(exports, require) { " : "(function(exports, require) { ";
    const before = prologue + loading(addresses);
    const body = (written[".js"] ?? "").replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n");
    const [name, label] = [`${this.source}.js`, this.source];
    const shift = wrapper.length + before.length;
    this.maps.set(name, { map: written[".map"] ?? "", code: body.trimEnd(), text, shift, label });
    return { code: `${before}${body}\n//# sourceURL=${name}`, awaits };
  }

  /** How the last cell hangs together with others by its names; null where it was not parsed here. */
  get dependence(): Dependence | null {
    return this.parsed && dependenceIn(this.parsed);
  }

  inspect(_declarations: string, text: string, position: number): ts.QuickInfo | undefined {
    return quickInfo(this.check(text, ""), position);
  }

  complete(_declarations: string, text: string, position: number): Completions {
    return completions(this.check(text, ""), position);
  }

  addModule(name: string, content: string, meta?: { jsx?: boolean }): Diagnostic[] {
    const path = this.notebook.inFolder(`${name}.ts${meta?.jsx ? "x" : ""}`);
    this.notebook.addModule(path, `${content}\nexport {};`);
    const checked = this.check("", "");
    const file = checked.program.getSourceFile(path)!;
    const found = this.notebook.diagnose(checked, [file]);
    const diagnostics = complaints(found, checked.cell, (path) => this.notebook.relative(path));
    this.last = { diagnostics, declares: [], uses: [] };
    return diagnostics.map(forExecutor);
  }

  private check(text: string, suffix: string): Checked {
    return this.notebook.check(this.declared.text, `${text}\n;${suffix}`);
  }
}

/** Every name of the cell is exported: so the executor keeps it. */
function suffix({ names, exported }: Shape): string {
  return `export { ${names.filter((name) => !exported.has(name)).join(", ")} };`;
}

/** tslab's executor only counts and prints them. */
function forExecutor({ start, end, code, message, fileName }: CellDiagnostic): Diagnostic {
  const place = ({ line, column }: CellDiagnostic["start"]): Diagnostic["start"] => ({
    offset: 0,
    line,
    character: column,
  });
  return {
    start: place(start),
    end: place(end),
    messageText: message,
    category: ts.DiagnosticCategory.Error,
    code,
    ...(fileName === undefined ? {} : { fileName }),
  };
}

/** Done when it is first asked for. */
function once<T>(work: () => T): () => T {
  let done: { result: T } | undefined;
  return () => (done ??= { result: work() }).result;
}

/** Names whose values are older than they look: the cell that makes them ran again since, and failed. */
class FailedNames {
  /** By name, the run that failed. */
  private readonly runs = new Map<string, string>();

  /** A run that did not come to give the names their values, which still hold earlier ones. */
  failed(run: string, names: Iterable<string>): void {
    for (const name of names) this.runs.set(name, run);
  }

  renewed(names: Iterable<string>): void {
    for (const name of names) this.runs.delete(name);
  }

  /** A sentence about those of the names that are such; null where none is. */
  notice(names: readonly string[]): string | null {
    const old = names.filter((name) => this.runs.has(name));
    if (old.length === 0) return null;
    const quoted = old.map((name) => `\`${name}\``);
    const run = this.runs.get(old.at(-1)!)!.replace("[", " [");
    if (inChinese())
      return `${quoted.join("、")} 还是之前运行的结果：生成它的单元格最近一次运行（${run}）失败了。`;
    return `${quoted.join(", ")} ${old.length === 1 ? "is" : "are"} from an earlier run of ${run}, whose last run failed.`;
  }
}
