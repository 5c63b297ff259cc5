import {
  type NamedAttrMap,
  type NamedTensorMap,
  type Tensor,
  type TensorInfo,
  broadcastTo,
  engine,
  matMul,
  mul,
  registerGradient,
  sum,
  tidy,
} from "@tensorflow/tfjs-core";
import {
  type LayerAttributes,
  denseGradKernel,
  denseInputGradKernel,
  denseKernel,
  denseSlopeKernel,
} from "../nn/dense";
import { type KernelCall, installKernel } from "./gate";
import { type LayerArithmetic, type LayerSizes, fits, layerSizes } from "./layer";
import type { Lender } from "./lender";
import { type WideLayer, composedLayer } from "./widelayer";

/** Whether the layer's input was added to its output, and whether dz is to come after the other gradients. */
interface GradientAttributes {
  shortcut: boolean;
  withDelta: boolean;
}

/** Which layers each backend computes in one call. */
const smallLayers = new Map<string, (sizes: LayerSizes) => boolean>();

/**
 * Registers a layer and its gradient as kernels of a backend. Small networks are all calls: composed of operations they
 * take several times longer.
 * @param isSmall which layers `small` does
 * @param wide does the others
 */
export function registerDense(
  backendName: string,
  lender: Lender,
  isSmall: (sizes: LayerSizes) => boolean,
  small: LayerArithmetic,
  wide: WideLayer,
): void {
  smallLayers.set(backendName, isSmall);
  installKernel(
    backendName,
    denseKernel,
    ({ inputs, attrs, backend }) => {
      const { x, weight, bias } = inputs as { x: Tensor; weight: Tensor; bias: Tensor };
      const attributes = attrs as unknown as LayerAttributes;
      if (!fits(x, weight, bias, attributes.shortcut)) return null;
      const sizes = layerSizes(x, weight);
      if (!isSmall(sizes)) return wide.forward(x, weight, bias, attributes, backend);
      const shape = [...weight.shape.slice(0, -2), sizes.batch, sizes.out];
      const [y, slope] = lender.writeAll(backend, [shape, shape], ([y, slopes]) => {
        const [from, weights] = [lender.read(backend, x), lender.read(backend, weight)];
        small.forward(sizes, attributes, from, weights, lender.read(backend, bias), y!, slopes!);
      }) as [TensorInfo, TensorInfo];
      return [y, lender.inward(slope)];
    },
    () => (call) => composedLayer.forward(...layerOf(call)),
  );
  installKernel(
    backendName,
    denseGradKernel,
    ({ inputs, attrs, backend }) => {
      const { dy, slope, x, weight } = inputs as { [name in "dy" | "slope" | "x" | "weight"]: Tensor };
      const { shortcut, withDelta } = attrs as unknown as GradientAttributes;
      const sizes = layerSizes(x, weight);
      const input = [...dy.shape.slice(0, -1), sizes.width];
      return lender.writeAll(
        backend,
        [input, weight.shape, weight.shape.slice(0, -1), ...(withDelta ? [dy.shape] : [])],
        ([dx, dweight, dbias, dz]) => {
          const [by, from] = [lender.read(backend, dy), lender.read(backend, x)];
          const slopes = lender.read(backend, slope, by.length);
          const weights = lender.read(backend, weight);
          small.gradients(sizes, shortcut, by, slopes, from, weights, dx!, dweight!, dbias!);
          if (dz !== undefined) for (let i = 0; i < dz.length; i++) dz[i] = by[i]! * slopes[i]!;
        },
      );
    },
    () =>
      ({ inputs, attrs, backend }) => {
        const { dy, slope, x, weight } = inputs as { [name in "dy" | "slope" | "x" | "weight"]: Tensor };
        const { shortcut, withDelta } = attrs as unknown as GradientAttributes;
        return tidy(() => {
          const dz = mul(dy, slope);
          const dx = composedLayer.inputGradient(dz, weight, dy, shortcut, backend) as Tensor;
          return [dx, weightGradient(dz, x), sum(dz, dz.rank - 2), ...(withDelta ? [dz] : [])];
        });
      },
  );
  installKernel(
    backendName,
    denseSlopeKernel,
    ({ inputs, backend }) => wide.slope(inputs.dy as Tensor, inputs.slope as Tensor, backend),
    () =>
      ({ inputs, backend }) =>
        composedLayer.slope(inputs.dy as Tensor, inputs.slope as Tensor, backend),
  );
  const inputGradient =
    (layer: WideLayer) =>
    ({ inputs, attrs, backend }: KernelCall): TensorInfo => {
      const { dz, weight, dy } = inputs as { [name in "dz" | "weight" | "dy"]: Tensor };
      return layer.inputGradient(dz, weight, dy, (attrs as unknown as LayerAttributes).shortcut, backend);
    };
  installKernel(backendName, denseInputGradKernel, inputGradient(wide), () => inputGradient(composedLayer));
}

/** The engine hands a kernel the very tensors that it was called with. */
function layerOf({ inputs, attrs, backend }: KernelCall): Parameters<WideLayer["forward"]> {
  const { x, weight, bias } = inputs as { x: Tensor; weight: Tensor; bias: Tensor };
  return [x, weight, bias, attrs as unknown as LayerAttributes, backend];
}

/** dzᵀ x, of every network; an input that they share is every network's. */
function weightGradient(dz: Tensor, x: Tensor): Tensor {
  const own = x.shape[0] === dz.shape[0] ? x : broadcastTo(x, [dz.shape[0]!, ...x.shape.slice(1)]);
  return matMul(dz, own, true, false);
}

registerGradient({
  kernelName: denseKernel,
  inputsToSave: ["x", "weight"],
  outputsToSave: [false, true],
  gradFunc: (dys, saved, attrs) => {
    const tf = engine();
    const dy = (dys as Tensor[])[0]!;
    const [x, weight, slope] = saved as [Tensor, Tensor, Tensor];
    const summed = (dx: Tensor): Tensor => (dx.shape[0] === x.shape[0] ? dx : sum(dx, 0, true));
    const { shortcut, takeDelta } = attrs as unknown as LayerAttributes;
    if (smallLayers.get(tf.backendName)?.(layerSizes(x, weight)) !== false) {
      const inputs = { dy, slope, x, weight } as NamedTensorMap;
      // At once: what is made inside a getter is disposed before another can use it.
      const withDelta = takeDelta !== undefined && layerSizes(x, weight).batch > 1;
      const [dx, dweight, dbias, dz] = tf.runKernel<Tensor[]>(denseGradKernel, inputs, {
        shortcut,
        withDelta,
      });
      // Of a single row it is the bias's own gradient.
      takeDelta?.((dz ?? dbias!).clone());
      return { x: () => summed(dx!), weight: () => dweight!, bias: () => dbias! };
    }
    const [dz, dbias] = tf.runKernel<Tensor[]>(denseSlopeKernel, { dy, slope } as NamedTensorMap) as [
      Tensor,
      Tensor,
    ];
    takeDelta?.(dz.clone());
    return {
      // Only where it is asked for: the first layer's input has no use for it.
      x: () =>
        summed(
          tf.runKernel(denseInputGradKernel, { dz, weight, dy } as NamedTensorMap, attrs as NamedAttrMap),
        ),
      weight: () => weightGradient(dz, x),
      bias: () => dbias,
    };
  },
});
