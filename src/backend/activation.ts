import { type NamedAttrMap, type Tensor, engine, registerGradient } from "@tensorflow/tfjs-core";
import {
  type ActivationName,
  activationGradKernel,
  activationKernel,
  composedActivation,
  composedActivationGrad,
} from "../nn/activation";
import { installKernel } from "./gate";
import type { Lender } from "./lender";

/** y of x, and by y the slope; in double, so that each value is rounded once. */
const functions: { readonly [name in ActivationName]: [(x: number) => number, (y: number) => number] } = {
  // Not by `Math.max`, which takes -0 for less than 0 where PyTorch leaves it.
  ReLU: [(x) => (x < 0 ? 0 : x), (y) => (y <= 0 ? 0 : 1)],
  Tanh: [Math.tanh, (y) => 1 - y * y],
  Sigmoid: [(x) => 1 / (1 + Math.exp(-x)), (y) => y * (1 - y)],
};

/**
 * Registers the activations and their gradients as kernels of a backend: TensorFlow's own approximate tanh, and take
 * numbers below 1.2e-38 for 0.
 */
export function registerActivations(backendName: string, lender: Lender): void {
  const nameOf = (attrs: unknown): ActivationName => (attrs as { name: ActivationName }).name;
  installKernel(
    backendName,
    activationKernel,
    ({ inputs, attrs, backend }) => {
      const x = inputs.x!;
      const [value] = functions[nameOf(attrs)];
      return lender.write(backend, x.shape, (y) => {
        const from = lender.read(backend, x);
        for (let i = 0; i < y.length; i++) y[i] = value(from[i]!);
      });
    },
    () =>
      ({ inputs, attrs }) =>
        composedActivation(inputs.x as Tensor, nameOf(attrs)),
  );
  installKernel(
    backendName,
    activationGradKernel,
    ({ inputs, attrs, backend }) => {
      const [dy, y] = [inputs.dy!, inputs.y!];
      if (y.shape.join() !== dy.shape.join()) return null;
      const name = nameOf(attrs);
      const [, slope] = functions[name];
      return lender.write(backend, y.shape, (dx) => {
        const [by, from] = [lender.read(backend, dy), lender.read(backend, y)];
        for (let i = 0; i < dx.length; i++) {
          const factor = slope(from[i]!);
          // What does not pass is 0, an infinite dy as well.
          dx[i] = name === "ReLU" && factor === 0 ? 0 : by[i]! * factor;
        }
      });
    },
    () =>
      ({ inputs, attrs }) =>
        composedActivationGrad(inputs.dy as Tensor, inputs.y as Tensor, nameOf(attrs)),
  );
}

registerGradient({
  kernelName: activationKernel,
  outputsToSave: [true],
  gradFunc: (dy, saved, attrs) => ({
    x: () =>
      engine().runKernel<Tensor>(
        activationGradKernel,
        { dy: dy as Tensor, y: saved[0]! },
        attrs as NamedAttrMap,
      ),
  }),
});
