import type { ExploreSpec } from "../figures/explorespec";
import type { Figure } from "../figures/figure";
import { paint } from "../figures/still/thread";
import { dataOf, exploreDataOf, plotlyType } from "./bundle";
import type { MimeBundle } from "./display";
import { standaloneHtml } from "./standalone";

/** The figure in all its forms: Plotly's JSON, a static SVG and PNG, and the numbers as text. */
export async function bundleOf(figure: Figure): Promise<MimeBundle> {
  const { data } = dataOf(figure);
  const { svg, png } = await paint(figure);
  const { width, height, meta } = figure.layout;
  return {
    data: {
      [plotlyType]: data[plotlyType]!,
      "image/svg+xml": svg,
      "image/png": png,
      "text/plain": data["text/plain"]!,
    },
    // Without its size a picture of double density shows at double size.
    metadata: { "image/png": { width, height, alt: meta.alt }, "image/svg+xml": { alt: meta.alt } },
  };
}

/**
 * A live figure: its data, a PNG and the numbers as text, so that a notebook stays small; and where it is to stand by
 * itself, HTML that holds the program too.
 * @param figure how it looks where nothing moves
 */
export async function exploreBundle(
  spec: ExploreSpec,
  figure: Figure,
  standalone: boolean,
): Promise<MimeBundle> {
  const { png } = await paint(figure);
  const { width, height, meta } = figure.layout;
  const picture = { width, height, alt: meta.alt };
  const html = standalone ? { "text/html": standaloneHtml(spec, png, picture) } : {};
  const { "text/plain": text, ...own } = exploreDataOf(spec, figure).data;
  return {
    data: { ...own, ...html, "image/png": png, "text/plain": text! },
    metadata: { "image/png": picture },
  };
}
