import { type ExploreSpec, exploreType } from "../figures/explorespec";
import type { Figure, Json } from "../figures/figure";
import { figureText } from "../figures/figuretext";
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

/** Makes figures' pictures. A page has no painter, since it draws every figure itself. */
export interface Painter {
  /** The figure in all its forms: Plotly's JSON, a static SVG and PNG, and the numbers as text. */
  bundleOf(figure: Figure): Promise<MimeBundle>;
  /** @param standalone adds HTML with the whole live figure in it */
  exploreBundle(spec: ExploreSpec, figure: Figure, standalone: boolean): Promise<MimeBundle>;
}

let painter: Painter | null = null;

export function paintBy(given: Painter): void {
  painter = given;
}

/** The figure with its pictures, where there is a painter. */
export async function bundleOf(figure: Figure): Promise<MimeBundle> {
  return painter === null ? dataOf(figure) : painter.bundleOf(figure);
}

/**
 * A live figure with its picture, where there is a painter.
 * @param figure how it looks where nothing moves
 */
export async function exploreBundle(
  spec: ExploreSpec,
  figure: Figure,
  standalone: boolean,
): Promise<MimeBundle> {
  return painter === null ? exploreDataOf(spec, figure) : painter.exploreBundle(spec, figure, standalone);
}
