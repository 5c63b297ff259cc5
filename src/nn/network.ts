import { type Tensor, add } from "@tensorflow/tfjs-core";
import { GELU } from "./activations";
import {
  type NetworkOptions,
  checkApproximate,
  checkLayerSizes,
  checkShortcuts,
  parametersOf,
} from "./architecture";
import { ModuleList, Sequential } from "./containers";
import { Linear, fused } from "./linear";
import { Module } from "./module";
import { checkMemory } from "./resources";

/**
 * The network of the section: for every pair of neighbouring sizes a layer `Sequential(Linear, GELU)`, and with
 * `useShortcut` each layer's input added to its output where the shapes agree.
 * Source: He et al., "Deep Residual Learning for Image Recognition", 2015.
 */
export class ExampleDeepNeuralNetwork extends Module {
  readonly layers: ModuleList<Sequential>;
  /** Whether any layer may have a shortcut. */
  readonly useShortcut: boolean;
  /** For each layer whether one is asked for. */
  private readonly wanted: readonly boolean[];

  /** @throws TypeError or RangeError naming the value; nothing is drawn or allocated then. */
  constructor(layerSizes: readonly number[], { useShortcut = false, gelu = "none" }: NetworkOptions = {}) {
    super();
    checkLayerSizes(layerSizes);
    checkApproximate(gelu);
    const outputs = layerSizes.slice(1);
    checkMemory(`A network of the sizes [${layerSizes.join(", ")}]`, parametersOf(layerSizes));
    const wanted = checkShortcuts(useShortcut, outputs.length);
    this.wanted = wanted;
    this.useShortcut = wanted.includes(true);
    this.layers = new ModuleList(
      outputs.map(
        (size, i) => new Sequential(new Linear(layerSizes[i]!, size), new GELU({ approximate: gelu })),
      ),
    );
  }

  /**
   * A network of the very same layers, parameters and gradients included, with other shortcuts.
   * @throws TypeError where `useShortcut` is neither a boolean nor an array with one for each layer.
   */
  withShortcuts(useShortcut: boolean | readonly boolean[]): ExampleDeepNeuralNetwork {
    const { layers } = this;
    const wanted = checkShortcuts(useShortcut, layers.length);
    const other = Object.create(ExampleDeepNeuralNetwork.prototype) as ExampleDeepNeuralNetwork;
    return Object.assign(other, { layers, wanted, useShortcut: wanted.includes(true) });
  }

  /** For each layer whether it has one: where it was asked for and the layer keeps its input's width. */
  get shortcuts(): readonly boolean[] {
    return [...this.layers].map((layer, i) => {
      const modules: Module[] = layer instanceof ModuleList ? [...layer] : [layer];
      const linears = modules.filter((module) => module instanceof Linear);
      return this.wants(i) && linears[0]?.weight.shape[1] === linears.at(-1)?.weight.shape[0];
    });
  }

  /** Shape [batch, layerSizes[0]] to [batch, last of layerSizes]. */
  forward(x: Tensor): Tensor {
    return this.activations(x).at(-1)!;
  }

  /** The output of every layer, in order; the last is the network's. */
  activations(x: Tensor): Tensor[] {
    return [...this.layers].map((layer, i) => {
      x = this.wants(i) ? withShortcut(layer, x) : layer.forward(x);
      return x;
    });
  }

  private wants(layer: number): boolean {
    // A layer that was appended later has a shortcut where all the others have one.
    return this.wanted[layer] ?? this.wanted.every(Boolean);
  }
}

/** A layer's output, and its input added to it where their shapes agree. */
function withShortcut(layer: Sequential, x: Tensor): Tensor {
  const isPlain = layer.forward === Sequential.prototype.forward && layer.length === 2;
  const both = isPlain ? fused(x, layer[0], layer[1], true) : undefined;
  if (both !== undefined) return both;
  const y = layer.forward(x);
  return sameShape(x, y) ? add(x, y) : y;
}

/** Whether two tensors agree in shape, as a shortcut asks. PyTorch: `x.shape == y.shape`. */
export function sameShape(x: Tensor, y: Tensor): boolean {
  return x.rank === y.rank && x.shape.every((size, i) => size === y.shape[i]);
}
