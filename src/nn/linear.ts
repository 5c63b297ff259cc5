import { type Tensor, add, matMul, reshape, tidy } from "@tensorflow/tfjs-core";
import { deltaTakerOf, tapped } from "./delta";
import { resetLinear } from "./resetlinear";
import { asFloats } from "./kernel";
import { checkMemory, zeros } from "./memory";
import { Module } from "./module";
import { Parameter } from "./parameter";
import { checkSize } from "./sizes";

/** y = x Wᵀ + b. PyTorch: `nn.Linear`, initialised as there, weight first, then bias. */
export class Linear extends Module {
  /** Shape [outFeatures, inFeatures]. */
  readonly weight: Parameter;
  /** Shape [outFeatures], or null where the layer was made without. */
  readonly bias: Parameter | null;

  /** @throws TypeError or RangeError naming the size; nothing is drawn or allocated then. */
  constructor(
    readonly inFeatures: number,
    readonly outFeatures: number,
    { bias = true }: { bias?: boolean } = {},
  ) {
    super();
    checkSize(inFeatures, "inFeatures");
    checkSize(outFeatures, "outFeatures");
    checkMemory(`Linear(${inFeatures}, ${outFeatures})`, (inFeatures + 1) * outFeatures);
    const weights = zeros(outFeatures * inFeatures);
    const biases = bias ? new Float32Array(outFeatures) : null;
    resetLinear(weights, biases, inFeatures);
    this.weight = new Parameter(weights, [outFeatures, inFeatures]);
    this.bias = biases && new Parameter(biases, [outFeatures]);
  }

  /**
   * What counts are the shapes that weight and bias have now, as in PyTorch: they may have been replaced.
   * @param input shape [..., inFeatures]
   * @returns shape [..., outFeatures]
   * @throws TypeError where `input` is no tensor of numbers, RangeError where its width or a replaced parameter's shape
   * does not fit.
   */
  forward(input: Tensor): Tensor {
    const { weight, bias } = this;
    const x = asFloats(input, "Linear's input");
    const [out, width] = checkShapes(this, x);
    return tidy(() => {
      const rows = x.rank === 2 ? x : reshape(x, [x.size / width, width]);
      const product = matMul(rows, weight, false, true);
      const y = x.rank === 2 ? product : reshape(product, [...x.shape.slice(0, -1), out]);
      return tapped(bias === null ? y : add(y, bias), deltaTakerOf(weight));
    });
  }
}

/**
 * The sizes of a layer's weight, [out, in].
 * @throws RangeError where `x`, the weight and the bias do not fit each other.
 */
export function checkShapes({ weight, bias }: Linear, x: Tensor): [out: number, width: number] {
  const [out = 0, width = 0] = weight.shape;
  const list = (shape: number[]): string => `[${shape.join(", ")}]`;
  if (weight.rank !== 2)
    throw new RangeError(`Linear has a weight of shape ${list(weight.shape)}; expected [out, in].`);
  if (x.rank === 0 || x.shape[x.rank - 1] !== width) {
    throw new RangeError(
      `Linear(${width}, ${out}) got an input of shape ${list(x.shape)}; expected its last size to be ${width}.`,
    );
  }
  // The commonest shape by far needs no closer look.
  if (bias === null || (bias.rank === 1 && bias.shape[0] === out)) return [out, width];
  const y = [...x.shape.slice(0, -1), out];
  const skipped = y.length - bias.rank;
  if (skipped < 0 || bias.shape.some((size, i) => size !== 1 && size !== y[skipped + i])) {
    throw new RangeError(
      `Linear(${width}, ${out}) has a bias of shape ${list(bias.shape)}; expected [${out}], or one that is repeated to ${list(y)}.`,
    );
  }
  return [out, width];
}
