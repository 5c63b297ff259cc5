import ts from "typescript";
import { type Declaration, declarationsOf } from "./declared";
import { hoisted, meaningOf } from "./meaning";
import type { Checked } from "./program";
import type { Shape } from "./shape";

/** A file's JavaScript and its source map, by their extensions, without its declarations. */
export function emittedCode(
  program: ts.Program,
  file: ts.SourceFile,
  transformers: ts.CustomTransformers,
): { [extension: string]: string } {
  const written: { [extension: string]: string } = {};
  const options = program.getCompilerOptions();
  if (/\.m[jt]s$/.test(file.fileName)) return emittedModule(file, options, transformers);
  options.declaration = false;
  try {
    program.emit(
      file,
      (path, text) => (written[/\.\w+$/.exec(path)![0]] = text),
      undefined,
      false,
      transformers,
    );
  } finally {
    options.declaration = true;
  }
  return written;
}

/** TypeScript leaves what is a module by its name one, which the executor cannot evaluate. */
function emittedModule(
  file: ts.SourceFile,
  options: ts.CompilerOptions,
  transformers: ts.CustomTransformers,
): { [extension: string]: string } {
  const { outputText, sourceMapText = "" } = ts.transpileModule(file.text, {
    fileName: file.fileName.replace(/\.m([jt]s)$/, ".$1"),
    compilerOptions: { ...options, declaration: false },
    transformers,
  });
  return { ".js": outputText, ".map": sourceMapText };
}

/** What the cell declares, as a later one sees it. */
export function declaredBy(checked: Checked, { names }: Shape): Declaration[] {
  let text: string | undefined;
  checked.program.emit(checked.cell, (_, written) => (text = written), undefined, true);
  // Where a type cannot be written down, the names are there all the same.
  text ??= names.map((name) => `declare let ${name}: any;`).join("\n");
  const written = declarationsOf(text, (name) => meaningOf(checked, name));
  const unwritten = names.filter((name) => written.every((declaration) => declaration.name !== name));
  return [...written, ...unwritten.flatMap((name) => hoisted(checked, name))];
}

/** Done when it is first asked for. */
export function once<T>(work: () => T): () => T {
  let done: { result: T } | undefined;
  return () => (done ??= { result: work() }).result;
}
