import { darkFigure } from "../figures/palette";
import type { PlotlyFigure } from "../figures/readfigure";

/** Where the extension's files lie: known only while its first script runs. */
const folder = new URL(".", (document.currentScript as HTMLScriptElement).src);

/** The address of one of the extension's files. */
export function asset(name: string): string {
  return new URL(name, folder).href;
}

const loading = new Map<string, Promise<void>>();

/** Runs one of the extension's scripts, once; one that could not be loaded is tried again. */
export function runScript(name: string): Promise<void> {
  const known = loading.get(name);
  if (known) return known;
  const run = fetched(name).catch((reason: unknown) => {
    loading.delete(name);
    throw reason;
  });
  loading.set(name, run);
  return run;
}

function fetched(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = asset(name);
    script.onload = () => resolve();
    script.onerror = () => {
      script.remove();
      reject(new Error(`${script.src} could not be loaded: is JupyterLab's server still running?`));
    };
    document.head.append(script);
  });
}

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

const attribute = "data-jp-theme-light";

export function isDark(): boolean {
  return document.body.getAttribute(attribute) === "false";
}

/** The figure in the colours of JupyterLab's theme. */
export function themed(figure: PlotlyFigure): PlotlyFigure {
  return isDark() ? darkFigure(figure) : figure;
}

/** Calls back when JupyterLab has changed its theme, while which it shows nothing; returns what ends it. */
export function onThemeChange(changed: () => void): () => void {
  const observer = new MutationObserver(() => requestAnimationFrame(changed));
  observer.observe(document.body, { attributeFilter: [attribute] });
  return () => observer.disconnect();
}

/** Gives JupyterLab's page a style of ours. */
export function addStyle(css: string): void {
  const style = document.createElement("style");
  style.textContent = css;
  document.head.append(style);
}
