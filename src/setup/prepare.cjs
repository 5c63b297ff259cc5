// @ts-check
// Run by `node --build-snapshot`: loads TypeScript, reads the declarations that notebooks need, and leaves both in the
// process that a kernel's engine then starts as. Here Node's own modules alone can be required, so others are read.
const { readFileSync } = require("node:fs");
const { dirname, join } = require("node:path");
const { compileFunction } = require("node:vm");

/** Where packages' modules are, by the names that the kernel's cells ask for. @type {{ [name: string]: string }} */
const places = JSON.parse(process.argv[2] ?? "{}");
const typescriptName = "@tslab/typescript-for-tslab";
const root = join(__dirname, "..", "..");
/** @type {Map<string, { exports: any }>} */
const loaded = new Map();

/** @param {string} file */
function load(file) {
  const known = loaded.get(file);
  if (known) return known.exports;
  const module = { exports: {} };
  loaded.set(file, module);
  const names = ["module", "exports", "require", "__filename", "__dirname"];
  // Latin-1 takes half of the memory that TypeScript's text would take else; what is beyond it there are comments.
  const text = readFileSync(file, file === places[typescriptName] ? "latin1" : "utf8");
  const run = compileFunction(text, names, { filename: file });
  /** @param {string} name */
  const requireHere = (name) => {
    if (name in places) return load(String(places[name]));
    return name.startsWith(".") ? load(join(dirname(file), `${name}.js`)) : require(name);
  };
  requireHere.resolve = (/** @type {string} */ name) => places[name];
  run(module, module.exports, requireHere, file, dirname(file));
  return module.exports;
}

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
const typescriptFile = String(places[typescriptName]);
Object.assign(globalThis, {
  [Symbol.for("tslab-gradients.prepared")]: {
    typescript: load(typescriptFile),
    typescriptFile,
    files: converter.keepFiles(),
  },
});
