import { type Tensor, add } from "@tensorflow/tfjs-core";
import { type Approximate, GELU, checkApproximate } from "./gelu";
import { Linear } from "./linear";
import { ModuleList } from "./list";
import { checkMemory } from "./memory";
import { Module } from "./module";
import { Sequential } from "./sequential";
import { checkLayerSizes } from "./sizes";

/** How the network of the section is built. */
export interface NetworkOptions {
  /** Whether a layer's input is added to its output where their shapes agree. */
  useShortcut?: boolean;
  /** The GELU form: "none" (exact, the default) or "tanh". */
  gelu?: Approximate;
}

/**
 * The network of the section: for every pair of neighbouring sizes a layer `Sequential(Linear, GELU)`, and with
 * `useShortcut` each layer's input added to its output where the shapes agree.
 * Source: He et al., "Deep Residual Learning for Image Recognition", 2015.
 */
export class ExampleDeepNeuralNetwork extends Module {
  readonly layers: ModuleList<Sequential>;
  readonly useShortcut: boolean;

  /** @throws TypeError or RangeError naming the value; nothing is drawn or allocated then. */
  constructor(layerSizes: readonly number[], { useShortcut = false, gelu = "none" }: NetworkOptions = {}) {
    super();
    checkLayerSizes(layerSizes);
    checkApproximate(gelu);
    const outputs = layerSizes.slice(1);
    const parameters = outputs.reduce((sum, size, i) => sum + (layerSizes[i]! + 1) * size, 0);
    checkMemory(`A network of the sizes [${layerSizes.join(", ")}]`, parameters);
    this.useShortcut = useShortcut;
    this.layers = new ModuleList(
      outputs.map(
        (size, i) => new Sequential(new Linear(layerSizes[i]!, size), new GELU({ approximate: gelu })),
      ),
    );
  }

  /** Shape [batch, layerSizes[0]] to [batch, last of layerSizes]. */
  forward(x: Tensor): Tensor {
    for (const layer of this.layers) {
      const y = layer.forward(x);
      x = this.useShortcut && sameShape(x, y) ? add(x, y) : y;
    }
    return x;
  }
}

/** Whether two tensors agree in shape, as a shortcut asks. PyTorch: `x.shape == y.shape`. */
export function sameShape(x: Tensor, y: Tensor): boolean {
  return x.rank === y.rank && x.shape.every((size, i) => size === y.shape[i]);
}
