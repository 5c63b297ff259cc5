import { type Tensor, type TensorInfo, engine, registerGradient, sum } from "@tensorflow/tfjs-core";
import { type LayerAttributes, runKernel } from "../nn/kernels";
import { weightGradient } from "../nn/operations";
import { installLayerKernel } from "./installkernel";
import { type LayerArithmetic, type LayerSizes, fits, layerSizes } from "./layerarithmetic";
import type { TensorAccess } from "./tensoraccess";

/** How a layer is computed whose products are too many for JavaScript; each takes the backend as its last argument. */
export interface WideLayer {
  /** @returns y and gelu'(z): see `dense` */
  forward(
    x: Tensor,
    weight: Tensor,
    bias: Tensor,
    attributes: LayerAttributes,
    backend: unknown,
  ): TensorInfo[];
  /** @returns dz = dy · gelu'(z), and dbias, its sum over the rows */
  slope(dy: Tensor, slope: Tensor, backend: unknown): TensorInfo[];
  /** @returns dz weight, and with a shortcut dy besides */
  inputGradient(dz: Tensor, weight: Tensor, dy: Tensor, shortcut: boolean, backend: unknown): TensorInfo;
}

/** Which layers each backend computes in one call. */
const smallLayers = new Map<string, (sizes: LayerSizes) => boolean>();

/**
 * Registers a layer and its gradient as kernels of a backend. Small networks are all calls: composed of operations they
 * take several times longer.
 * @param isSmall which layers `small` does
 * @param wide does the others; null leaves them to TensorFlow.js
 */
export function registerDense(
  backendName: string,
  access: TensorAccess,
  isSmall: (sizes: LayerSizes) => boolean,
  small: LayerArithmetic,
  wide: WideLayer | null,
): void {
  smallLayers.set(backendName, isSmall);
  installLayerKernel(backendName, "DenseGelu", ({ inputs: { x, weight, bias }, attrs, backend }) => {
    if (!fits(x, weight, bias, attrs.shortcut)) return null;
    const sizes = layerSizes(x, weight);
    if (!isSmall(sizes)) return wide && wide.forward(x, weight, bias, attrs, backend);
    const shape = [...weight.shape.slice(0, -2), sizes.batch, sizes.out];
    const [y, slope] = access.writeAll(backend, [shape, shape], ([y, slopes]) => {
      const [from, weights] = [access.read(backend, x), access.read(backend, weight)];
      small.forward(sizes, attrs, from, weights, access.read(backend, bias), y!, slopes!);
    }) as [TensorInfo, TensorInfo];
    return [y, access.forGradient(slope)];
  });
  installLayerKernel(backendName, "DenseGeluGrad", ({ inputs, attrs, backend }) => {
    const { dy, slope, x, weight } = inputs;
    const { shortcut, withDelta } = attrs;
    const sizes = layerSizes(x, weight);
    const input = [...dy.shape.slice(0, -1), sizes.width];
    return access.writeAll(
      backend,
      [input, weight.shape, weight.shape.slice(0, -1), ...(withDelta ? [dy.shape] : [])],
      ([dx, dweight, dbias, dz]) => {
        const [by, from] = [access.read(backend, dy), access.read(backend, x)];
        const slopes = access.read(backend, slope, by.length);
        const weights = access.read(backend, weight);
        small.gradients(sizes, shortcut, by, slopes, from, weights, dx!, dweight!, dbias!);
        if (dz !== undefined) for (let i = 0; i < dz.length; i++) dz[i] = by[i]! * slopes[i]!;
      },
    );
  });
  installLayerKernel(
    backendName,
    "DenseGeluSlope",
    ({ inputs: { dy, slope }, backend }) => wide && wide.slope(dy, slope, backend),
  );
  installLayerKernel(
    backendName,
    "DenseGeluInputGrad",
    ({ inputs: { dz, weight, dy }, attrs: { shortcut }, backend }) =>
      wide && wide.inputGradient(dz, weight, dy, shortcut, backend),
  );
}

registerGradient({
  kernelName: "DenseGelu",
  inputsToSave: ["x", "weight"],
  outputsToSave: [false, true],
  gradFunc: (dys, saved, attrs) => {
    const dy = (dys as Tensor[])[0]!;
    const [x, weight, slope] = saved as [Tensor, Tensor, Tensor];
    const summed = (dx: Tensor): Tensor => (dx.shape[0] === x.shape[0] ? dx : sum(dx, 0, true));
    const { shortcut, takeDelta } = attrs as unknown as LayerAttributes;
    if (smallLayers.get(engine().backendName)?.(layerSizes(x, weight)) !== false) {
      const inputs = { dy, slope, x, weight };
      // At once: what is made inside a getter is disposed before another can use it.
      const withDelta = takeDelta !== undefined && layerSizes(x, weight).batch > 1;
      const [dx, dweight, dbias, dz] = runKernel("DenseGeluGrad", inputs, { shortcut, withDelta });
      // Of a single row it is the bias's own gradient.
      takeDelta?.((dz ?? dbias!).clone());
      return { x: () => summed(dx!), weight: () => dweight!, bias: () => dbias! };
    }
    const [dz, dbias] = runKernel("DenseGeluSlope", { dy, slope }, {}) as [Tensor, Tensor];
    takeDelta?.(dz.clone());
    return {
      // Only where it is asked for: the first layer's input has no use for it.
      x: () => summed(runKernel("DenseGeluInputGrad", { dz, weight, dy }, { shortcut })),
      weight: () => weightGradient(dz, x),
      bias: () => dbias,
    };
  },
});
