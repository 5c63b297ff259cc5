import { defaultGenerator, type Generator } from "./random";

/**
 * The half-width of the interval that a weight is drawn from.
 * Source: He et al., "Delving Deep into Rectifiers", 2015; PyTorch, `nn.init.kaiming_uniform_(weight, a)` with
 * mode "fan_in" and nonlinearity "leaky_relu".
 */
export function kaimingBound(fanIn: number, a: number): number {
  const gain = Math.sqrt(2 / (1 + a ** 2));
  return Math.sqrt(3) * (gain / Math.sqrt(fanIn));
}

/** float32 values of a weight of shape [outFeatures, inFeatures]. PyTorch: `nn.init.kaiming_uniform_`. */
export function kaimingUniform(
  outFeatures: number,
  inFeatures: number,
  a = 0,
  generator: Generator = defaultGenerator,
): Float32Array {
  const bound = kaimingBound(inFeatures, a);
  return generator.uniform(new Float32Array(outFeatures * inFeatures), -bound, bound);
}
