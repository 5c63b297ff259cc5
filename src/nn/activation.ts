import {
  type NamedAttrMap,
  type NamedTensorMap,
  type Tensor,
  customGrad,
  engine,
  mul,
  relu,
  sigmoid,
  step,
  sub,
  tanh,
  tidy,
} from "@tensorflow/tfjs-core";
import { asFloats, usesKernel } from "./kernel";
import { Module } from "./module";

export type ActivationName = "ReLU" | "Tanh" | "Sigmoid";

/** The kernels that a backend may bring: x to y, and dy and y to dx, with `name`. */
export const activationKernel = "Activation";
export const activationGradKernel = "ActivationGrad";

const operations = { ReLU: relu, Tanh: tanh, Sigmoid: sigmoid };

/** The activation composed of TensorFlow.js's operations. */
export function composedActivation(x: Tensor, name: ActivationName): Tensor {
  return operations[name](x);
}

/** dy · y', by the output y: relu' is 1 where y is above 0, tanh' = 1 - y², sigmoid' = y (1 - y). */
export function composedActivationGrad(dy: Tensor, y: Tensor, name: ActivationName): Tensor {
  return tidy(() => {
    if (name === "ReLU") return mul(dy, step(y));
    return mul(dy, name === "Tanh" ? sub(1, mul(y, y)) : mul(y, sub(1, y)));
  });
}

function activation(input: Tensor, name: ActivationName): Tensor {
  const x = asFloats(input, `${name}'s input`);
  if (usesKernel(activationKernel))
    return engine().runKernel(activationKernel, { x } as NamedTensorMap, { name } as NamedAttrMap);
  // TensorFlow.js's own tanh and sigmoid have no second derivative: they keep an output that leads back nowhere.
  return customGrad((input, save) => {
    const x = input as Tensor;
    (save as (tensors: Tensor[]) => void)([x]);
    return {
      value: composedActivation(x, name),
      gradFunc: (dy: Tensor, saved: Tensor[]) =>
        composedActivationGrad(dy, composedActivation(saved[0]!, name), name),
    };
  })(x);
}

/** max(x, 0), with the gradient 0 at 0. PyTorch: `nn.ReLU`. */
export class ReLU extends Module {
  forward(x: Tensor): Tensor {
    return activation(x, "ReLU");
  }
}

/** PyTorch: `nn.Tanh`. */
export class Tanh extends Module {
  forward(x: Tensor): Tensor {
    return activation(x, "Tanh");
  }
}

/** 1 / (1 + e^-x). PyTorch: `nn.Sigmoid`. */
export class Sigmoid extends Module {
  forward(x: Tensor): Tensor {
    return activation(x, "Sigmoid");
  }
}
