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
