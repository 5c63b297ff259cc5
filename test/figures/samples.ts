import type { Ensemble, Figure, Language, PathParts, Series } from "../../dist/index.js";
import {
  bandFigure,
  depthSweepFigure,
  gradientFigure,
  heatmapFigure,
  networkFigure,
  pathFigure,
} from "../../dist/index.js";

/** What `layerGradients` returns of weights with these means, all of one width but the last. */
export const weights = (means: number[], width = 3): Series["gradients"] =>
  means.map((mean, i) => ({
    name: `layers.${i}.0.weight`,
    shape: [i === means.length - 1 ? 1 : width, width],
    mean,
  }));

/** Plain networks whose gradient falls to a tenth from layer to layer, down to nothing, and some with shortcuts. */
export const byDepth = (depths: number[], factor = 0.1): Series[] =>
  [false, true].flatMap((useShortcut) =>
    depths.map((depth) => ({
      useShortcut,
      gradients: weights(
        Array.from({ length: depth }, (_, i) =>
          useShortcut ? 0.2 : Math.fround(0.1 * factor ** (depth - 1 - i)),
        ),
      ),
    })),
  );

export const byWidth: Series[] = [false, true].flatMap((useShortcut) =>
  [4, 8, 16, 64].map((width) => ({
    useShortcut,
    gradients: weights([useShortcut ? 0.5 / width : 0.01 / width, 0.5], width),
  })),
);

export const ensembles: Ensemble[] = [false, true].map((useShortcut) => ({
  useShortcut,
  layers: [0, 1, 2].map((layer) => ({
    name: `layers.${layer}.0.weight`,
    means: Float64Array.from(
      { length: 21 },
      (_, seed) => (useShortcut ? 0.1 : 10 ** (layer - 4)) * (1 + seed),
    ),
  })),
}));

export const paths: PathParts[] = [
  { name: "layers.0.0.weight", identity: 0.75, branch: 0.25 },
  { name: "layers.1.0.weight", identity: 1.5, branch: -0.5 },
  { name: "layers.2.0.weight", identity: -0.25, branch: 1.25 },
  { name: "layers.3.0.weight", identity: NaN, branch: NaN },
];

const undrawn: Series[] = [
  { useShortcut: false, gradients: weights([0, 3.4e-40, 0.001, 0.01]) },
  { useShortcut: true, gradients: weights([0.25, 0.5, NaN, Infinity]) },
];

/** Every figure in small, by the name of its snapshot. */
export const samples: { [name: string]: (language: Language) => Figure } = {
  gradient: (language) =>
    gradientFigure(
      [
        { useShortcut: false, gradients: weights([2e-4, 1.2e-4, 5e-3]) },
        { useShortcut: true, gradients: weights([0.22, 0.21, 1.33]) },
        { label: "LayerNorm", gradients: weights([0.1, 0.1, 0.2]) },
      ],
      { language },
    ),
  underflow: (language) => gradientFigure(undrawn, { language }),
  network: (language) => networkFigure(undrawn, { language }),
  depth: (language) => depthSweepFigure(byDepth([1, 10, 20, 37, 40, 60]), { language, lastLayer: true }),
  width: (language) => depthSweepFigure(byWidth, { language, over: "width" }),
  band: (language) => bandFigure(ensembles, { language }),
  path: (language) => pathFigure(paths, { language }),
  heatmap: (language) => heatmapFigure(byDepth([1, 2, 4, 5], 1e-10), { language }),
};
