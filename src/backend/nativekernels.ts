import {
  BatchMatMul,
  Fill,
  type FillAttrs,
  type KernelFunc,
  Mean,
  type TensorInfo,
  engine,
  util,
} from "@tensorflow/tfjs-core";
import type { Addon } from "./addon";
import { compiledArithmetic, compiledLayer, compiledProduct } from "./compiled";
import { registerDense } from "./dense";
import { setArrays } from "../nn/memory";
import { type NativeBackend, freshArray, reuseArrays } from "./held";
import { preciseMean, registerElementwise, replaceKernel } from "./kernels";
import { plainArithmetic } from "./layer";
import { nativeLender } from "./lender";
import { registerMeanMagnitude } from "./magnitude";
import { preciseProduct } from "./product";
import { smallInJavaScript, smallKernels } from "./small";
import { registerSquaredError } from "./squarederror";
import { composedLayer } from "./widelayer";

/** Up to so many multiplications a product's sums are double; up to so many elements GELU is. */
const mostProducts = 2 ** 15;
const mostElements = 2 ** 14;

/** Replaces what native TensorFlow does slowly or less exactly; with the compiled kernels that is all of a network. */
export function registerNativeKernels(addon: Addon | null): void {
  for (const name of smallKernels)
    replaceKernel("tensorflow", name, (original) => smallInJavaScript(name, original));
  registerElementwise("tensorflow", nativeLender, mostElements);
  replaceKernel("tensorflow", Mean, (original) => {
    const precise = preciseMean(nativeLender, original);
    return (call) =>
      util.sizeFromShape((call.inputs.x as TensorInfo).shape) <= mostElements
        ? precise(call)
        : original(call);
  });
  if (addon === null) registerPlain();
  else registerCompiled(addon);
}

function registerPlain(): void {
  replaceKernel("tensorflow", BatchMatMul, (original) =>
    preciseProduct(nativeLender, mostProducts, original),
  );
  registerDense("tensorflow", nativeLender, mostProducts, plainArithmetic, composedLayer);
  registerMeanMagnitude("tensorflow", nativeLender);
  registerSquaredError("tensorflow", nativeLender, mostElements);
}

function registerCompiled(addon: Addon): void {
  reuseArrays(engine().findBackend("tensorflow") as unknown as NativeBackend, addon.align);
  setArrays(freshArray);
  replaceKernel("tensorflow", BatchMatMul, (original) =>
    preciseProduct(nativeLender, mostProducts, compiledProduct(addon, nativeLender, original)),
  );
  replaceKernel("tensorflow", Fill, filled);
  const wide = compiledLayer(addon, nativeLender);
  registerDense("tensorflow", nativeLender, mostProducts, compiledArithmetic(addon), wide);
  registerMeanMagnitude("tensorflow", nativeLender, addon.magnitude);
  registerSquaredError("tensorflow", nativeLender, Infinity, addon.squares);
}

/** A wide target's fresh memory takes ten times as long as filling an array that is used again. */
function filled(original: KernelFunc): KernelFunc {
  return (call) => {
    const { shape, value, dtype } = call.attrs as unknown as FillAttrs;
    if (typeof value !== "number" || (dtype ?? "float32") !== "float32") return original(call);
    return nativeLender.write(call.backend, shape, (values) => values.fill(value));
  };
}
