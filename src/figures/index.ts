export { type Ensemble, bandFigure } from "./band";
export { type SweepOptions, depthSweepFigure } from "./depth";
export type { Figure, FigureMeta, FigureOptions, Language, Model, Series } from "./figure";
export { gradientFigure } from "./gradient";
export { type HeatmapOptions, heatmapFigure } from "./heatmap";
export { networkFigure } from "./network";
export { type PathParts, pathFigure } from "./path";
export { darkFigure } from "./theme";
