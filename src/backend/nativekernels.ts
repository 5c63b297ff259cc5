import { BatchMatMul, Fill, type FillAttrs, Mean, engine } from "@tensorflow/tfjs-core";
import { setArrays } from "../nn/memory";
import type { Addon } from "./addon";
import { registerActivations } from "./activation";
import { registerAddScaled } from "./addscaled";
import { compiledArithmetic, compiledGelu, compiledLayer, compiledScaledSum } from "./compiled";
import { registerDense } from "./dense";
import { type Taker, installKernel } from "./gate";
import { registerGelu } from "./gelu";
import { type NativeBackend, freshArray, reuseArrays } from "./held";
import { preciseMean } from "./kernels";
import { type LayerSizes, plainArithmetic, products } from "./layer";
import { registerLayerNorm } from "./layernorm";
import { nativeLender } from "./lender";
import { registerMeanMagnitude } from "./magnitude";
import { checkedProduct, matrixProduct } from "./product";
import { smallInJavaScript, smallKernels } from "./small";
import { registerSquaredError } from "./squarederror";
import { composedLayer } from "./widelayer";

const backendName = "tensorflow";
/** Up to so many multiplications a product's sums are double; up to so many elements a mean's are. */
const mostProducts = 2 ** 15;
const mostElements = 2 ** 14;
/** Narrow layers of many rows lose most to float32 sums, and gain least from products on all cores. */
const narrow = 2 ** 8;
const mostNarrowProducts = 2 ** 20;

function isSmallLayer(sizes: LayerSizes): boolean {
  const most = sizes.width * sizes.out <= narrow ? mostNarrowProducts : mostProducts;
  return products(sizes) <= most;
}

/** Replaces what native TensorFlow does slowly or less exactly; with the compiled kernels that is all of a network. */
export function registerNativeKernels(addon: Addon | null): void {
  for (const name of smallKernels) installKernel(backendName, name, smallInJavaScript(name));
  installKernel(backendName, Mean, preciseMean(nativeLender, mostElements));
  installKernel(
    backendName,
    BatchMatMul,
    matrixProduct(nativeLender, mostProducts, addon),
    checkedProduct(nativeLender),
  );
  registerActivations(backendName, nativeLender);
  registerLayerNorm(backendName, nativeLender);
  if (addon === null) registerPlain();
  else registerCompiled(addon);
}

function registerPlain(): void {
  registerGelu(backendName, nativeLender);
  registerAddScaled(backendName, nativeLender);
  registerDense(backendName, nativeLender, isSmallLayer, plainArithmetic, composedLayer);
  registerMeanMagnitude(backendName, nativeLender);
  registerSquaredError(backendName, nativeLender);
}

function registerCompiled(addon: Addon): void {
  reuseArrays(engine().findBackend(backendName) as unknown as NativeBackend, addon.align);
  setArrays(freshArray);
  installKernel(backendName, Fill, filled);
  registerGelu(backendName, nativeLender, compiledGelu(addon));
  registerAddScaled(backendName, nativeLender, compiledScaledSum(addon));
  const wide = compiledLayer(addon, nativeLender);
  registerDense(backendName, nativeLender, isSmallLayer, compiledArithmetic(addon), wide);
  registerMeanMagnitude(backendName, nativeLender, addon.magnitude);
  registerSquaredError(backendName, nativeLender, (a, b, slopes, scale) =>
    addon.squares(a, b, slopes, a.length, scale),
  );
}

/** A wide target's fresh memory takes ten times as long as filling an array that is used again. */
const filled: Taker = ({ attrs, backend }) => {
  const { shape, value, dtype } = attrs as unknown as FillAttrs;
  if (typeof value !== "number" || (dtype ?? "float32") !== "float32") return null;
  return nativeLender.write(backend, shape, (values) => values.fill(value));
};
