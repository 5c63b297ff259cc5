import type { Figure } from "../figure";
import { stillFigure } from "./live";
import { plotly } from "./page";

/** The figure as an SVG picture with its alternative text; the same figure gives the same text, byte for byte. */
export async function figureSvg(figure: Figure): Promise<string> {
  const { data, layout } = JSON.parse(JSON.stringify(stillFigure(figure))) as Figure;
  const { Plotly, restartRandom } = plotly(data.map(({ type }) => type));
  restartRandom();
  const { width, height, meta } = layout;
  const config = { staticPlot: true };
  const uri = await Plotly.toImage({ data, layout, config }, { format: "svg", width, height });
  return describe(decodeURIComponent(uri.slice(uri.indexOf(",") + 1)), meta.alt);
}

function describe(svg: string, alt: string): string {
  const label = alt.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
  // Plotly marks quotes so, and takes the marks out as browsers write them, which is not how this document does.
  return svg.replaceAll("TOBESTRIPPED", "'").replace(/^<svg /, `<svg role="img" aria-label="${label}" `);
}
