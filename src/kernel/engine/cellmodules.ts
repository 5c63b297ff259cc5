import { Module } from "node:module";
import { join } from "node:path";
import { type Modules, moduleAddress, modulesKey } from "../cell/esmodules";
import type { Loader } from "../packages";

/** Modules that were loaded, as compiled code takes them: with a default export that is known as one. */
const loaded = new Map<string, object>();

async function load(address: string): Promise<object> {
  const known = loaded.get(address);
  if (known !== undefined) return known;
  const namespace = (await import(address)) as object;
  const module = new Proxy(namespace, {
    get: (target, key) => key === "__esModule" || (Reflect.get(target, key) as unknown),
  });
  loaded.set(address, module);
  return module;
}

const modules: Modules = {
  async load(addresses) {
    for (const address of addresses) await load(address);
  },
  get: (address) => loaded.get(address)!,
  async import(name, requireHere) {
    const address = /^(file|data):/.test(name) ? name : moduleAddress(name, process.cwd());
    if (address !== null) return (await import(address)) as object;
    const module = requireHere(name) as { __esModule?: boolean };
    return module.__esModule === true ? module : { ...module, default: module };
  },
};

/** Offers ECMAScript modules to the code of the cells. */
export function offerModules(): void {
  (globalThis as { [modulesKey]?: Modules })[modulesKey] = modules;
}

/** A cell has what a file has that Node runs, as if it stood beside the notebook. Node.js: "The module scope". */
export function offerModuleScope(cwd: string): void {
  const filename = join(cwd, "cell.ts");
  const module = new Module(filename);
  Object.assign(module, { filename, paths: (Module as unknown as Loader)._nodeModulePaths(cwd) });
  for (const [name, value] of Object.entries({ __dirname: cwd, __filename: filename, module }))
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
}
