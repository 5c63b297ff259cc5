import { ownFolder, slashed } from "../packages";

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
