import type { Language } from "../figure";

/** A sentence that names types of Plotly's traces. */
export type NamesTypes = { readonly [language in Language]: (types: string[]) => string };

/** In a still picture. */
export const liveOnly: NamesTypes = {
  en: (types) => `Only shown where the figure is live: ${types.join(", ")}`,
  zh: (types) => `只在可交互的图中显示：${types.join("、")}`,
};

/** In an exported page, which is small because it holds these sentences and not all that figures say. */
export const notInPage: NamesTypes = {
  en: (types) => `Not drawn in an exported page: ${types.join(", ")}`,
  zh: (types) => `导出的网页中画不出：${types.join("、")}`,
};
