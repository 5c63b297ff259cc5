import { tensor, tidy } from "@tensorflow/tfjs-core";
import type { ExploreSpec } from "../../figures/explore";
import { type LayerGradients, layerGradients } from "../../nn/gradients";
import { ExampleDeepNeuralNetwork } from "../../nn/network";
import { manualSeed } from "../../nn/random";

/** One of the two networks, computed: what the figure draws of it. */
export interface Net extends LayerGradients {
  layerSizes: number[];
  /** The layers that have a shortcut: asked for, and of equal widths. */
  shortcuts: boolean[];
  /** The input's first row, then every layer's output for it. */
  activations: Float32Array[];
  /** d loss / d weight of every layer, [out, in] row by row. */
  weights: Float32Array[];
  /** d loss / d bias of every layer, which is the gradient that reaches each unit before its GELU. */
  units: Float32Array[];
}

/** The networks without and with shortcuts, by the very code that the kernel runs. */
export function computeNets(spec: ExploreSpec): [Net, Net] {
  return [
    computeNet(
      spec,
      spec.shortcuts.map(() => false),
      false,
    ),
    computeNet(spec, spec.shortcuts, true),
  ];
}

function computeNet(spec: ExploreSpec, wanted: boolean[], useShortcut: boolean): Net {
  const { layerSizes, gelu, input, target } = spec;
  const shortcuts = wanted.map((on, i) => on && layerSizes[i] === layerSizes[i + 1]);
  manualSeed(BigInt(spec.seed));
  const model = new ExampleDeepNeuralNetwork(layerSizes, { useShortcut: wanted, gelu });
  try {
    let net: Net | undefined;
    tidy(() => {
      const x = tensor(input, undefined, "float32");
      const computed = layerGradients(model, x, target);
      const row = tensor([input[0]!], undefined, "float32");
      const activations = [row, ...model.activations(row)].map((y) => y.dataSync<"float32">());
      const grads = model.parameters().map(({ grad }) => grad!.dataSync<"float32">());
      net = {
        ...computed,
        useShortcut,
        layerSizes,
        shortcuts,
        activations,
        weights: grads.filter((_, i) => i % 2 === 0),
        units: grads.filter((_, i) => i % 2 === 1),
      };
    });
    return net!;
  } finally {
    model.dispose();
  }
}
