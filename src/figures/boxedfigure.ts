import type { AnyFigure } from "./drawntypes";
import { reflowed, widthIn } from "./reflow";

/** A place of a fixed size, as on a slide, in pixels. */
export interface Box {
  width: number;
  height: number;
  /** How many times its own size a figure may at most be drawn: its letters are as large as the words around then. */
  scale: number;
  /** How many times its own size it is at least drawn, though it is higher than the box then. */
  least: number;
}

/** How a figure is drawn in a box: for this size, and then so many times larger. */
export interface Boxed {
  width: number;
  height: number;
  scale: number;
}

/** Down to this share of its own height a figure bears being drawn lower, where it is one panel high. */
const bearable = 0.75;
/** From one width that is tried to the next. */
const step = 0.94;

/** Where a whole figure stands in a box with the largest letters. */
export function boxed(figure: AnyFigure, box: Box): Boxed {
  const { width: own } = figure.layout;
  let best: Boxed = { width: 0, height: 0, scale: 0 };
  for (let width = widthIn(box.width, own); ; width = Math.round(step * width)) {
    const { height, low } = heightsAt(figure, width);
    const scale = Math.min(box.width / width, box.height / low, box.scale);
    if (scale > 1.01 * best.scale)
      best = { width, height: Math.round(Math.max(low, Math.min(height, box.height / scale))), scale };
    if (width < 300 || scale >= box.scale) break;
  }
  if (best.scale < box.least) {
    const width = Math.floor(box.width / box.least);
    return { width, height: Math.round(heightsAt(figure, width).low), scale: box.least };
  }
  const { height, scale } = best;
  // Wider, where that makes it no higher.
  const width = Math.floor(Math.min(box.width / scale, widthIn(box.width, own)));
  return heightsAt(figure, width).low * scale <= box.height + 1 ? { width, height, scale } : best;
}

function heightsAt(figure: AnyFigure, width: number): { height: number; low: number } {
  const { layout } = reflowed(figure, width);
  const height = typeof layout.height === "number" && layout.height > 0 ? layout.height : 450;
  const hasPanelsBelow = "yaxis2" in layout;
  return { height, low: hasPanelsBelow ? height : bearable * height };
}
