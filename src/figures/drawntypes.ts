import type { Language } from "./figure";
import { neutrals } from "./palette";

/** The types of traces that plotly.js's basic bundle draws, all of this package's own among them. */
export const basicTypes: readonly string[] = ["bar", "pie", "scatter"];

/** A figure whose traces and layout a reader may have replaced. */
export interface AnyFigure {
  data: object[];
  layout: { [attribute: string]: unknown };
}

/** Types of traces that WebGL draws, and those that draw the same as SVG. */
const alike: { readonly [type: string]: string } = { scattergl: "scatter", scatterpolargl: "scatterpolar" };

const note = { showarrow: false, xref: "paper", yref: "paper" };
const middle = { x: 0.5, y: 0.5 };
/** In a corner, on a background that hides what lies below. */
const corner = { x: 1, y: 0, xanchor: "right", yanchor: "bottom", bgcolor: neutrals.paper.light };
/** A layout without axes, where no trace is left to draw. */
const bare = { xaxis: { visible: false }, yaxis: { visible: false }, showlegend: false };

/** A sentence that names types of Plotly's traces. */
type NamesTypes = { readonly [language in Language]: (types: string[]) => string };

/** What a still picture says of them. */
export const liveOnly: NamesTypes = {
  en: (types) => `Only shown where the figure is live: ${types.join(", ")}`,
  zh: (types) => `只在可交互的图中显示：${types.join("、")}`,
};

/** What an exported page says of them. */
export const notInPage: NamesTypes = {
  en: (types) => `Not drawn in an exported page: ${types.join(", ")}`,
  zh: (types) => `导出的网页中画不出：${types.join("、")}`,
};

/**
 * A figure without the traces of types that cannot be drawn where it is: a sentence in the figure's language takes their
 * place. What WebGL draws becomes what SVG can draw alike.
 */
export function leaveOut<F extends AnyFigure>(
  figure: F,
  isDrawn: (type: string) => boolean,
  sentence: NamesTypes,
): F {
  const data = figure.data.map((trace) => ({ ...trace, type: drawnType(trace) }));
  const missing = new Set(data.map(({ type }) => type).filter((type) => !isDrawn(type)));
  if (missing.size === 0) return { ...figure, data };
  const drawn = data.filter(({ type }) => !missing.has(type));
  const { layout } = figure;
  const text = sentence[languageOf(layout)]([...missing]);
  if (drawn.length === 0)
    return {
      ...figure,
      data: [],
      layout: { ...layout, ...bare, annotations: [{ ...note, ...middle, text }] },
    };
  const before = Array.isArray(layout.annotations) ? (layout.annotations as unknown[]) : [];
  const annotations = [...before, { ...note, ...corner, text }];
  return { ...figure, data: drawn, layout: { ...layout, annotations } };
}

/** The type of trace that a trace is drawn as; one without a type is a scatter. */
function drawnType(trace: unknown): string {
  const type = (trace as { type?: unknown } | null)?.type;
  return typeof type === "string" ? (alike[type] ?? type) : "scatter";
}

/** Every figure's alternative text is in its own language. */
function languageOf({ meta }: AnyFigure["layout"]): Language {
  const alt = (meta as { alt?: unknown } | undefined)?.alt;
  return typeof alt === "string" && /\p{Script=Han}/u.test(alt) ? "zh" : "en";
}

/** A figure without what an exported page's part of plotly.js, a quarter of the whole, does not draw. */
export function pageFigure<F extends AnyFigure>(figure: F): F {
  return leaveOut(figure, (type) => basicTypes.includes(type), notInPage);
}

/** Whether an exported page draws all of a figure, which in a notebook may be anything. */
export function isWholeInPage(figure: unknown): boolean {
  const data = (figure as { data?: unknown } | null)?.data;
  return !Array.isArray(data) || data.every((trace: unknown) => basicTypes.includes(drawnType(trace)));
}
