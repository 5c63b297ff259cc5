import { Tensor } from "@tensorflow/tfjs-core";
import * as whole from "../../index";

/** Methods of tensors that only the whole of TensorFlow.js has. */
const missing = [
  ...["as5D", "avgPool", "batchNorm", "batchToSpaceND", "conv1d", "conv2d", "conv2dTranspose", "cumprod"],
  ...["depthToSpace", "depthwiseConv2d", "dilation2d", "fft", "ifft", "irfft", "localResponseNormalization"],
  ...["maxPool", "mirrorPad", "pool", "resizeBilinear", "resizeNearestNeighbor", "rfft", "separableConv2d"],
  ...["spaceToBatchND", "unique", "unsortedSegmentSum"],
];

for (const name of missing) {
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

const tf = guarded(whole.tf, refuse);
const nn = own("nn", { ...whole.nn, init: own("nn.init", whole.nn.init) });

/** Their names. */
export const operations = Object.keys(whole.tf).sort();

const modules: { [name: string]: object } = {
  "tslab-gradients": { ...whole, nn, tf },
  "@tensorflow/tfjs": tf,
  "@tensorflow/tfjs-core": tf,
};

/** A module that a cell imports. @throws Error where the page has none of that name. */
export function moduleNamed(name: string): object {
  if (Object.hasOwn(modules, name)) return modules[name]!;
  const [own, tensorflow] = Object.keys(modules);
  throw new Error(`A page cannot import ${JSON.stringify(name)}; expected "${own}" or "${tensorflow}".`);
}
