import { join } from "node:path";
import ts from "@tslab/typescript-for-tslab";
import { slashed } from "./slashes";

/** How cells are checked and compiled: as tslab does it, but straight to CommonJS. */
export function compilerOptions(cwd: string): ts.CompilerOptions {
  return {
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts"],
    esModuleInterop: true,
    declaration: true,
    sourceMap: true,
    newLine: ts.NewLineKind.LineFeed,
    noImplicitUseStrict: true,
    experimentalDecorators: true,
    resolveJsonModule: true,
    jsx: ts.JsxEmit.React,
    allowJs: true,
    checkJs: true,
    skipLibCheck: true,
    // Only these: every other package's types would be read at the start, and none of them is a cell's own.
    types: ["node"],
    typeRoots: typeRoots(cwd),
    // Above everything, so that a file from any folder can be imported.
    rootDir: slashed(ts.sys.resolvePath(cwd)).replace(/^([A-Za-z]:)?\/.*/, "$1/"),
    outDir: outDir,
  };
}

/** A folder that nothing is ever written to: what is emitted stays in memory. */
const outDir = "/__tslab_gradients__";

/** The notebook's own `@types`, or those that came with tslab. */
function typeRoots(cwd: string): string[] {
  const near = ts.getDefaultTypeRoots(cwd, { directoryExists: ts.sys.directoryExists }) ?? [];
  const found = near.some((root) => ts.sys.fileExists(`${root}/node/package.json`));
  if (found) return near;
  // Wherever npm put them.
  const paths = [require.resolve("tslab/package.json")];
  return [...near, join(require.resolve("@types/node/package.json", { paths }), "..", "..")];
}
