// @ts-check
// Run by `node --build-snapshot`: loads TypeScript, TensorFlow.js and what else a notebook needs, reads the declarations
// too, and leaves all in the process that a kernel's engine then starts as.
const { readFileSync } = require("node:fs");
const { dirname, join } = require("node:path");
const { compileFunction } = require("node:vm");

// Here Node's own modules alone can be required, so others are read: see traced.cjs.
const [, , list = ""] = process.argv;
/** @type {Map<string, { [name: string]: string }>} */
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
  if (file.endsWith(".json")) return (module.exports = JSON.parse(readFileSync(file, "utf8")));
  const names = ["exports", "require", "module", "__filename", "__dirname"];
  const run = compileFunction(oneByte(readFileSync(file, "utf8")), names, { filename: file });
  /** @param {string} name */
  const requireHere = (name) => {
    const other = traced.get(file)?.[name];
    if (other !== undefined && traced.has(other)) return load(other);
    return requireOf === null ? require(name) : requireOf(file)(name);
  };
  requireHere.resolve = (/** @type {string} */ name) =>
    requireOf === null ? traced.get(file)?.[name] : requireOf(file).resolve(name);
  Object.defineProperty(requireHere, "cache", { get: () => requireOf?.(file).cache });
  run.call(module.exports, module.exports, requireHere, module, file, dirname(file));
  return module.exports;
}

/**
 * One character beyond Latin-1 would double what the text takes in memory. In a string, in an identifier and in a comment
 * its escape is as good.
 * @param {string} text
 */
function oneByte(text) {
  const escape = (/** @type {string} */ unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return Buffer.from(text.replace(/[^\0-\xff]/g, escape), "latin1").toString("latin1");
}

for (const file of traced.keys()) load(file);

// Cells of every usual kind: what is compiled here is compiled already when a notebook runs.
const cells = [
  `import { nn, show, tensor, tf, type Tensor } from "tslab-gradients";
class Net extends nn.Module {
  readonly layers = new nn.ModuleList<nn.Sequential>();
  constructor(sizes: number[], { bias = true }: { bias?: boolean } = {}) {
    super();
    for (let i = 0; i < sizes.length - 1; i++) this.layers.append(new nn.Sequential(new nn.Linear(sizes[i], sizes[i + 1], { bias })));
  }
  forward(x: Tensor): Tensor {
    for (const layer of this.layers) x = tf.add(x, layer.forward(x));
    return x;
  }
}`,
  `let net = new Net([3, 3, 1]);
function lines(model: nn.Module): string[] {
  return [...model.namedParameters()].map(([name, { shape }]) => \`\${name} \${shape.join()}\`);
}
console.log(lines(net).join("\\n"), process.version);`,
  `let { length } = await Promise.resolve(lines(net));
await show(null as never);
length + 1`,
];

const { CellConverter } = load(join(root, "dist", "kernel", "cell", "converter.js"));
const converter = new CellConverter(root);
for (const [i, cell] of cells.entries()) {
  converter.begin(`In[${i + 1}]`, {});
  converter.convert("", cell);
  converter.settle(true);
}
Object.assign(globalThis, {
  [Symbol.for("tslab-gradients.prepared")]: {
    modules: loaded,
    files: converter.keepFiles(),
    requireBy: (/** @type {typeof requireOf} */ way) => (requireOf = way),
  },
});
