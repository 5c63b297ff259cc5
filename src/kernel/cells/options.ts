import { dirname, join, relative } from "node:path";
import ts from "typescript";
import { inChinese } from "../../runtime/readerswords";
import { internals } from "./typescriptinternals";
import { librariesOfNode } from "./libraries";
import { slashed } from "../packages";

/** How the cells of a folder are checked and compiled, and what of its tsconfig.json they cannot follow. */
export interface CellOptions {
  options: ts.CompilerOptions;
  /** A sentence for each. */
  notices: string[];
}

/** What a notebook's tsconfig.json cannot change: cells are modules, one after another, and run as CommonJS. */
function fixedOptions(cwd: string): ts.CompilerOptions {
  return {
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    moduleDetection: ts.ModuleDetectionKind.Force,
    esModuleInterop: true,
    declaration: true,
    sourceMap: true,
    newLine: ts.NewLineKind.LineFeed,
    skipLibCheck: true,
    // A path may end in .ts, as it does for Node.js itself; what is emitted never reaches a disk.
    rewriteRelativeImportExtensions: true,
    // Above everything, so that a file from any folder can be imported.
    rootDir: slashed(ts.sys.resolvePath(cwd)).replace(/^([A-Za-z]:)?\/.*/, "$1/"),
    outDir: "/__tslab_gradients__",
    ignoreDeprecations: "6.0",
  };
}

/** What cells have where no tsconfig.json says otherwise: as tslab has it, with what the running Node has. */
function usualOptions(cwd: string): ts.CompilerOptions {
  return {
    target: ts.ScriptTarget.ES2022,
    lib: librariesOfNode(),
    strict: false,
    noUncheckedSideEffectImports: false,
    resolveJsonModule: true,
    jsx: ts.JsxEmit.React,
    allowJs: true,
    checkJs: true,
    // Only these: every other package's types would be read at the start, and none of them is a cell's own.
    types: ["node"],
    typeRoots: typeRoots(cwd),
  };
}

/** Options of a tsconfig.json that belong to a project which is finished and built, and mean nothing for cells. */
const meaningless = [
  "composite",
  "configFilePath",
  "declarationDir",
  "declarationMap",
  "emitDeclarationOnly",
  "incremental",
  "inlineSourceMap",
  "inlineSources",
  "isolatedDeclarations",
  "isolatedModules",
  "mapRoot",
  "noEmit",
  "noEmitOnError",
  "noUnusedLocals",
  "noUnusedParameters",
  "outFile",
  "removeComments",
  "rootDirs",
  "sourceRoot",
  "stripInternal",
  "tsBuildInfoFile",
  "verbatimModuleSyntax",
];

/** The options for the cells of a folder, with those of the tsconfig.json there or above it that covers them. */
export function cellOptions(cwd: string): CellOptions {
  const usual = usualOptions(cwd);
  const fixed = fixedOptions(cwd);
  const found = configOf(cwd);
  if (found === null) return { options: { ...usual, ...fixed }, notices: [] };
  const { notices } = found;
  const file = relative(cwd, found.file);
  const own = Object.fromEntries(
    Object.entries(found.options).filter(([name]) => !meaningless.includes(name)),
  ) as ts.CompilerOptions;
  const kept = { ...usual, ...own, ...fixed };
  if (own.types !== undefined) kept.types = [...new Set(["node", ...own.types])];
  if ((own.target ?? ts.ScriptTarget.ES2022) < ts.ScriptTarget.ES2022) {
    kept.target = ts.ScriptTarget.ES2022;
    const name = ts.ScriptTarget[own.target!];
    notices.push(`${file}: "target" is ${name}; cells are compiled to ES2022.`);
  }
  if (own.jsx === ts.JsxEmit.Preserve || own.jsx === ts.JsxEmit.ReactNative) {
    kept.jsx = ts.JsxEmit.React;
    notices.push(
      `${file}: "jsx" keeps JSX as it is, which Node.js cannot run; cells are compiled for React.`,
    );
  }
  return { options: kept, notices };
}

/** A tsconfig.json as it was read, with a sentence for what could not be. */
interface Config extends CellOptions {
  file: string;
}

/** The nearest tsconfig.json, in the folder or above it, that a file of the folder would belong to, as editors choose it. */
function configOf(cwd: string): Config | null {
  const cell = `${cwd.replace(/\/$/, "")}/cell.ts`;
  for (let folder = cwd; ; folder = dirname(folder)) {
    const file = ts.findConfigFile(folder, ts.sys.fileExists);
    if (file === undefined || file.includes("/node_modules/")) return null;
    folder = dirname(file);
    const { config, error } = ts.readConfigFile(file, ts.sys.readFile) as {
      config?: object;
      error?: ts.Diagnostic;
    };
    const { options, errors, fileNames } = ts.parseJsonConfigFileContent(
      config ?? {},
      onlyWith(cell),
      folder,
    );
    if (error === undefined && !fileNames.includes(cell)) {
      if (dirname(folder) === folder) return null;
      continue;
    }
    const notices = [...(error ? [error] : errors)].map(
      ({ messageText }) =>
        `${relative(cwd, file)}${inChinese() ? "：" : ": "}${ts.flattenDiagnosticMessageText(messageText, " ")}`,
    );
    return { file, options, notices };
  }
}

/** The machine's files, but of folders' files that a cell would be in: whether a config covers it needs no other. */
function onlyWith(cell: string): ts.ParseConfigHost {
  return {
    ...ts.sys,
    readDirectory: (root, extensions, excludes, includes, depth) =>
      internals.matchFiles(
        root,
        extensions,
        excludes,
        includes,
        true,
        dirname(cell),
        depth,
        (folder) => {
          const below = `${folder.replace(/\/$/, "")}/`;
          if (!cell.startsWith(below)) return { files: [], directories: [] };
          const [name = "", ...rest] = cell.slice(below.length).split("/");
          return rest.length > 0 ? { files: [], directories: [name] } : { files: [name], directories: [] };
        },
        (path) => path,
      ),
  };
}

/** The notebook's own `@types`, or those that came with this package. */
function typeRoots(cwd: string): string[] {
  const near = ts.getEffectiveTypeRoots({}, { getCurrentDirectory: () => cwd }) ?? [];
  const there = near.filter((root) => ts.sys.directoryExists(root));
  if (there.some((root) => ts.sys.fileExists(`${root}/node/package.json`))) return there;
  // Wherever npm put them.
  return [...there, slashed(join(require.resolve("@types/node/package.json"), "..", ".."))];
}
