import { type Tensor, add, matMul, reshape, tidy } from "@tensorflow/tfjs-core";
import { resetLinear } from "./init";
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
   * @param x shape [..., inFeatures]
   * @returns shape [..., outFeatures]
   * @throws RangeError where the width of `x` is another.
   */
  forward(x: Tensor): Tensor {
    const { inFeatures, outFeatures, weight, bias } = this;
    checkWidth(this, x);
    return tidy(() => {
      const rows = x.rank === 2 ? x : reshape(x, [-1, inFeatures]);
      const product = matMul(rows, weight, false, true);
      const y = bias === null ? product : add(product, bias);
      return x.rank === 2 ? y : reshape(y, [...x.shape.slice(0, -1), outFeatures]);
    });
  }
}

/** @throws RangeError where the width of `x` is not the layer's. */
export function checkWidth({ inFeatures, outFeatures }: Linear, x: Tensor): void {
  if (x.shape[x.rank - 1] === inFeatures) return;
  throw new RangeError(
    `Linear(${inFeatures}, ${outFeatures}) got an input of shape [${x.shape.join(", ")}]; expected its last size to be ${inFeatures}.`,
  );
}
