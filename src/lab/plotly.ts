import { asset } from "./asset";
import type { PlotlyFigure } from "./input";

/** The little of plotly.js that a figure in JupyterLab needs. */
export interface Plotly {
  react(node: HTMLElement, figure: PlotlyFigure): Promise<unknown>;
  relayout(node: HTMLElement, update: Record<string, unknown>): Promise<unknown>;
  purge(node: HTMLElement): void;
}

declare global {
  interface Window {
    Plotly?: Plotly;
  }
}

let loading: Promise<Plotly> | undefined;

/** plotly.js, fetched from the extension's own folder when the first figure asks for it. */
export function plotly(): Promise<Plotly> {
  loading ??= fetched().catch((reason: unknown) => {
    loading = undefined;
    throw reason;
  });
  return loading;
}

function fetched(): Promise<Plotly> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = asset("plotly.min.js");
    script.onload = () =>
      window.Plotly ? resolve(window.Plotly) : reject(new Error(`${script.src} is broken.`));
    script.onerror = () => {
      script.remove();
      reject(new Error(`${script.src} could not be loaded: is JupyterLab's server still running?`));
    };
    document.head.append(script);
  });
}
