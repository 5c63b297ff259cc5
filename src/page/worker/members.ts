/** The names of the properties that a path of names leads to, without calling any getter. */
export function membersOf(path: readonly string[]): string[] {
  let value: unknown = globalThis;
  for (const [i, name] of path.entries()) {
    const from: unknown = value;
    if (from === null || from === undefined) return [];
    const descriptor = descriptorOf(Object(from) as object, name);
    if (descriptor === undefined || (descriptor.get !== undefined && i > 0 && !isNamespace(from))) return [];
    value = (from as { [name: string]: unknown })[name];
  }
  const names = new Set<string>();
  for (let at = value; at !== null && at !== undefined; at = Object.getPrototypeOf(Object(at)) as unknown) {
    if (at === Object.prototype) break;
    for (const name of Object.getOwnPropertyNames(Object(at)))
      if (/^[A-Za-z$][\w$]*$/.test(name) && name !== "constructor") names.add(name);
    if (names.size > 2000) break;
  }
  return [...names];
}

function descriptorOf(from: object, name: string): PropertyDescriptor | undefined {
  for (let at: object | null = from; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    const descriptor = Object.getOwnPropertyDescriptor(at, name);
    if (descriptor) return descriptor;
  }
  return undefined;
}

/** Modules that a bundler made have getters, which do nothing else. */
function isNamespace(value: unknown): boolean {
  return Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null;
}
