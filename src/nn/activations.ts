import type { Tensor } from "@tensorflow/tfjs-core";
import { type Approximate, checkApproximate } from "./architecture";
import { type ActivationName, asFloats } from "./kernels";
import { Module } from "./module";
import { composed, composedActivation, composedActivationGrad, unary } from "./operations";

function activation(input: Tensor, name: ActivationName): Tensor {
  const x = asFloats(input, `${name}'s input`);
  // TensorFlow.js's own tanh and sigmoid have no second derivative: they keep an output that leads back nowhere.
  return unary("Activation", x, { name }, (dy, x) =>
    composedActivationGrad(dy, composedActivation(x, name), name),
  );
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

/**
 * The Gaussian error linear unit of every element.
 * Source: Hendrycks and Gimpel, "Gaussian Error Linear Units", 2016; PyTorch, `nn.functional.gelu`.
 * @throws TypeError where `input` is no tensor of numbers.
 */
export function gelu(input: Tensor, approximate: Approximate = "none"): Tensor {
  const x = asFloats(input, "GELU's input");
  return unary("Gelu", x, { approximate }, (dy, x) => composed.GeluGrad({ dy, x }, { approximate }));
}

/** PyTorch: `nn.GELU(approximate="none")`. */
export class GELU extends Module {
  readonly approximate: Approximate;

  /** @throws TypeError or RangeError for a form that is neither "none" nor "tanh". */
  constructor({ approximate = "none" }: { approximate?: Approximate } = {}) {
    super();
    checkApproximate(approximate);
    this.approximate = approximate;
  }

  forward(x: Tensor): Tensor {
    return gelu(x, this.approximate);
  }
}
