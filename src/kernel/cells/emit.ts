import ts from "typescript";

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

/** The names of the checks in emitted code: no reader would choose them. */
const loop = "__tslab_gradients_loop__";
const resume = "__tslab_gradients_resume__";

/** Put before emitted code, on its first line: the checks, or nothing where no kernel offers them. */
export const prologue = `const {loop: ${loop}, resume: ${resume}} = globalThis[Symbol.for("tslab-gradients.interrupt")] ?? {loop() {}, resume: (x) => x}; `;

/** A function's text without the checks: run elsewhere, as in a worker, it would not find them. */
export function withoutChecks(text: string): string {
  if (!text.includes("__tslab_gradients_")) return text;
  return text.replace(new RegExp(`${loop}\\(\\);\\s*`, "g"), "").replaceAll(`${resume}(`, "(");
}

/** Makes code interruptible: a check at the start of every loop's body, and one after every await. */
export const interruptible: ts.TransformerFactory<ts.SourceFile> = (context) => (file) => {
  const { factory } = context;
  const call = (name: string, ...args: ts.Expression[]): ts.CallExpression =>
    factory.createCallExpression(factory.createIdentifier(name), undefined, args);
  const checked = (body: ts.Statement): ts.Statement => {
    const check = factory.createExpressionStatement(call(loop));
    if (ts.isBlock(body)) return factory.updateBlock(body, [check, ...body.statements]);
    return factory.createBlock(ts.isEmptyStatement(body) ? [check] : [check, body], true);
  };
  const visit = (node: ts.Node): ts.Node => {
    const visited = ts.visitEachChild(node, visit, context);
    if (ts.isAwaitExpression(visited)) return call(resume, visited);
    if (ts.isForStatement(visited))
      return factory.updateForStatement(
        visited,
        visited.initializer,
        visited.condition,
        visited.incrementor,
        checked(visited.statement),
      );
    if (ts.isForOfStatement(visited)) {
      const { awaitModifier, initializer, expression } = visited;
      return factory.updateForOfStatement(
        visited,
        awaitModifier,
        initializer,
        expression,
        checked(visited.statement),
      );
    }
    if (ts.isForInStatement(visited))
      return factory.updateForInStatement(
        visited,
        visited.initializer,
        visited.expression,
        checked(visited.statement),
      );
    if (ts.isWhileStatement(visited))
      return factory.updateWhileStatement(visited, visited.expression, checked(visited.statement));
    if (ts.isDoStatement(visited))
      return factory.updateDoStatement(visited, checked(visited.statement), visited.expression);
    return visited;
  };
  return ts.visitEachChild(file, visit, context);
};
