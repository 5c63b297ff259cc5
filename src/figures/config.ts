/** plotly.js's button that uploads a figure; nothing of a notebook goes anywhere. */
const uploads = "sendChartToCloud";

/** A figure's configuration as a page uses it: its own, in a place that decides the size, and without any upload. */
export function placedConfig(config: { [option: string]: unknown }): { [option: string]: unknown } {
  const { modeBarButtonsToRemove: removed } = config;
  return {
    displaylogo: false,
    ...config,
    responsive: false,
    plotlyServerURL: "",
    modeBarButtonsToRemove: [...(Array.isArray(removed) ? (removed as unknown[]) : []), uploads],
  };
}
