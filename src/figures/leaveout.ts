import type { Language } from "./figure";
import { neutrals } from "./palette";
import type { NamesTypes } from "./words/leftout";

/** A figure whose traces and layout a reader may have replaced. */
export interface AnyFigure {
  data: object[];
  layout: { [attribute: string]: unknown };
}

/** Types of traces that WebGL draws, and those that draw the same as SVG. */
const alike: { readonly [type: string]: string } = { scattergl: "scatter", scatterpolargl: "scatterpolar" };

const note = { showarrow: false, xref: "paper", yref: "paper" };
const middle = { x: 0.5, y: 0.5 };
/** Beside what is drawn, and under none of it. */
const corner = { x: 1, y: 0, xanchor: "right", yanchor: "bottom", bgcolor: neutrals.paper.light };
/** Nothing is drawn along an axis. */
const bare = { xaxis: { visible: false }, yaxis: { visible: false }, showlegend: false };

/**
 * A figure without the traces of types that cannot be drawn where it is: a sentence in the figure's language takes their
 * place. What WebGL draws becomes what SVG can draw alike.
 */
export function leaveOut<F extends AnyFigure>(
  figure: F,
  isDrawn: (type: string) => boolean,
  sentence: NamesTypes,
): F {
  const data = figure.data.map((trace) => ({ ...trace, type: alike[typeOf(trace)] ?? typeOf(trace) }));
  const drawn = data.filter(({ type }) => isDrawn(type));
  if (drawn.length === data.length) return { ...figure, data };
  const missing = new Set(data.map(({ type }) => type).filter((type) => !isDrawn(type)));
  const { layout } = figure;
  const text = sentence[languageOf(layout)]([...missing]);
  const before = Array.isArray(layout.annotations) ? (layout.annotations as unknown[]) : [];
  return drawn.length > 0
    ? {
        ...figure,
        data: drawn,
        layout: { ...layout, annotations: [...before, { ...note, ...corner, text }] },
      }
    : { ...figure, data: [], layout: { ...layout, ...bare, annotations: [{ ...note, ...middle, text }] } };
}

/** A trace without a type is a scatter. */
function typeOf(trace: { type?: unknown }): string {
  return typeof trace.type === "string" ? trace.type : "scatter";
}

/** Every figure's alternative text is in its own language. */
function languageOf({ meta }: AnyFigure["layout"]): Language {
  const alt = (meta as { alt?: unknown } | undefined)?.alt;
  return typeof alt === "string" && /\p{Script=Han}/u.test(alt) ? "zh" : "en";
}
