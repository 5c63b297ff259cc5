// @ts-check
// Prints, as JSON, the modules that the named ones load: each file, and which files it means by the names it asks for.
// The process that `node --build-snapshot` makes can look none up. Those that load compiled code are left out, and those
// that start threads: Node's module for them must be loaded by the process that it serves.
const { Module } = require("node:module");
const { extname } = require("node:path");

/** What Node's own loader is made of, and its types do not tell. @type {any} */
const loader = Module;
/** @type {Map<string, { [name: string]: string }>} */
const asked = new Map();
const { _load: load } = loader;
loader._load = (
  /** @type {string} */ name,
  /** @type {NodeJS.Module} */ parent,
  /** @type {boolean} */ isMain,
) => {
  const exports = load(name, parent, isMain);
  const file = Module.isBuiltin(name) ? name : loader._resolveFilename(name, parent, isMain);
  asked.set(parent.filename, { ...asked.get(parent.filename), [name]: file });
  return exports;
};

const [, , from = "", ...names] = process.argv;
const requireFrom = Module.createRequire(from);
for (const name of names) requireFrom(name);

const files = Object.keys(require.cache).filter((file) => file !== __filename);
const plain = [".js", ".cjs", ".json"];
const left = new Set(["worker_threads", "node:worker_threads", from]);
for (const file of files) if (!plain.includes(extname(file))) left.add(file);
const reaches = (/** @type {string} */ file) =>
  Object.values(asked.get(file) ?? {}).some((other) => left.has(other));
for (let before = -1; before < left.size;) {
  before = left.size;
  for (const file of files) if (reaches(file)) left.add(file);
}
const kept = files.filter((file) => !left.has(file));
process.stdout.write(JSON.stringify(kept.map((file) => [file, asked.get(file) ?? {}])));
