// What cells get from this package wherever they run: in the kernel, and in an exported page.
export type { ExploreOptions } from "./figures/explorespec";
export {
  type Ensemble,
  type Figure,
  type FigureOptions,
  type HeatmapOptions,
  type Language,
  type PathParts,
  type Series,
  type SweepOptions,
  bandFigure,
  depthSweepFigure,
  gradientFigure,
  heatmapFigure,
  networkFigure,
  pathFigure,
} from "./figures";
export * as control from "./controls";
export { type ShowOptions, explore, show } from "./kernel/show";
export * as nn from "./nn";
export { backward } from "./nn/backward";
export { type LayerGradient, type LayerGradients, layerGradients, printGradients } from "./nn/gradients";
export { ExampleDeepNeuralNetwork, sameShape } from "./nn/network";
export { type NetworkOptions } from "./nn/architecture";
export * as optim from "./nn/optim";
export {
  type GradientsOverSeeds,
  type LayerOverSeeds,
  type SeedsOptions,
  layerGradientsOverSeeds,
} from "./nn/overseeds";
export {
  type LayeredNetwork,
  type PathGradient,
  type PathGradients,
  pathGradients,
} from "./nn/pathgradients";
export { pythonFloat } from "./nn/text";
export { quantile } from "./nn/overseeds";
export { Generator, manualSeed } from "./nn/random";
export { type Nested, tensor } from "./nn/tensor";
export { type InputOptions, clearOutput, input } from "./runtime/kernelhost";
