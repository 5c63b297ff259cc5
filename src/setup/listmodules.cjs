// @ts-check
// Writes into a file, as JSON, the modules that the named ones load: each file, which files it means by the names it asks
// for, and its text. The process that `node --build-snapshot` makes can look none up. Those that load compiled code are
// left out.
const { readFileSync, writeFileSync } = require("node:fs");
const { Module } = require("node:module");
const { extname } = require("node:path");

/** What only a checkout has: without it the text stays as long as it is. @type {typeof import("esbuild") | undefined} */
let esbuild;
try {
  esbuild = require("esbuild");
} catch {
  esbuild = undefined;
}

/** Nobody sees the names of TypeScript's own functions; TensorFlow.js prints those of its classes. */
const unseen = /[\\/]typescript[\\/]/;

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

/**
 * A module's text as a prepared process holds it: a package's without its comments and its white space, since each megabyte
 * is read at every start, and nothing beyond Latin-1, since one such character would double what the text takes. In a
 * string, in an identifier and in a comment its escape is as good.
 * @param {string} file
 */
function shortened(file) {
  const text = readFileSync(file, "utf8");
  const isOwn = extname(file) === ".json" || !/[\\/]node_modules[\\/]/.test(file);
  if (isOwn || esbuild === undefined) return escaped(text);
  return esbuild.transformSync(text, {
    charset: "ascii",
    legalComments: "none",
    minifyWhitespace: true,
    minifyIdentifiers: unseen.test(file),
  }).code;
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/[^\0-\xff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
