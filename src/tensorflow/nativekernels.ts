import { type FillAttrs, BatchMatMul, Fill, Mean, engine } from "@tensorflow/tfjs-core";
import { useMachine } from "../nn/resources";
import type { Addon } from "./addon";
import { compiledArithmetic, compiledGelu, compiledLayer, compiledScaledSum } from "./compiledkernels";
import { type Taker, installKernel } from "./installkernel";
import { type LayerSizes, plainArithmetic, products } from "./layerarithmetic";
import { registerDense } from "./layerkernels";
import { checkedProduct, matrixProduct } from "./matrixproduct";
import { type NativeBackend, freshArray, reuseArrays } from "./nativearrays";
import { preciseMean } from "./plainkernels";
import { smallInJavaScript, smallKernels } from "./smalloperations";
import { nativeAccess } from "./tensoraccess";
import { registerAddScaled, registerMeanMagnitude, registerSquaredError } from "./trainingkernels";
import { registerActivations, registerGelu, registerLayerNorm } from "./unarykernels";

const backendName = "tensorflow";
/** Up to this many multiplications a product is summed in double, and up to this many elements a mean is. */
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
  installKernel(backendName, Mean, preciseMean(nativeAccess, mostElements));
  installKernel(
    backendName,
    BatchMatMul,
    matrixProduct(nativeAccess, mostProducts, addon),
    checkedProduct(nativeAccess),
  );
  registerActivations(backendName, nativeAccess);
  registerLayerNorm(backendName, nativeAccess);
  if (addon === null) registerPlain();
  else registerCompiled(addon);
}

function registerPlain(): void {
  registerGelu(backendName, nativeAccess);
  registerAddScaled(backendName, nativeAccess);
  registerDense(backendName, nativeAccess, isSmallLayer, plainArithmetic, null);
  registerMeanMagnitude(backendName, nativeAccess);
  registerSquaredError(backendName, nativeAccess);
}

function registerCompiled(addon: Addon): void {
  reuseArrays(engine().findBackend(backendName) as unknown as NativeBackend, addon.align);
  useMachine({ zeros: freshArray });
  installKernel(backendName, Fill, filled);
  registerGelu(backendName, nativeAccess, compiledGelu(addon));
  registerAddScaled(backendName, nativeAccess, compiledScaledSum(addon));
  const wide = compiledLayer(addon, nativeAccess);
  registerDense(backendName, nativeAccess, isSmallLayer, compiledArithmetic(addon), wide);
  registerMeanMagnitude(backendName, nativeAccess, addon.magnitude);
  registerSquaredError(backendName, nativeAccess, (a, b, slopes, scale) =>
    addon.squares(a, b, slopes, a.length, scale),
  );
}

/** A wide target's fresh memory takes ten times as long as filling an array that is used again. */
const filled: Taker = ({ attrs, backend }) => {
  const { shape, value, dtype } = attrs as unknown as FillAttrs;
  if (typeof value !== "number" || (dtype ?? "float32") !== "float32") return null;
  return nativeAccess.write(backend, shape, (values) => values.fill(value));
};
