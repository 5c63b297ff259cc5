import type { Figure } from "../figures/figure";
import { dataOf, plotlyType } from "./bundle";
import type { MimeBundle } from "./display";

/** The figure in all its forms: Plotly's JSON, a static SVG and PNG, and the numbers as text. */
export async function bundleOf(figure: Figure): Promise<MimeBundle> {
  const { data } = dataOf(figure);
  // Loaded with the first figure: no other cell should wait for a page of its own and its fonts.
  const [{ figureSvg }, { svgPng }] = await Promise.all([
    import("../figures/still/svg.js"),
    import("../figures/still/png.js"),
  ]);
  const svg = await figureSvg(figure);
  const { width, height, meta } = figure.layout;
  return {
    data: {
      [plotlyType]: data[plotlyType]!,
      "image/svg+xml": svg,
      "image/png": (await svgPng(svg)).toString("base64"),
      "text/plain": data["text/plain"]!,
    },
    // Without its size a picture of double density shows at double size.
    metadata: { "image/png": { width, height, alt: meta.alt }, "image/svg+xml": { alt: meta.alt } },
  };
}
