import { tensor, tidy } from "@tensorflow/tfjs-core";
import type { ExploreSpec } from "../figures/explorespec";
import { type LayerGradients, layerGradients } from "../nn/gradients";
import { ExampleDeepNeuralNetwork } from "../nn/network";
import { manualSeed } from "../nn/random";

/** One of the two networks, computed: what the figure draws of it. */
export interface Net extends LayerGradients {
  layerSizes: number[];
  /** The layers that have a shortcut: asked for, and of equal widths. */
  shortcuts: readonly boolean[];
  /** The input's first row, then every layer's output for it. */
  activations: Float32Array[];
  /** d loss / d weight of every layer, [out, in] row by row. */
  weights: Float32Array[];
  /** d loss / d bias of every layer, which is the gradient that reaches each unit before its GELU. */
  units: Float32Array[];
}

/** The networks without and with shortcuts, by the very code that the kernel runs. */
export function computeNets(spec: ExploreSpec): [Net, Net] {
  const { layerSizes, gelu, shortcuts, seed } = spec;
  manualSeed(BigInt(seed));
  const model = new ExampleDeepNeuralNetwork(layerSizes, { gelu });
  try {
    const without = computeNet(spec, model, false);
    // The same seed would draw the same parameters once more.
    return [without, computeNet(spec, model.withShortcuts(shortcuts), true)];
  } finally {
    model.dispose();
  }
}

function computeNet(
  { layerSizes, input, target }: ExploreSpec,
  model: ExampleDeepNeuralNetwork,
  useShortcut: boolean,
): Net {
  let net: Net | undefined;
  tidy(() => {
    const computed = layerGradients(model, tensor(input, undefined, "float32"), target);
    const row = tensor([input[0]!], undefined, "float32");
    const activations = [row, ...model.activations(row)].map((y) => y.dataSync<"float32">());
    const grads = model.parameters().map(({ grad }) => grad!.dataSync<"float32">());
    net = {
      ...computed,
      useShortcut,
      layerSizes,
      shortcuts: model.shortcuts,
      activations,
      weights: grads.filter((_, i) => i % 2 === 0),
      units: grads.filter((_, i) => i % 2 === 1),
    };
  });
  return net!;
}
