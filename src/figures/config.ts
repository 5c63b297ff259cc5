import { localeConfig } from "./locale";

/** plotly.js's button that uploads a figure; nothing of a notebook goes anywhere. */
const uploads = "sendChartToCloud";

/**
 * A figure's configuration as a page uses it: its own, in a place that decides the size, in the page's language, and
 * without any upload.
 */
export function placedConfig(config: { [option: string]: unknown }): { [option: string]: unknown } {
  const { modeBarButtonsToRemove: removed } = config;
  return {
    displaylogo: false,
    ...config,
    responsive: false,
    plotlyServerURL: "",
    ...localeConfig(document.documentElement.lang),
    modeBarButtonsToRemove: [...(Array.isArray(removed) ? (removed as unknown[]) : []), uploads],
  };
}

/** Where fingers point a swipe is for the page: figures zoom by their buttons alone. */
export function touchLayout(): { dragmode?: false } {
  return matchMedia("(pointer: coarse)").matches ? { dragmode: false } : {};
}
