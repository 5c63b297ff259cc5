import type { PlotlyFigure } from "../figures/readfigure";
import { runScript } from "./script";

/** The little of plotly.js that a figure in JupyterLab needs. */
export interface Plotly {
  react(node: HTMLElement, figure: PlotlyFigure): Promise<unknown>;
  purge(node: HTMLElement): void;
}

declare global {
  interface Window {
    Plotly?: Plotly;
  }
}

/** plotly.js, fetched from the extension's own folder when the first figure asks for it. */
export async function plotly(): Promise<Plotly> {
  await runScript("plotly.min.js");
  if (window.Plotly) return window.Plotly;
  throw new Error("plotly.min.js is broken.");
}
