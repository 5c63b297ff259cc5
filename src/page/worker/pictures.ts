import { dataOf } from "../../kernel/bundle";
import type { MimeBundle } from "../../kernel/display";
import type { Figure } from "../../figures/figure";

/** The page draws every figure itself, and needs no pictures of it. */
export function bundleOf(figure: Figure): Promise<MimeBundle> {
  return Promise.resolve(dataOf(figure));
}
