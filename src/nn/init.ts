import { tensor as makeTensor } from "@tensorflow/tfjs-core";
import { Parameter } from "./parameter";
import { quote } from "./quote";
import { Generator, defaultGenerator } from "./random";
import { machine } from "./resources";

/** What every initialisation that draws can be told. */
export interface DrawOptions {
  /** Where the draws come from; by default what `manualSeed` seeds. */
  generator?: Generator;
}

/** How `kaimingUniform_` and `kaimingNormal_` scale. */
export interface KaimingOptions extends DrawOptions {
  /** leaky_relu's slope below 0; 0 by default. */
  a?: number;
  /** Whether what goes forward keeps its size, "fan_in", the default, or what comes back, "fan_out". */
  mode?: "fan_in" | "fan_out";
  /** What follows the layer; "leaky_relu" by default. */
  nonlinearity?: Nonlinearity;
}

/** How `xavierUniform_`, `xavierNormal_` and `orthogonal_` scale. */
export interface GainOptions extends DrawOptions {
  /** 1 by default; `calculateGain` knows others. */
  gain?: number;
}

/** Draws from [a, b). PyTorch: `nn.init.uniform_`, bit for bit. */
export function uniform_(
  parameter: Parameter,
  { a = 0, b = 1, generator }: DrawOptions & { a?: number; b?: number } = {},
): Parameter {
  return drawn("uniform_", parameter, generator, (values, draws) => draws.uniform(values, a, b));
}

/** Draws of a normal distribution. PyTorch: `nn.init.normal_`, bit for bit. */
export function normal_(
  parameter: Parameter,
  { mean = 0, std = 1, generator }: DrawOptions & { mean?: number; std?: number } = {},
): Parameter {
  return drawn("normal_", parameter, generator, (values, draws) => draws.normal(values, mean, std));
}

/**
 * Draws from ±gain √(6 / (fan in + fan out)). PyTorch: `nn.init.xavier_uniform_`, bit for bit.
 * Source: Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks", 2010.
 */
export function xavierUniform_(parameter: Parameter, { gain = 1, generator }: GainOptions = {}): Parameter {
  const bound = Math.sqrt(3) * xavierDeviation("xavierUniform_", parameter, gain);
  return drawn("xavierUniform_", parameter, generator, (values, draws) =>
    draws.uniform(values, -bound, bound),
  );
}

/** Draws with the standard deviation gain √(2 / (fan in + fan out)). PyTorch: `nn.init.xavier_normal_`, bit for bit. */
export function xavierNormal_(parameter: Parameter, { gain = 1, generator }: GainOptions = {}): Parameter {
  const std = xavierDeviation("xavierNormal_", parameter, gain);
  return drawn("xavierNormal_", parameter, generator, (values, draws) => draws.normal(values, 0, std));
}

/**
 * Draws from ±gain √(3 / fan). PyTorch: `nn.init.kaiming_uniform_`, bit for bit.
 * Source: He et al., "Delving Deep into Rectifiers", 2015.
 */
export function kaimingUniform_(parameter: Parameter, options: KaimingOptions = {}): Parameter {
  const bound = Math.sqrt(3) * kaimingDeviation("kaimingUniform_", parameter, options);
  return drawn("kaimingUniform_", parameter, options.generator, (values, draws) =>
    draws.uniform(values, -bound, bound),
  );
}

/** Draws with the standard deviation gain / √fan. PyTorch: `nn.init.kaiming_normal_`, bit for bit. */
export function kaimingNormal_(parameter: Parameter, options: KaimingOptions = {}): Parameter {
  const std = kaimingDeviation("kaimingNormal_", parameter, options);
  return drawn("kaimingNormal_", parameter, options.generator, (values, draws) =>
    draws.normal(values, 0, std),
  );
}

/**
 * A matrix whose columns, or rows where these are fewer, are orthogonal and of length `gain`. The draws are PyTorch's bit
 * for bit; it factorises them in float32 by LAPACK, and here they are in double, so that the last digits can differ.
 * PyTorch: `nn.init.orthogonal_`.
 * Source: Saxe et al., "Exact solutions to the nonlinear dynamics of learning in deep linear neural networks", 2013.
 */
export function orthogonal_(parameter: Parameter, { gain = 1, generator }: GainOptions = {}): Parameter {
  checkParameter("orthogonal_", parameter, 2);
  checkFinite(gain, "The gain");
  const rows = parameter.shape[0]!;
  return drawn("orthogonal_", parameter, generator, (values, draws) => {
    draws.normal(values);
    const q = orthogonalized(values, rows, values.length / rows);
    for (let i = 0; i < values.length; i++) values[i] = gain * q[i]!;
  });
}

/** One number everywhere. PyTorch: `nn.init.constant_`. */
export function constant_(parameter: Parameter, value: number): Parameter {
  checkFinite(value, "The constant");
  return filled("constant_", parameter, value);
}

