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

/** What a page offers of TensorFlow.js; whatever else is asked for is an error that says so. */
const tf = new Proxy(whole.tf, {
  get(target, name) {
    if (typeof name === "symbol" || name in target || name === "then")
      return (target as unknown as { [name: string | symbol]: unknown })[name];
    return refuse(name);
  },
});

/** Their names. */
export const operations = Object.keys(whole.tf).sort();

const modules: { [name: string]: object } = {
  "tslab-gradients": { ...whole, tf },
  "@tensorflow/tfjs": tf,
  "@tensorflow/tfjs-core": tf,
};

/** A module that a cell imports. @throws Error where the page has none of that name. */
export function moduleNamed(name: string): object {
  if (Object.hasOwn(modules, name)) return modules[name]!;
  const [own, tensorflow] = Object.keys(modules);
  throw new Error(`A page cannot import ${JSON.stringify(name)}; expected "${own}" or "${tensorflow}".`);
}
