import type { Figure } from "../figure";
import { plotly } from "./page";

/** The figure as an SVG picture with its alternative text; the same figure gives the same text, byte for byte. */
export async function figureSvg(figure: Figure): Promise<string> {
  // A trace without a type is a scatter.
  const types = figure.data.map(({ type }) => (typeof type === "string" ? type : "scatter"));
  const { Plotly, restartRandom } = plotly(types);
  restartRandom();
  const { width, height, meta } = figure.layout;
  const { data, layout } = JSON.parse(JSON.stringify(figure)) as Figure;
  const config = { staticPlot: true };
  const uri = await Plotly.toImage({ data, layout, config }, { format: "svg", width, height });
  return describe(decodeURIComponent(uri.slice(uri.indexOf(",") + 1)), meta.alt);
}

function describe(svg: string, alt: string): string {
  const label = alt.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
  // Plotly marks quotes so, and takes the marks out as browsers write them, which is not how this document does.
  return svg.replaceAll("TOBESTRIPPED", "'").replace(/^<svg /, `<svg role="img" aria-label="${label}" `);
}
