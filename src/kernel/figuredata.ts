import { type ExploreSpec, exploreType } from "../figures/explore";
import type { Figure, Json } from "../figures/figure";
import { figureText } from "../figures/text";
import type { MimeBundle } from "./display";

/** The MIME type of a Plotly figure. */
export const plotlyType = "application/vnd.plotly.v1+json";

/** Whether a value is one of this package's figures. */
export function isFigure(value: unknown): value is Figure {
  const { data, layout } = (value ?? {}) as Partial<Figure>;
  return Array.isArray(data) && typeof layout?.meta?.alt === "string";
}

/** The figure without its pictures, which take a hundred times as long to make. */
export function dataOf(figure: Figure): MimeBundle {
  return {
    data: { [plotlyType]: figure as unknown as Json, "text/plain": figureText(figure) },
    metadata: {},
  };
}

/** A live figure without its picture; `figure` is how it looks where nothing moves. */
export function exploreDataOf(spec: ExploreSpec, figure: Figure): MimeBundle {
  return {
    data: { [exploreType]: spec as unknown as Json, "text/plain": figureText(figure) },
    metadata: {},
  };
}
