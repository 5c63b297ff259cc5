import { defaultGenerator, type Generator } from "./random";

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
