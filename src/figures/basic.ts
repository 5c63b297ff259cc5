/** The types of traces that plotly.js's basic bundle draws, all of this package's own among them. */
export const basicTypes: readonly string[] = ["bar", "pie", "scatter"];
