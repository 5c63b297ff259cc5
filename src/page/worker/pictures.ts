import type { ExploreSpec } from "../../figures/explore";
import type { Figure } from "../../figures/figure";
import { dataOf, exploreDataOf } from "../../kernel/figuredata";
import type { MimeBundle } from "../../kernel/display";

/** The page draws every figure itself, and needs no pictures of it. */
export function bundleOf(figure: Figure): Promise<MimeBundle> {
  return Promise.resolve(dataOf(figure));
}

/** The page has the program already, if it has it at all. */
export function exploreBundle(spec: ExploreSpec, figure: Figure): Promise<MimeBundle> {
  return Promise.resolve(exploreDataOf(spec, figure));
}
