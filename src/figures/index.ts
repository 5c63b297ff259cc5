export { type Ensemble, bandFigure } from "./bandfigure";
export { type SweepOptions, depthSweepFigure } from "./depthsweepfigure";
export type { Figure, FigureMeta, FigureOptions, Language, Model, Series } from "./figure";
export { gradientFigure } from "./gradientfigure";
export { type HeatmapOptions, heatmapFigure } from "./heatmapfigure";
export { networkFigure } from "./networkfigure";
export { type PathParts, pathFigure } from "./pathfigure";
export { darkFigure } from "./palette";
