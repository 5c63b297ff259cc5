import "@tensorflow/tfjs-backend-cpu/dist/base";
import { engine, setBackend as setTfjsBackend, Tensor } from "@tensorflow/tfjs-core";
import { missingMethods, tf as someOperations } from "tensorflow";
import { registerCpuKernels } from "../../tensorflow/plainkernels";
import * as library from "../../library";
import { quote } from "../../nn/quote";
import { defaultGenerator } from "../../nn/random";

registerCpuKernels();
// Its first use prints a banner that advertises tfjs-node.
(engine().findBackend("cpu") as unknown as { firstUse: boolean }).firstUse = false;
void setTfjsBackend("cpu");
// Layers that nobody seeds start anywhere, every time.
defaultGenerator.seed();

/** A page computes in plain JavaScript alone. @throws RangeError for another backend than the page's only one. */
function setBackend(backend: string): void {
  if (backend !== "cpu")
    throw new RangeError(`The backend is ${quote(backend)}; a page has "cpu" alone, the kernel has more.`);
}

for (const name of missingMethods) {
  const fail = (): never => refuse(name);
  Object.defineProperty(Tensor.prototype, name, { value: fail, configurable: true, writable: true });
}

function refuse(name: string): never {
  throw new Error(
    `tf.${name} is not among the TensorFlow.js operations of this page; run the notebook in Jupyter for it.`,
  );
}

/** A module whose missing names are errors that say so: no types are checked in a page. */
function guarded<T extends object>(module: T, refuse: (name: string) => never): T {
  return new Proxy(module, {
    get(target, name) {
      if (typeof name === "symbol" || name in target || name === "then")
        return (target as { [name: string | symbol]: unknown })[name];
      return refuse(name);
    },
  });
}

/** One of our own modules, whose names an error can list. */
function own<T extends object>(called: string, module: T): T {
  return guarded(module, (name) => {
    throw new TypeError(`There is no ${called}.${name}; expected one of ${Object.keys(module).join(", ")}.`);
  });
}

const tf = guarded(someOperations, refuse);
const nn = own("nn", { ...library.nn, init: own("nn.init", library.nn.init) });

/** Their names. */
export const operations = Object.keys(someOperations).sort();

const modules: { [name: string]: object } = {
  "tslab-gradients": { ...library, nn, tf, getBackend: () => "cpu", setBackend },
  "@tensorflow/tfjs": tf,
  "@tensorflow/tfjs-core": tf,
};

/** A module that a cell imports. @throws Error where the page has none of that name. */
export function moduleNamed(name: string): object {
  if (Object.hasOwn(modules, name)) return modules[name]!;
  const [own, tensorflow] = Object.keys(modules);
  throw new Error(`A page cannot import ${JSON.stringify(name)}; expected "${own}" or "${tensorflow}".`);
}
