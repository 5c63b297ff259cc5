import { type Tensor, add, matMul, reshape, tidy } from "@tensorflow/tfjs-core";
import { GELU, gelu } from "./activations";
import { checkSize } from "./architecture";
import { deltaTakerOf, tapped } from "./backward";
import { type LayerAttributes, asFloats, runKernel, usesKernel } from "./kernels";
import { Module } from "./module";
import { linearMap } from "./operations";
import { Parameter } from "./parameter";
import { type Generator, defaultGenerator } from "./random";
import { checkMemory, machine } from "./resources";

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
    const weights = machine.zeros(outFeatures * inFeatures);
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
function checkShapes({ weight, bias }: Linear, x: Tensor): [out: number, width: number] {
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

/**
 * The half-width of the interval that a weight is drawn from.
 * Source: He et al., "Delving Deep into Rectifiers", 2015; PyTorch, `nn.init.kaiming_uniform_(weight, a)` with
 * mode "fan_in" and nonlinearity "leaky_relu".
 */
function kaimingBound(fanIn: number, a: number): number {
  const gain = Math.sqrt(2 / (1 + a ** 2));
  return Math.sqrt(3) * (gain / Math.sqrt(fanIn));
}

/**
 * Draws a linear layer's parameters in place, weight first, then bias. PyTorch: `nn.Linear.reset_parameters`.
 * @param bias null where the layer has none
 */
export function resetLinear(
  weight: Float32Array,
  bias: Float32Array | null,
  inFeatures: number,
  generator: Generator = defaultGenerator,
): void {
  const bound = kaimingBound(inFeatures, Math.sqrt(5));
  generator.uniform(weight, -bound, bound);
  if (bias === null) return;
  const biasBound = 1 / Math.sqrt(inFeatures);
  generator.uniform(bias, -biasBound, biasBound);
}

/**
 * A layer: y = gelu(z), z = x weightᵀ + bias, and with `shortcut` x added to it. Of one network, or of many at once, each
 * with parameters of its own.
 * @param x shape [batch, in], or [networks, batch, in], or [1, batch, in] for an input that they share
 * @param weight shape [out, in], or [networks, out, in]
 * @param bias shape [out], or [networks, out]
 * @returns shape [batch, out], or [networks, batch, out]
 */
export function dense(x: Tensor, weight: Tensor, bias: Tensor, attributes: LayerAttributes): Tensor {
  if (usesKernel("DenseGelu")) return runKernel("DenseGelu", { x, weight, bias }, attributes)[0]!;
  return tidy(() => {
    const z = tapped(linearMap(x, weight, bias), attributes.takeDelta);
    const y = gelu(z, attributes.approximate);
    return attributes.shortcut ? add(x, y) : y;
  });
}

/**
 * The output of `module` and `next`, computed at once, where they are a linear layer with a bias and a GELU whose
 * forward passes nobody has replaced; otherwise undefined.
 * @param wantsShortcut whether the input is to be added to it where the shapes agree
 * @throws RangeError where the shapes of the input and the layer's parameters do not fit.
 */
export function fused(
  input: Tensor,
  module: Module | undefined,
  next: Module | undefined,
  wantsShortcut: boolean,
): Tensor | undefined {
  if (!(module instanceof Linear) || module.forward !== Linear.prototype.forward) return undefined;
  if (!(next instanceof GELU) || next.forward !== GELU.prototype.forward) return undefined;
  const { weight, bias } = module;
  const x = asFloats(input, "Linear's input");
  if (bias === null || x.rank !== 2) return undefined;
  const [out, width] = checkShapes(module, x);
  if (bias.rank !== 1 || bias.shape[0] !== out) return undefined;
  return dense(x, weight, bias, {
    approximate: next.approximate,
    shortcut: wantsShortcut && out === width,
    takeDelta: deltaTakerOf(weight),
  });
}
