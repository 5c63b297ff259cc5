import { tensor as makeTensor } from "@tensorflow/tfjs-core";
import { type Nonlinearity, calculateGain, checkFinite } from "./gain";
import { zeros } from "./memory";
import { orthogonalized } from "./orthogonal";
import { Parameter } from "./parameter";
import { quote } from "./quote";
import { Generator, defaultGenerator } from "./random";

export { type Nonlinearity, calculateGain } from "./gain";

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
  const values = zeros(parameter.size);
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
