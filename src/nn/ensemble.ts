import {
  type Tensor,
  customGrad,
  engine,
  mul,
  reshape,
  square,
  sub,
  sum,
  tensor as makeTensor,
  tidy,
} from "@tensorflow/tfjs-core";
import { type LayerAttributes, dense } from "./dense";
import { resetLinear } from "./resetlinear";
import { meanMagnitudes } from "./magnitude";
import { Generator } from "./random";

/** One layer's parameters of many networks. */
export interface EnsembleLayer {
  /** Shape [networks, out, in]. */
  weight: Float32Array;
  /** Shape [networks, out]. */
  bias: Float32Array;
}

const generator = new Generator();

/**
 * The parameters that every seed gives the section's network, each network's bit for bit those of
 * `torch.manual_seed(seed)` and its construction. The default generator stays where it is.
 */
export function drawEnsemble(
  layerSizes: readonly number[],
  seeds: readonly (number | bigint)[],
): EnsembleLayer[] {
  const layers = layerSizes.slice(1).map((out, i) => ({
    weight: new Float32Array(seeds.length * out * layerSizes[i]!),
    bias: new Float32Array(seeds.length * out),
  }));
  for (const [network, seed] of seeds.entries()) {
    generator.manualSeed(seed);
    for (const [i, { weight, bias }] of layers.entries()) {
      const [width, out] = [layerSizes[i]!, layerSizes[i + 1]!];
      resetLinear(
        weight.subarray(network * out * width, (network + 1) * out * width),
        bias.subarray(network * out, (network + 1) * out),
        width,
        generator,
      );
    }
  }
  return layers;
}

/**
 * Runs all networks forward and backward at once, with the mean squared error of each.
 * @param x shape [batch, features]
 * @param target a number, or a tensor of the output's shape
 * @param attributes of each layer
 * @returns for each layer the mean of |d loss / d weight| of every network
 */
export function ensembleMeans(
  layerSizes: readonly number[],
  layers: readonly EnsembleLayer[],
  x: Tensor,
  target: Tensor | number,
  attributes: readonly LayerAttributes[],
): Float32Array[] {
  let means: Float32Array = new Float32Array();
  const networks = layers[0]!.bias.length / layerSizes[1]!;
  // Nothing is returned from inside: `tidy` would look for tensors in every number.
  tidy(() => {
    const weights = layers.map(({ weight }, i) =>
      makeTensor(weight, [networks, layerSizes[i + 1]!, layerSizes[i]!]),
    );
    const biases = layers.map(({ bias }, i) => makeTensor(bias, [networks, layerSizes[i + 1]!]));
    const outputs = x.shape[0]! * layerSizes.at(-1)!;
    const loss = (): Tensor => {
      let y: Tensor = reshape(x, [1, ...x.shape]);
      for (const [i, weight] of weights.entries()) y = dense(y, weight, biases[i]!, attributes[i]!);
      return squaredError(y, target, outputs);
    };
    const { grads } = engine().gradients(loss, weights);
    means = meanMagnitudes(grads, networks).dataSync<"float32">();
  });
  return layers.map((_, i) => means.subarray(i * networks, (i + 1) * networks));
}

/** The sum of all networks' mean squared errors: each network's parameters feel their own alone. */
function squaredError(y: Tensor, target: Tensor | number, outputs: number): Tensor {
  // With its gradient at hand, 2 (y - target) / outputs: derived from the operations it is three times as many calls.
  return customGrad((y, save) => {
    const difference = sub(y as Tensor, target);
    (save as (tensors: Tensor[]) => void)([difference]);
    return {
      value: mul(sum(square(difference)), 1 / outputs),
      gradFunc: (dy: Tensor, saved: Tensor[]) => mul(saved[0]!, mul(dy, 2 / outputs)),
    };
  })(y);
}
