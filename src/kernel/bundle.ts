import type { Figure, Json } from "../figures/figure";
import { figureText } from "../figures/text";
import type { MimeBundle } from "./display";

/** The MIME type of a Plotly figure. */
export const plotlyType = "application/vnd.plotly.v1+json";

/** Whether a value is one of this package's figures. */
export function isFigure(value: unknown): value is Figure {
  const { data, layout } = (value ?? {}) as Partial<Figure>;
  return Array.isArray(data) && typeof layout?.meta?.alt === "string";
}

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

/** The figure without its pictures, which take a hundred times as long to make. */
export function dataOf(figure: Figure): MimeBundle {
  return {
    data: { [plotlyType]: figure as unknown as Json, "text/plain": figureText(figure) },
    metadata: {},
  };
}
