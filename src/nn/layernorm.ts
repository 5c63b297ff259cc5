import {
  type NamedAttrMap,
  type NamedTensorMap,
  type Tensor,
  add,
  customGrad,
  div,
  engine,
  mean,
  mul,
  reshape,
  sqrt,
  square,
  sub,
  tidy,
} from "@tensorflow/tfjs-core";
import { asFloats, usesKernel } from "./kernel";
import { checkMemory } from "./memory";
import { Module } from "./module";
import { Parameter } from "./parameter";
import { quote } from "./quote";
import { checkSize } from "./sizes";

/** Rows are so many neighbouring values, and `eps` is added to their variance. */
export interface RowAttributes {
  width: number;
  eps: number;
}

/** The kernels that a backend may bring for it: x to y, and dy and x to dx, with `RowAttributes`. */
export const normalizeKernel = "NormalizeRows";
export const normalizeGradKernel = "NormalizeRowsGrad";

/** Each row less its mean, and over its standard deviation; composed of TensorFlow.js's operations. */
export function composedNormalize(x: Tensor, { width, eps }: RowAttributes): Tensor {
  return tidy(() => {
    const centred = sub(rows(x, width), mean(rows(x, width), 1, true));
    return reshape(div(centred, deviation(centred, eps)), x.shape);
  });
}

/** With y the normalised row: dx = (dy - mean(dy) - y mean(dy y)) / √(variance + eps). */
export function composedNormalizeGrad(dy: Tensor, x: Tensor, { width, eps }: RowAttributes): Tensor {
  return tidy(() => {
    const centred = sub(rows(x, width), mean(rows(x, width), 1, true));
    const scale = deviation(centred, eps);
    const [by, y] = [rows(dy, width), div(centred, scale)];
    const along = mul(y, mean(mul(by, y), 1, true));
    return reshape(div(sub(sub(by, mean(by, 1, true)), along), scale), x.shape);
  });
}

/** Not by `rsqrt`, which WebAssembly only approximates. */
function deviation(centred: Tensor, eps: number): Tensor {
  return sqrt(add(mean(square(centred), 1, true), eps));
}

function rows(x: Tensor, width: number): Tensor {
  return reshape(x, [x.size / width, width]);
}

function normalize(x: Tensor, attributes: RowAttributes): Tensor {
  const tf = engine();
  if (usesKernel(normalizeKernel)) {
    const attrs = { ...attributes } as NamedAttrMap;
    return tf.runKernel(normalizeKernel, { x } as NamedTensorMap, attrs);
  }
  return customGrad((input, save) => {
    const x = input as Tensor;
    (save as (tensors: Tensor[]) => void)([x]);
    return {
      value: composedNormalize(x, attributes),
      gradFunc: (dy: Tensor, saved: Tensor[]) => composedNormalizeGrad(dy, saved[0]!, attributes),
    };
  })(x);
}

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
      const y = normalize(x, { width, eps });
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
