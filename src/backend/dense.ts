import {
  type NamedAttrMap,
  type NamedTensorMap,
  type Tensor,
  type TensorInfo,
  broadcastTo,
  engine,
  matMul,
  registerGradient,
  registerKernel,
  sum,
} from "@tensorflow/tfjs-core";
import {
  type LayerAttributes,
  denseGradKernel,
  denseInputGradKernel,
  denseKernel,
  denseSlopeKernel,
} from "../nn/dense";
import { type LayerArithmetic, layerSizes, products } from "./layer";
import type { Lender } from "./lender";
import type { WideLayer } from "./widelayer";

/** For each backend the most multiplications of one network's product for which a layer is one call. */
const limits = new Map<string, number>();

/**
 * Registers a layer and its gradient as kernels of a backend. Small networks are all calls: composed of operations they
 * take several times longer.
 * @param limit the most multiplications of one network's product to do by `small`
 * @param wide does those that are more
 */
export function registerDense(
  backendName: string,
  lender: Lender,
  limit: number,
  small: LayerArithmetic,
  wide: WideLayer,
): void {
  limits.set(backendName, limit);
  registerKernel({
    kernelName: denseKernel,
    backendName,
    kernelFunc: ({ inputs, attrs, backend }) => {
      // The engine hands a kernel the very tensors that it was called with.
      const { x, weight, bias } = inputs as { x: Tensor; weight: Tensor; bias: Tensor };
      const attributes = attrs as unknown as LayerAttributes;
      const sizes = layerSizes(x, weight);
      if (products(sizes) > limit) return wide.forward(x, weight, bias, attributes, backend);
      const { batch, out } = sizes;
      const shape = [...weight.shape.slice(0, -2), batch, out];
      return lender.writeAll(backend, [shape, shape], ([y, slopes]) => {
        const [from, weights, biases] = [x, weight, bias].map((tensor) => lender.read(backend, tensor));
        small.forward(sizes, attributes, from!, weights!, biases!, y!, slopes!);
      });
    },
  });
  registerKernel({
    kernelName: denseGradKernel,
    backendName,
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { dy, slope, x, weight } = inputs as { [name in "dy" | "slope" | "x" | "weight"]: TensorInfo };
      const { shortcut } = attrs as unknown as LayerAttributes;
      const sizes = layerSizes(x, weight);
      const input = [...dy.shape.slice(0, -1), sizes.width];
      return lender.writeAll(
        backend,
        [input, weight.shape, weight.shape.slice(0, -1)],
        ([dx, dweight, dbias]) => {
          const [by, slopes, from, weights] = [dy, slope, x, weight].map((tensor) =>
            lender.read(backend, tensor),
          );
          small.gradients(sizes, shortcut, by!, slopes!, from!, weights!, dx!, dweight!, dbias!);
        },
      );
    },
  });
  registerKernel({
    kernelName: denseSlopeKernel,
    backendName,
    kernelFunc: ({ inputs, backend }) => wide.slope(inputs.dy as Tensor, inputs.slope as Tensor, backend),
  });
  registerKernel({
    kernelName: denseInputGradKernel,
    backendName,
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { dz, weight, dy } = inputs as { [name in "dz" | "weight" | "dy"]: Tensor };
      return wide.inputGradient(dz, weight, dy, (attrs as unknown as LayerAttributes).shortcut, backend);
    },
  });
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
    if (products(layerSizes(x, weight)) <= (limits.get(tf.backendName) ?? Infinity)) {
      const inputs = { dy, slope, x, weight } as NamedTensorMap;
      // At once: what is made inside a getter is disposed before another can use it.
      const [dx, dweight, dbias] = tf.runKernel<Tensor[]>(denseGradKernel, inputs, attrs as NamedAttrMap);
      return { x: () => summed(dx!), weight: () => dweight!, bias: () => dbias! };
    }
    const [dz, dbias] = tf.runKernel<Tensor[]>(denseSlopeKernel, { dy, slope } as NamedTensorMap) as [
      Tensor,
      Tensor,
    ];
    return {
      // Only where it is asked for: the first layer's input has no use for it.
      x: () =>
        summed(
          tf.runKernel(denseInputGradKernel, { dz, weight, dy } as NamedTensorMap, attrs as NamedAttrMap),
        ),
      weight: () => {
        const own = x.shape[0] === dz.shape[0] ? x : broadcastTo(x, [dz.shape[0]!, ...x.shape.slice(1)]);
        return matMul(dz, own, true, false);
      },
      bias: () => dbias,
    };
  },
});
