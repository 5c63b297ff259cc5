// @ts-check
// Run by `node --build-snapshot`: loads TypeScript, TensorFlow.js and what else a notebook needs, reads the declarations
// too, and leaves all in the process that a kernel's engine then starts as.
const { readdirSync, readFileSync } = require("node:fs");
const { dirname, join } = require("node:path");
const { compileFunction } = require("node:vm");

/** @typedef {{ asks: { [name: string]: string }, text: string }} Traced which files it means by what names, and its text */

// Here Node's own modules alone can be required, so others are read: see listmodules.cjs.
const [, , list = ""] = process.argv;
/** @type {Map<string, Traced>} */
const traced = new Map(JSON.parse(readFileSync(list, "utf8")));
const root = join(__dirname, "..", "..");
/** @type {Map<string, { exports: any }>} */
const loaded = new Map();
/** Node's own way, which an engine has again, for what a module asks for later. @type {null | ((file: string) => NodeJS.Require)} */
let requireOf = null;

/** @param {string} file */
function load(file) {
  const known = loaded.get(file);
  if (known) return known.exports;
  const module = { exports: {} };
  loaded.set(file, module);
  const { asks, text } = /** @type {Traced} */ (traced.get(file));
  if (file.endsWith(".json")) return (module.exports = JSON.parse(text));
  const names = ["exports", "require", "module", "__filename", "__dirname"];
  const run = compileFunction(oneByte(text), names, { filename: file });
  /** @param {string} name */
  const requireHere = (name) => {
    const other = asks[name];
    if (other !== undefined && traced.has(other)) return load(other);
    return requireOf === null ? require(name) : requireOf(file)(name);
  };
  requireHere.resolve = (/** @type {string} */ name) =>
    requireOf === null ? asks[name] : requireOf(file).resolve(name);
  Object.defineProperty(requireHere, "cache", { get: () => requireOf?.(file).cache });
  run.call(module.exports, module.exports, requireHere, module, file, dirname(file));
  return module.exports;
}

/** JSON's strings are as wide as their widest character; this one's are one byte each. @param {string} text */
function oneByte(text) {
  return Buffer.from(text, "latin1").toString("latin1");
}

for (const file of traced.keys()) load(file);
// What was compiled has its own copy.
for (const entry of traced.values()) entry.text = "";

// What is compiled here is compiled already when a notebook runs: the package's own notebooks do what readers do.
const { CellConverter } = load(join(root, "dist", "kernel", "cells", "converter.js"));
const converter = new CellConverter(root);
const folder = join(root, "notebooks", "en");
for (const name of readdirSync(folder).filter((name) => name.endsWith(".ipynb"))) {
  const { cells } = JSON.parse(readFileSync(join(folder, name), "utf8"));
  for (const { cell_type, source } of cells) {
    if (cell_type !== "code") continue;
    converter.begin("In[1]", {});
    converter.convert("", [source].flat().join(""));
    converter.settle(true);
  }
}
Object.assign(globalThis, {
  [Symbol.for("tslab-gradients.prepared")]: {
    modules: loaded,
    files: converter.keepFiles(),
    requireBy: (/** @type {typeof requireOf} */ way) => (requireOf = way),
  },
});
