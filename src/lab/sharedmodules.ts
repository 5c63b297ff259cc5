/** The modules of the page, each by name and version, that JupyterLab shares with its extensions. */
export type SharedScope = Record<string, Record<string, SharedModule>>;

interface SharedModule {
  get(): Promise<() => unknown>;
  loaded?: boolean | number;
}

let scope: SharedScope = {};
const loaded = new Map<string, unknown>();

export function share(shared: SharedScope): void {
  scope = shared;
}

/** Fetches shared modules, so that `shared` can hand them out at once. */
export async function load(...names: string[]): Promise<void> {
  await Promise.all(
    names.map(async (name) => {
      if (loaded.has(name)) return;
      const factory = await provider(name).get();
      loaded.set(name, factory());
    }),
  );
}

/** The page's own copy of a module: what `import` of it becomes in this bundle. */
export function shared(name: string): unknown {
  if (!loaded.has(name)) throw new Error(`"${name}" was asked for before it was loaded.`);
  return loaded.get(name);
}

/** The copy that the page already runs, else the newest: there must be one only. */
function provider(name: string): SharedModule {
  const [first, ...others] = Object.entries(scope[name] ?? {});
  if (!first) throw new Error(`This JupyterLab does not share "${name}": version 4 does.`);
  let [version, module] = first;
  for (const [otherVersion, other] of others) {
    const newer = otherVersion.localeCompare(version, "en", { numeric: true }) > 0;
    if (!!other.loaded === !!module.loaded ? newer : other.loaded) [version, module] = [otherVersion, other];
  }
  return module;
}
