import type { Figure } from "../figure";
import { plotly } from "./page";

/** The figure as an SVG picture with its alternative text; the same figure gives the same text, byte for byte. */
export async function figureSvg(figure: Figure): Promise<string> {
  const { Plotly, document } = plotly();
  const { width, height, meta } = figure.layout;
  const node = document.createElement("div");
  document.body.append(node);
  try {
    const { data, layout } = JSON.parse(JSON.stringify(figure)) as Figure;
    await Plotly.newPlot(node, { data, layout, config: { staticPlot: true } });
    const uri = await Plotly.toImage(node, { format: "svg", width, height });
    return describe(stableIds(decodeURIComponent(uri.slice(uri.indexOf(",") + 1))), meta.alt);
  } finally {
    Plotly.purge(node);
    node.remove();
  }
}

/** Plotly names clip paths by a random id; a committed picture should change only where the figure does. */
function stableIds(svg: string): string {
  const ids = [...new Set(svg.match(/(?<=clip|legend|topdefs-|defs-)[0-9a-f]{6}(?=[^0-9a-f])/g) ?? [])];
  return ids.reduce((text, id, i) => text.replaceAll(id, `00000${i}`.slice(-6)), svg);
}

function describe(svg: string, alt: string): string {
  const label = alt.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
  return svg.replace(/^<svg /, `<svg role="img" aria-label="${label}" `);
}
