// @ts-check
// Writes into a file, as JSON, the modules that the named ones load: each file, which files it means by the names it asks
// for, and its text. The process that `node --build-snapshot` makes can look none up. Those that load compiled code are
// left out.
const { writeFileSync } = require("node:fs");
const { Module } = require("node:module");
const { extname } = require("node:path");
const { shortened } = require("./shortened.cjs");

/** Node's own modules that work in no process, or no thread of it, but the one that loaded them. */
const unkept = ["child_process", "net", "v8", "worker_threads"];

/** What Node's own loader is made of, and its types do not tell. @type {any} */
const loader = Module;
/** @type {Map<string, { [name: string]: string }>} */
const asked = new Map();
/** The files being loaded, the innermost last. @type {string[]} */
const loading = [];
/** Files that are not kept. */
const left = new Set(unkept.flatMap((name) => [name, `node:${name}`]));
const { _load: load } = loader;
loader._load = (
  /** @type {string} */ name,
  /** @type {NodeJS.Module} */ parent,
  /** @type {boolean} */ isMain,
) => {
  const file = Module.isBuiltin(name) ? name : loader._resolveFilename(name, parent, isMain);
  asked.set(parent.filename, { ...asked.get(parent.filename), [name]: file });
  loading.push(file);
  try {
    return load(name, parent, isMain);
  } finally {
    loading.pop();
  }
};
// Who opens one while it is loaded has that of the wrong process.
for (const name of ["stdin", "stdout", "stderr"]) {
  const stream = /** @type {{ [name: string]: unknown }} */ (/** @type {unknown} */ (process))[name];
  Object.defineProperty(process, name, { get: () => (left.add(loading.at(-1) ?? ""), stream) });
}

/** This program's own modules, which no engine needs. */
const own = new Set(Object.keys(require.cache));
const [, , to = "", from = "", ...names] = process.argv;
const requireFrom = Module.createRequire(from);
for (const name of names) requireFrom(name);

const files = Object.keys(require.cache).filter((file) => !own.has(file));
const plain = [".js", ".cjs", ".json"];
left.add(from);
// TensorFlow.js's WASM backend registers itself before all others: a cell that did not ask for it must not find it.
const acting = /[\\/]tfjs-backend-wasm[\\/]/;
for (const file of files) if (!plain.includes(extname(file)) || acting.test(file)) left.add(file);
const reaches = (/** @type {string} */ file) =>
  Object.values(asked.get(file) ?? {}).some((other) => left.has(other));
for (let before = -1; before < left.size;) {
  before = left.size;
  for (const file of files) if (reaches(file)) left.add(file);
}
const kept = files.filter((file) => !left.has(file));
writeFileSync(
  to,
  JSON.stringify(kept.map((file) => [file, { asks: asked.get(file) ?? {}, text: shortened(file) }])),
);
