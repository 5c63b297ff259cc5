import { basicTypes } from "./basic";
import { type AnyFigure, drawnType, leaveOut } from "./leaveout";
import { notInPage } from "./words/leftout";

/** A figure without what an exported page's part of plotly.js, a quarter of the whole, does not draw. */
export function pageFigure<F extends AnyFigure>(figure: F): F {
  return leaveOut(figure, (type) => basicTypes.includes(type), notInPage);
}

/** Whether an exported page draws all of a figure, which in a notebook may be anything. */
export function isWholeInPage(figure: unknown): boolean {
  const data = (figure as { data?: unknown } | null)?.data;
  return !Array.isArray(data) || data.every((trace: unknown) => basicTypes.includes(drawnType(trace)));
}
