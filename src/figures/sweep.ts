import { quote } from "../nn/quote";
import { type Series, checkSeries } from "./figure";
import type { Words } from "./figurewords";
import { labelOf, leadOf } from "./sentences";

/** What changes from network to network. */
export type Over = "depth" | "width";

/** The gradients of one network, and how deep or wide it is. */
export interface Swept {
  size: number;
  gradients: Series["gradients"];
}

/** One model's networks of many depths or widths, the smallest first. */
export interface Sweep {
  label: string;
  /** How a sentence on it begins. */
  lead: string;
  networks: Swept[];
}

/**
 * The networks by model: those of one label, or with and without shortcuts. A network's depth is its number of layers'
 * weights, which have two dimensions, its width the first one's outputs.
 * @throws TypeError or RangeError where something is not a network's gradients, or a model has one size twice.
 */
export function sweepsOf(series: Series[], over: Over, words: Words): Sweep[] {
  checkSeries(series);
  if (over !== "depth" && over !== "width")
    throw new RangeError(`over is ${quote(over)}; expected "depth" or "width".`);
  const sweeps = new Map<string, Sweep>();
  for (const [i, entry] of series.entries()) {
    const gradients = entry.gradients.filter(({ shape }) => shape.length === 2);
    if (gradients.length === 0)
      throw new RangeError(`Entry ${i} of the figure has no layer; expected a weight of two dimensions.`);
    const key = entry.label ?? String(entry.useShortcut);
    const sweep = sweeps.get(key) ?? {
      label: labelOf(entry, sweeps.size, words),
      lead: leadOf(entry, sweeps.size, words),
      networks: [],
    };
    sweeps.set(key, sweep);
    const size = over === "depth" ? gradients.length : gradients[0]!.shape[0]!;
    if (sweep.networks.some((network) => network.size === size))
      throw new RangeError(
        `Two networks ${sweep.label} have ${over} ${size}; expected one of each ${over}, or labels that tell them apart.`,
      );
    sweep.networks.push({ size, gradients });
  }
  for (const { networks } of sweeps.values()) networks.sort((a, b) => a.size - b.size);
  return [...sweeps.values()];
}

/** Every size that any of the models has, in order. */
export function sizesOf(sweeps: Sweep[]): number[] {
  return [...new Set(sweeps.flatMap(({ networks }) => networks.map(({ size }) => size)))].sort(
    (a, b) => a - b,
  );
}

/** At most about ten of the sizes for an axis: all where they are few, else the first and round ones. */
export function sizeTicks(sizes: number[]): number[] {
  const [least, most] = [sizes[0]!, sizes.at(-1)!];
  if (sizes.length <= 10) return sizes;
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((step) => (most - least) / step <= 10) ?? 1000;
  return sizes.filter((size) => size === least || (size % step === 0 && size - least >= step / 2));
}
