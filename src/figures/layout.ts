import type { Figure, FigureMeta, Json } from "./figure";
import { fontStack, neutrals } from "./palette";

/** What all figures share: fonts, colours, a title at the left, room for it. */
export function baseLayout(title: string, width: number, height: number, meta: FigureMeta): Figure["layout"] {
  return {
    width,
    height,
    meta,
    title: {
      text: title,
      x: 0,
      xref: "paper",
      xanchor: "left",
      font: { size: 17, color: neutrals.ink.light },
    },
    font: { family: fontStack, size: 13, color: neutrals.ink.light },
    paper_bgcolor: neutrals.paper.light,
    plot_bgcolor: neutrals.paper.light,
    hoverlabel: { font: { family: fontStack } },
  };
}

/** Interaction without the button that uploads the figure to a service. */
export const baseConfig: Figure["config"] = { responsive: true, displaylogo: false };

/** A line of text, not data. */
export function annotation(text: string, x: number, y: number, more: { [key: string]: Json } = {}) {
  return { text, x, y, showarrow: false, ...more };
}
