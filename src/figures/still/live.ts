import type { Figure } from "../figure";
import { neutrals } from "../palette";
import { wordsOf } from "../words";

type Trace = Figure["data"][number];

/** Types that WebGL draws and SVG can draw alike. */
const alike: { readonly [type: string]: string } = { scattergl: "scatter", scatterpolargl: "scatterpolar" };
/** Types that only WebGL draws, or that lie on a map which would be fetched. */
const live = new Set([
  ...["scatter3d", "surface", "mesh3d", "isosurface", "volume", "cone", "streamtube", "parcoords", "splom"],
  ...["scattergeo", "choropleth"],
  ...["scattermap", "choroplethmap", "densitymap", "scattermapbox", "choroplethmapbox", "densitymapbox"],
]);

/** A figure as a still picture can show it: a sentence takes the place of the traces that it cannot. */
export function stillFigure(figure: Figure): Figure {
  const data = figure.data.map((trace): Trace => ({ ...trace, type: alike[typeOf(trace)] ?? typeOf(trace) }));
  const drawn = data.filter(({ type }) => !live.has(type));
  if (drawn.length === data.length) return { ...figure, data };
  const missing = [...new Set(data.map(({ type }) => type).filter((type) => live.has(type)))];
  const { layout } = figure;
  // Every figure's alternative text is in its own language.
  const words = wordsOf(/\p{Script=Han}/u.test(layout.meta.alt) ? "zh" : "en");
  const text = words.liveOnly(missing);
  const before = Array.isArray(layout.annotations) ? layout.annotations : [];
  return drawn.length > 0
    ? {
        ...figure,
        data: drawn,
        layout: { ...layout, annotations: [...before, { ...note, ...corner, text }] },
      }
    : { ...figure, data: [], layout: { ...layout, ...bare, annotations: [{ ...note, ...middle, text }] } };
}

const note = { showarrow: false, xref: "paper", yref: "paper" };
const middle = { x: 0.5, y: 0.5 };
/** Beside what is drawn, and under none of it. */
const corner = { x: 1, y: 0, xanchor: "right", yanchor: "bottom", bgcolor: neutrals.paper.light };
/** Nothing is drawn along an axis. */
const bare = { xaxis: { visible: false }, yaxis: { visible: false }, showlegend: false };

/** A trace without a type is a scatter. */
function typeOf({ type }: Partial<Trace>): string {
  return typeof type === "string" ? type : "scatter";
}