/** PyTorch: `nn.init.zeros_`. */
export function zeros_(parameter: Parameter): Parameter {
  return filled("zeros_", parameter, 0);
}

/** PyTorch: `nn.init.ones_`. */
export function ones_(parameter: Parameter): Parameter {
  return filled("ones_", parameter, 1);
}

function filled(name: string, parameter: Parameter, value: number): Parameter {
  return replaced(name, parameter, (values) => void values.fill(value));
}

function drawn(
  name: string,
  parameter: Parameter,
  generator: Generator = defaultGenerator,
  draw: (values: Float32Array, generator: Generator) => void,
): Parameter {
  if (!(generator instanceof Generator))
    throw new TypeError(`The generator is ${quote(generator)}; expected a Generator.`);
  return replaced(name, parameter, (values) => draw(values, generator));
}

/** The parameter, its values replaced only once all of them are there. */
function replaced(name: string, parameter: Parameter, fill: (values: Float32Array) => void): Parameter {
  checkParameter(name, parameter, 0);
  const values = machine.zeros(parameter.size);
  fill(values);
  const made = makeTensor(values, parameter.shape, "float32");
  parameter.assign(made);
  made.dispose();
  return parameter;
}

function xavierDeviation(name: string, parameter: Parameter, gain: unknown): number {
  checkFinite(gain, "The gain");
  const { fanIn, fanOut } = fansOf(name, parameter);
  return gain * Math.sqrt(2 / (fanIn + fanOut));
}

function kaimingDeviation(
  name: string,
  parameter: Parameter,
  { a = 0, mode = "fan_in", nonlinearity = "leaky_relu" }: KaimingOptions,
): number {
  if (mode !== "fan_in" && mode !== "fan_out") {
    const problem = `mode is ${quote(mode)}; expected "fan_in" or "fan_out".`;
    throw typeof mode === "string" ? new RangeError(problem) : new TypeError(problem);
  }
  const { fanIn, fanOut } = fansOf(name, parameter);
  return calculateGain(nonlinearity, a) / Math.sqrt(mode === "fan_in" ? fanIn : fanOut);
}

/** How many numbers each output is made of, and how many outputs each input goes to. */
function fansOf(name: string, parameter: Parameter): { fanIn: number; fanOut: number } {
  checkParameter(name, parameter, 2);
  const [out, width, ...field] = parameter.shape as [number, number, ...number[]];
  const size = field.reduce((product, size) => product * size, 1);
  return { fanIn: width * size, fanOut: out * size };
}

function checkParameter(name: string, parameter: unknown, leastRank: number): asserts parameter is Parameter {
  if (!(parameter instanceof Parameter))
    throw new TypeError(
      `nn.init.${name} got ${quote(parameter)}; expected a parameter, such as layer.weight.`,
    );
  if (parameter.isDisposed) throw new TypeError(`nn.init.${name} got a parameter that was disposed.`);
  if (parameter.rank < leastRank)
    throw new RangeError(
      `nn.init.${name} got a parameter of shape [${parameter.shape.join(", ")}]; expected two sizes or more, such as a weight's.`,
    );
}

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
function checkFinite(value: unknown, what: string): asserts value is number {
  const problem = `${what} is ${quote(value)}; expected a finite number.`;
  if (typeof value !== "number") throw new TypeError(problem);
  if (!Number.isFinite(value)) throw new RangeError(problem);
}

/**
 * The columns of a matrix, or its rows where these are fewer, made orthogonal and of length 1 one after the other, in
 * double: the Q of its QR factorisation with an R whose diagonal is positive, which is the only one.
 *
 * By Gram and Schmidt, twice over, since what is left of a nearly dependent row has lost its digits.
 * Source: Giraud et al., "On the round-off error analysis of the Gram-Schmidt algorithm with reorthogonalization", 2002.
 * @param values [rows, columns], row by row
 */
function orthogonalized(values: Float32Array, rows: number, columns: number): Float64Array {
  const q = Float64Array.from(values);
  const isWide = rows < columns;
  const [count, length] = isWide ? [rows, columns] : [columns, rows];
  const [next, step] = isWide ? [columns, 1] : [1, columns];
  const dot = (a: number, b: number): number => {
    let sum = 0;
    for (let i = 0; i < length; i++) sum += q[a * next + i * step]! * q[b * next + i * step]!;
    return sum;
  };
  for (let own = 0; own < count; own++) {
    for (let pass = 0; pass < 2; pass++) {
      for (let other = 0; other < own; other++) {
        const share = dot(own, other);
        for (let i = 0; i < length; i++) q[own * next + i * step]! -= share * q[other * next + i * step]!;
      }
    }
    const norm = Math.sqrt(dot(own, own));
    for (let i = 0; i < length; i++) q[own * next + i * step]! /= norm;
  }
  return q;
}
