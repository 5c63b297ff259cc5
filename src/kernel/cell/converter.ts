import ts from "@tslab/typescript-for-tslab";
import type { Converter, ConvertResult, Diagnostic } from "tslab/dist/converter";
import { interruptible, prologue } from "./checks";
import { completions } from "./complete";
import { Declared, type Declaration } from "./declared";
import { type CellDiagnostic, complaints } from "./diagnostic";
import { earlierValues, usedNames } from "./earlier";
import { declaredBy, emittedCode, once } from "./emitted";
import { emptied } from "./emptied";
import { internals, never } from "./internals";
import { keepLast, lastExpression, lastName } from "./last";
import { LocalFiles } from "./local";
import { type Checked, Notebook, notFound } from "./program";
import { slashed } from "./slashes";
import { type Shape, shapeOf } from "./shape";
import { type Original, SourceMaps } from "./sourcemap";
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
export class CellConverter implements Converter {
  last: Converted = { diagnostics: [], declares: [], uses: [] };
  private readonly notebook: Notebook;
  private readonly declared = new Declared();
  private readonly maps = new SourceMaps();
  private readonly local: LocalFiles;
  private source = "";
  private exports: object = {};
  /** What the cell that runs now declares, and what its names held before it ran. */
  private pending: { declarations: () => Declaration[]; before: Map<string, unknown> } | null = null;

  /** @param known declarations that were read before */
  constructor(cwd: string, known: [string, KnownFile][] = []) {
    this.notebook = new Notebook(slashed(cwd), known);
    this.local = new LocalFiles(this.notebook, this.maps);
  }

  /** Reads the declarations that most first cells need, so that they need not wait for them. */
  warm(): void {
    const cell =
      'import "tslab-gradients"; const warm = [1].map(String); console.log(warm, process.version);';
    const checked = this.check(cell, "");
    checked.program.getSemanticDiagnostics(checked.cell);
  }

  /** The declarations read so far, for an engine to come. */
  keepFiles(): [string, KnownFile][] {
    return this.notebook.sources.keep();
  }

  /** @param source the name of the next cell in stack traces, such as `In[3]` */
  begin(source: string, exports: object): void {
    this.source = source;
    this.exports = exports;
    this.pending = null;
    this.last = { diagnostics: [], declares: [], uses: [] };
  }

  /** After the run: a cell that failed keeps the names that it had given a value, as IPython's do. */
  settle(ok: boolean): void {
    if (this.pending === null) return;
    const { before } = this.pending;
    const declarations = this.pending.declarations();
    const now = this.exports as { [name: string]: unknown };
    const isAssigned = (name: string): boolean =>
      name in now && (!before.has(name) || before.get(name) !== now[name]);
    this.declared.add(
      ok ? declarations : declarations.filter(({ name, value }) => !value || isAssigned(name)),
    );
    this.pending = null;
  }

  /** The cell as JavaScript; tslab's own record of declarations is not needed. */
  convert(_declarations: string, text: string): ConvertResult {
    const shape = shapeOf(text, this.notebook.options);
    const checked = this.check(text, suffix(shape));
    const { cell } = checked;
    const files = [cell, ...this.local.changed(checked)];
    const found = this.notebook.diagnose(checked, files);
    this.notebook.sources.unresolved = new Set(
      found.filter(({ code }) => code === notFound).map(({ file }) => file!.fileName),
    );
    const diagnostics = complaints(found, cell, (path) => this.notebook.relative(path));
    this.last = { diagnostics, declares: shape.names, uses: usedNames(checked) };
    if (diagnostics.length > 0) return { diagnostics: diagnostics.map(forExecutor) };
    const sideOutputs = this.local.outputs(checked);
    const code = this.emit(checked, text, shape);
    const kept = this.exports as { [name: string]: unknown };
    const before = new Map(shape.names.filter((name) => name in kept).map((name) => [name, kept[name]]));
    const declarations = once(() => declaredBy(checked, shape));
    this.pending = { declarations, before };
    // A cell that waits for something, such as a figure, leaves the time for it.
    setImmediate(declarations);
    const isExpression = lastExpression(cell) !== null;
    return {
      output: code,
      declOutput: "",
      diagnostics: [],
      hasToplevelAwait: shape.awaits,
      ...(sideOutputs.length > 0 ? { sideOutputs } : {}),
      ...(isExpression ? { lastExpressionVar: lastName } : {}),
    };
  }

  private emit(checked: Checked, text: string, shape: Shape): string {
    const last = lastExpression(checked.cell);
    const written = emittedCode(checked.program, checked.cell, {
      before: [keepLast(last), earlierValues(checked)],
      after: [emptied(shape.bare), interruptible, this.local.specifiers(this.notebook.cellPath)],
    });
    const wrapper = shape.awaits ? "(async function(exports, require) { " : "(function(exports, require) { ";
    const shift = wrapper.length + prologue.length;
    const body = (written[".js"] ?? "").replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n");
    this.maps.set(this.source, { map: written[".map"] ?? "", code: body.trimEnd(), text, shift });
    return `${prologue}${body}\n//# sourceURL=${this.source}`;
  }

  inspect(_declarations: string, text: string, position: number): ts.QuickInfo {
    const { cell, checker } = this.check(text, "");
    return internals.getQuickInfoAtPosition(cell, checker, never, position) as ts.QuickInfo;
  }

  complete(_declarations: string, text: string, position: number): ReturnType<Converter["complete"]> {
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

  /** The place in the reader's text of a place in a stack, or null where it is not the reader's. */
  original(source: string, line: number, column: number): Original | null {
    return this.maps.original(source, line, column);
  }

  close(): void {}

  private check(text: string, suffix: string): Checked {
    return this.notebook.check(this.declared.text, `${text}\nexport {};${suffix}`);
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
