import { quote } from "./quote";

/** A function that follows a layer, by the names that `torch.nn.init.calculate_gain` knows. */
export type Nonlinearity =
  | "linear"
  | "conv1d"
  | "conv2d"
  | "conv3d"
  | "conv_transpose1d"
  | "conv_transpose2d"
  | "conv_transpose3d"
  | "sigmoid"
  | "tanh"
  | "relu"
  | "leaky_relu"
  | "selu";

/** Source: PyTorch, `nn.init.calculate_gain`. */
const gains: { readonly [name in Nonlinearity]: (slope: number) => number } = {
  linear: () => 1,
  conv1d: () => 1,
  conv2d: () => 1,
  conv3d: () => 1,
  conv_transpose1d: () => 1,
  conv_transpose2d: () => 1,
  conv_transpose3d: () => 1,
  sigmoid: () => 1,
  tanh: () => 5 / 3,
  relu: () => Math.sqrt(2),
  leaky_relu: (slope) => Math.sqrt(2 / (1 + slope ** 2)),
  selu: () => 3 / 4,
};

/**
 * By how much a layer's weights are drawn wider for the function that follows it. PyTorch: `nn.init.calculate_gain`.
 * @param param leaky_relu's slope below 0; 0.01 by default
 * @throws TypeError or RangeError for an unknown function, GELU among them, or a slope that is no finite number.
 */
export function calculateGain(nonlinearity: Nonlinearity, param = 0.01): number {
  if (typeof nonlinearity !== "string" || !Object.hasOwn(gains, nonlinearity)) {
    const names = Object.keys(gains).map((name) => `"${name}"`);
    const problem = `nonlinearity is ${quote(nonlinearity)}; expected one of ${names.join(", ")}.`;
    throw typeof nonlinearity === "string" ? new RangeError(problem) : new TypeError(problem);
  }
  checkFinite(param, "The slope below 0");
  return gains[nonlinearity](param);
}

/** @throws TypeError where it is no number, RangeError where it is not finite. */
export function checkFinite(value: unknown, what: string): asserts value is number {
  const problem = `${what} is ${quote(value)}; expected a finite number.`;
  if (typeof value !== "number") throw new TypeError(problem);
  if (!Number.isFinite(value)) throw new RangeError(problem);
}
