export type { Figure, FigureMeta, FigureOptions, Language, Series } from "./figure";
export { gradientFigure } from "./gradient";
export { networkFigure } from "./network";
export { darkFigure } from "./theme";
