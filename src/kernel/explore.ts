import { type ExploreOptions, type ExploreSpec, exploreSpec } from "../figures/explore";
import type { Figure } from "../figures/figure";
import { networkFigure } from "../figures/network";
import { figureText } from "../figures/text";
import { type LayerGradients, layerGradients } from "../nn/gradients";
import { ExampleDeepNeuralNetwork } from "../nn/network";
import { quote } from "../nn/quote";
import { defaultGenerator } from "../nn/random";
import { tensor } from "../nn/tensor";
import { currentOutlet } from "../runtime/display";
import { exploreBundle } from "../runtime/figurebundle";

/**
 * Shows the section's two networks as a live figure, which computes where it is seen: layers, shortcuts, seed, input
 * and target are changed in it. JupyterLab with this package's extension draws it, trusted or not, and exported pages
 * do; elsewhere its PNG shows. Outside a kernel the numbers are printed. The kernel's own random numbers go on as they
 * were. Jupyter: `display_data`.
 * @param standalone adds HTML with the whole figure in it, a quarter of a megabyte, for VS Code and for Jupyter without
 *   the extension
 * @throws TypeError or RangeError naming the value and what was expected.
 */
export async function explore(
  options: ExploreOptions = {},
  { standalone = false }: { standalone?: boolean } = {},
): Promise<void> {
  // Taken before anything is waited for: the cell that asked is the one that shows.
  const outlet = currentOutlet();
  if (typeof options !== "object" || options === null || Array.isArray(options))
    throw new TypeError(
      `explore got ${quote(options)}; expected an object such as { layerSizes: [3, 3, 1] }.`,
    );
  const spec = exploreSpec(options);
  const figure = stillFigure(spec);
  if (outlet === null) console.log(figureText(figure));
  else outlet.send(await exploreBundle(spec, figure, standalone), null, false);
}

/** What the live figure begins with, as it is where nothing moves. */
function stillFigure(spec: ExploreSpec): Figure {
  const { shortcuts, language } = spec;
  const series = [
    gradientsOf(spec, false),
    { ...gradientsOf(spec, shortcuts), useShortcut: true, shortcuts },
  ];
  return networkFigure(series, { language });
}

function gradientsOf(spec: ExploreSpec, useShortcut: false | readonly boolean[]): LayerGradients {
  const { layerSizes, seed, gelu, input, target } = spec;
  const x = tensor(input);
  const model = defaultGenerator.fork(
    BigInt(seed),
    () => new ExampleDeepNeuralNetwork(layerSizes, { useShortcut, gelu }),
  );
  try {
    return layerGradients(model, x, target);
  } finally {
    model.dispose();
    x.dispose();
  }
}
