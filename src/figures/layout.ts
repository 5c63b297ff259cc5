import type { Figure, FigureMeta, Json } from "./figure";
import { legendRows, wrap } from "./figuretext";
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

/** The width of one of the networks that are drawn side by side. */
export const panel = 430;

/** Interaction without the button that uploads the figure to a service. */
export const baseConfig: Figure["config"] = { responsive: true, displaylogo: false };

/** A line of text, not data. */
export function annotation(text: string, x: number, y: number, more: { [key: string]: Json } = {}) {
  return { text, x, y, showarrow: false, ...more };
}

/** What stands around a chart's axes. */
export interface Chart {
  title: string;
  width: number;
  /** The height of the plot, its ticks and its title; 430 by default. */
  height?: number;
  /** The legend's entries, if it has one. */
  legend: string[];
  /** The title of the axis upwards. */
  up: string;
  /** The title of the axis to the right, if it needs one. */
  across?: string;
  notes: string[];
  meta: FigureMeta;
}

const margin = { l: 84, r: 44, t: 84, b: 60 };
const size = { title: 17, legend: 13, note: 12 };
const line = { title: 23, legend: 20, note: 17, across: 22 };

/** A layout with room for a title, a legend and notes of any length. */
export function chartLayout(chart: Chart): Figure["layout"] {
  const { width, height = 430, legend, up, across } = chart;
  const room = width - margin.l - margin.r;
  const title = wrap(chart.title, room, size.title);
  const notes = chart.notes.flatMap((note) => wrap(note, room, size.note));
  const above =
    (title.length - 1) * line.title + Math.max(0, legendRows(legend, room, size.legend) - 1) * line.legend;
  const below = (across === undefined ? 0 : line.across) + notes.length * line.note;
  const total = height + above + below;
  const base = baseLayout(title.join("<br>"), width, total, chart.meta);
  return {
    ...base,
    // In a taller margin the title would leave its place at the top.
    ...(above > 0
      ? { title: { ...(base.title as { [key: string]: Json }), y: 1 - 30 / total, yanchor: "top" } }
      : {}),
    margin: { ...margin, t: margin.t + above, b: margin.b + below },
    ...(legend.length === 0
      ? { showlegend: false }
      : {
          legend: {
            orientation: "h",
            x: 0,
            y: 1.02,
            xanchor: "left",
            yanchor: "bottom",
            font: { size: size.legend },
          },
          showlegend: true,
        }),
    annotations: [
      // An annotation, not the axis' own title, which would move with the width of the tick labels.
      annotation(up, 0, 0.5, {
        xref: "paper",
        yref: "paper",
        xshift: -64,
        textangle: -90,
        font: { size: 13, color: neutrals.ink.light },
      }),
      ...(across === undefined
        ? []
        : [
            annotation(across, 0.5, 0, {
              xref: "paper",
              yref: "paper",
              yanchor: "top",
              yshift: -26,
              font: { size: 13, color: neutrals.ink.light },
            }),
          ]),
      ...(notes.length === 0
        ? []
        : [
            annotation(notes.join("<br>"), 0, 0, {
              xref: "paper",
              yref: "paper",
              xanchor: "left",
              yanchor: "top",
              align: "left",
              yshift: -32 - (across === undefined ? 0 : line.across),
              font: { size: size.note, color: neutrals.muted.light },
            }),
          ]),
    ],
  };
}
