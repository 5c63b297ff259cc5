import { ownFolder, slashed } from "../packages";

/**
 * TypeScript's libraries beyond ES2022, and what only a Node.js that has the whole of each has: cells may use what the
 * running Node has, and are told of the rest before they run.
 */
const libraries: { [library: string]: string } = {
  "es2023.array": "Array.prototype.toSorted",
  "es2023.collection": "Array.prototype.toSorted",
  "es2023.intl": "Array.prototype.toSorted",
  "es2024.arraybuffer": "ArrayBuffer.prototype.transfer",
  "es2024.collection": "Map.groupBy",
  "es2024.object": "Object.groupBy",
  "es2024.promise": "Promise.withResolvers",
  "es2024.regexp": "RegExp.prototype.unicodeSets",
  "es2024.sharedmemory": "Atomics.waitAsync",
  "es2024.string": "String.prototype.isWellFormed",
  "es2025.collection": "Set.prototype.union",
  "es2025.float16": "Float16Array",
  "es2025.intl": "Intl.DurationFormat",
  "es2025.iterator": "Iterator.prototype.map",
  "es2025.promise": "Promise.try",
  "es2025.regexp": "RegExp.escape",
  "esnext.array": "Array.fromAsync",
  "esnext.collection": "Map.prototype.getOrInsert",
  "esnext.date": "Date.prototype.toTemporalInstant",
  "esnext.disposable": "DisposableStack",
  "esnext.error": "Error.isError",
  "esnext.sharedmemory": "Atomics.pause",
  "esnext.temporal": "Temporal",
  "esnext.typedarrays": "Uint8Array.fromBase64",
};

/**
 * The libraries that cells are checked with. TypeScript: `lib`.
 * @param isKnown whether a Node.js has what stands for a library
 */
export function librariesOfNode(isKnown: (path: string) => boolean = isThere): string[] {
  const there = Object.keys(libraries).filter((library) => isKnown(libraries[library]!));
  return ["es2022", ...there].map((library) => `lib.${library}.d.ts`);
}

function isThere(path: string): boolean {
  const names = path.split(".");
  const last = names.pop()!;
  let owner: unknown = globalThis;
  for (const name of names) owner = (owner as { [name: string]: unknown } | undefined)?.[name];
  // Asked for, and not read: a property of a prototype may throw where it is read.
  return owner !== undefined && Object.hasOwn(owner as object, last);
}

/** Where the declarations would stand if they were a file. */
export const webAssemblyPath = `${slashed(ownFolder)}/dist/webassembly.d.ts`;

/**
 * WebAssembly's JavaScript interface, which Node has and its types leave to those of browsers. Where a notebook has these
 * too, the declarations are one. Source: W3C, "WebAssembly JavaScript Interface".
 */
export const webAssembly = `
declare namespace WebAssembly {
  type BufferSource = ArrayBufferView<ArrayBuffer> | ArrayBuffer;
  type ImportExportKind = "function" | "global" | "memory" | "table" | "tag";
  type ValueType = "anyfunc" | "externref" | "f32" | "f64" | "i32" | "i64" | "v128";
  type Exports = Record<string, any>;
  type Imports = Record<string, Record<string, any>>;
  interface ModuleExportDescriptor { kind: ImportExportKind; name: string }
  interface ModuleImportDescriptor { kind: ImportExportKind; module: string; name: string }
  interface WebAssemblyInstantiatedSource { instance: Instance; module: Module }
  interface MemoryDescriptor { initial: number; maximum?: number; shared?: boolean }
  interface TableDescriptor { element: "anyfunc" | "externref"; initial: number; maximum?: number }
  interface GlobalDescriptor { mutable?: boolean; value: ValueType }
  interface Module {}
  interface Instance { readonly exports: Exports }
  interface Memory { readonly buffer: ArrayBuffer; grow(delta: number): number }
  interface Table {
    readonly length: number;
    get(index: number): any;
    grow(delta: number, value?: any): number;
    set(index: number, value?: any): void;
  }
  interface Global { value: any; valueOf(): any }
  interface CompileError extends Error {}
  interface LinkError extends Error {}
  interface RuntimeError extends Error {}
  var Module: {
    new (bytes: BufferSource): Module;
    customSections(module: Module, section: string): ArrayBuffer[];
    exports(module: Module): ModuleExportDescriptor[];
    imports(module: Module): ModuleImportDescriptor[];
  };
  var Instance: { new (module: Module, imports?: Imports): Instance };
  var Memory: { new (descriptor: MemoryDescriptor): Memory };
  var Table: { new (descriptor: TableDescriptor, value?: any): Table };
  var Global: { new (descriptor: GlobalDescriptor, value?: any): Global };
  var CompileError: { new (message?: string): CompileError; (message?: string): CompileError };
  var LinkError: { new (message?: string): LinkError; (message?: string): LinkError };
  var RuntimeError: { new (message?: string): RuntimeError; (message?: string): RuntimeError };
  function compile(bytes: BufferSource): Promise<Module>;
  function instantiate(bytes: BufferSource, imports?: Imports): Promise<WebAssemblyInstantiatedSource>;
  function instantiate(module: Module, imports?: Imports): Promise<Instance>;
  function validate(bytes: BufferSource): boolean;
}
`;
