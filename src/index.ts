// TypeScript 6 reads no @types by itself: so a cell in an editor knows Node, whatever project it thinks the cell is in.
/// <reference types="node" preserve="true" />
import { startTensorflow } from "./backend";
import { defaultGenerator } from "./nn/random";

startTensorflow();
// Layers that nobody seeds start anywhere, every time.
defaultGenerator.seed();

export * as tf from "@tensorflow/tfjs-core";
export type { Tensor } from "@tensorflow/tfjs-core";
export { type Backend, getBackend, setBackend } from "./backend";
export type { ExploreOptions } from "./figures/explore";
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
export { clearOutput } from "./kernel/host";
export * as control from "./kernel/control";
export { explore } from "./kernel/explore";
export { type InputOptions, input } from "./kernel/host";
export { type ShowOptions, show } from "./kernel/show";
export * as nn from "./nn";
export { backward } from "./nn/backward";
export { type LayerGradient, type LayerGradients, layerGradients, printGradients } from "./nn/gradients";
export { ExampleDeepNeuralNetwork, type NetworkOptions, sameShape } from "./nn/network";
export * as optim from "./nn/optim";
export {
  type GradientsOverSeeds,
  type LayerOverSeeds,
  type SeedsOptions,
  layerGradientsOverSeeds,
} from "./nn/overseeds";
export { type LayeredNetwork, type PathGradient, type PathGradients, pathGradients } from "./nn/paths";
export { pythonFloat } from "./nn/pythonfloat";
export { quantile } from "./nn/quantile";
export { Generator, manualSeed } from "./nn/random";
export { type Nested, tensor } from "./nn/tensor";
