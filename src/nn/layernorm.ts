import { type Tensor, add, mul, tidy } from "@tensorflow/tfjs-core";
import { checkSize } from "./architecture";
import { asFloats } from "./kernels";
import { Module } from "./module";
import { composedNormalizeGrad, unary } from "./operations";
import { Parameter } from "./parameter";
import { quote } from "./quote";
import { checkMemory } from "./resources";

/** How a `LayerNorm` is built. */
export interface LayerNormOptions {
  /** What is added to the variance before its root; 1e-5 by default. */
  eps?: number;
  /** Whether there is a weight, ones at first. */
  elementwiseAffine?: boolean;
  /** Whether, beside the weight, there is a bias, zeros at first. */
  bias?: boolean;
}

/**
 * y = (x - mean(x)) / √(variance(x) + eps) · weight + bias, mean and biased variance over the last sizes.
 * Source: Ba et al., "Layer Normalization", 2016; PyTorch, `nn.LayerNorm`.
 */
export class LayerNorm extends Module {
  /** The input's last sizes. */
  readonly normalizedShape: readonly number[];
  readonly eps: number;
  /** Of the shape `normalizedShape`, or null where the layer was made without. */
  readonly weight: Parameter | null;
  readonly bias: Parameter | null;
  private readonly width: number;

  /** @throws TypeError or RangeError naming the value; nothing is allocated then. */
  constructor(
    normalizedShape: number | readonly number[],
    { eps = 1e-5, elementwiseAffine = true, bias = true }: LayerNormOptions = {},
  ) {
    super();
    const shape = shapeOf(normalizedShape);
    checkEps(eps);
    this.normalizedShape = shape;
    this.eps = eps;
    this.width = shape.reduce((product, size) => product * size, 1);
    if (elementwiseAffine) checkMemory(`LayerNorm(${shape.join(", ")})`, 2 * this.width);
    const filled = (value: number): Parameter =>
      new Parameter(new Float32Array(this.width).fill(value), [...shape]);
    this.weight = elementwiseAffine ? filled(1) : null;
    this.bias = elementwiseAffine && bias ? filled(0) : null;
  }

  /**
   * @param input shape [..., normalizedShape]
   * @returns the same shape
   * @throws TypeError where `input` is no tensor of numbers, RangeError where its last sizes are others.
   */
  forward(input: Tensor): Tensor {
    const { normalizedShape: shape, width, eps, weight, bias } = this;
    const x = asFloats(input, "LayerNorm's input");
    if (x.rank < shape.length || shape.some((size, i) => size !== x.shape[x.rank - shape.length + i])) {
      throw new RangeError(
        `LayerNorm(${shape.join(", ")}) got an input of shape [${x.shape.join(", ")}]; expected its last sizes to be ${shape.join(", ")}.`,
      );
    }
    return tidy(() => {
      const row = { width, eps };
      const y = unary("NormalizeRows", x, row, (dy, x) => composedNormalizeGrad(dy, x, row));
      const scaled = weight === null ? y : mul(y, weight);
      return bias === null ? scaled : add(scaled, bias);
    });
  }
}

function shapeOf(normalizedShape: unknown): number[] {
  if (!Array.isArray(normalizedShape)) {
    checkSize(normalizedShape, "normalizedShape");
    return [normalizedShape];
  }
  if (normalizedShape.length === 0) {
    throw new RangeError("normalizedShape is []; expected at least one size, such as [3].");
  }
  for (let i = 0; i < normalizedShape.length; i++) checkSize(normalizedShape[i], `normalizedShape[${i}]`);
  return [...(normalizedShape as number[])];
}

function checkEps(eps: unknown): void {
  const problem = `eps is ${quote(eps)}; expected a finite number of 0 or more.`;
  if (typeof eps !== "number") throw new TypeError(problem);
  if (!Number.isFinite(eps) || eps < 0) throw new RangeError(problem);
}
