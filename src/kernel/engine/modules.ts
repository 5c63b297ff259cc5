import { type Modules, moduleAddress, modulesKey } from "../cell/esmodules";

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
